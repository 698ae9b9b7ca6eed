//! A registry of one's own: metrics that do not belong to what the process exposes.
//!
//! ```text
//! cargo run --example own_registry
//! ```
//!
//! The story is a nightly job inside a service. What it did is written down once at its end, for the textfile
//! collector of `node_exporter` for example, while the service's own metrics are scraped as always.

use std::thread;
use std::time::Duration;

use metrics_core::{Registry, counted, metrics};

/// What the job tells about itself.
static NIGHTLY: Registry = Registry::new();

metrics! {
    #![registry(NIGHTLY)]
    #![prefix = "nightly_"]

    /// Rows that were cleaned up.
    static ROWS_TOTAL: Counter;

    /// Seconds that one table took.
    #[metric(buckets = exponential(0.001, 4, 5))]
    static TABLE_DURATION_SECONDS: Histogram;

    /// When the job last ended well.
    static LAST_SUCCESS_TIMESTAMP_SECONDS: Gauge;
}

fn main() {
    for table in ["sessions", "carts", "logs"] {
        TABLE_DURATION_SECONDS.time(|| clean_up(table));
    }
    LAST_SUCCESS_TIMESTAMP_SECONDS.set_to_current_time();

    println!("The job's own registry:\n\n{}", NIGHTLY.render());
    // Without a registry of its own the attribute counts where everything is: in the global one.
    let calls = metrics_core::render();
    let calls = calls.lines().filter(|line| line.starts_with("own_registry_clean_up"));
    println!("In the global registry:\n\n{}", calls.collect::<Vec<_>>().join("\n"));
}

#[counted]
fn clean_up(table: &str) {
    thread::sleep(Duration::from_millis(2));
    ROWS_TOTAL.inc_by(table.len() as u64);
}
