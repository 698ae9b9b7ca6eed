//! A program that answers no requests of its own, and has no async runtime: the library serves the metrics.
//!
//! ```text
//! cargo run --example serve
//! curl http://127.0.0.1:9466/metrics
//! ```
//!
//! It needs the feature `serve` of `metrics-core`. A program that runs on tokio anyway writes
//! `tokio::spawn(metrics_core::serve("127.0.0.1:9466"))` instead, or asks a `metrics_core::Server` to end.

use std::io;
use std::thread;
use std::time::Duration;

use metrics_core::{metrics, timed};

metrics! {
    /// Files that were looked at.
    static FILES_TOTAL: Counter;

    /// When the last round ended well.
    static LAST_SUCCESS_TIMESTAMP_SECONDS: Gauge;
}

fn main() -> io::Result<()> {
    // On a thread of its own. It goes on until the program ends, whether or not the result is kept;
    // `metrics.shutdown()` would end it before.
    let metrics = metrics_core::serve_in_background("127.0.0.1:9466")?;
    println!("http://{}/metrics", metrics.local_addr());
    loop {
        clean_up();
        LAST_SUCCESS_TIMESTAMP_SECONDS.set_to_current_time();
        thread::sleep(Duration::from_secs(1));
    }
}

#[timed]
fn clean_up() {
    for _ in 0..20 {
        thread::sleep(Duration::from_millis(5));
        FILES_TOTAL.inc();
    }
}
