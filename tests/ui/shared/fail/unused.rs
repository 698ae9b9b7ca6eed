//! What nobody uses is still reported: an annotated function, a metric, but not its generated parts.
#![deny(dead_code)]
use metrics_core::{counted, metrics};

metrics! {
    /// Not used.
    static UNUSED_TOTAL: Counter;

    /// Not used either.
    static UNUSED_SERIES: Gauge<kind>;

    /// Used.
    static USED_SERIES: Gauge<kind>;
}

#[counted]
fn unused() {}

fn main() {
    USED_SERIES { kind: "a" }.inc();
}
