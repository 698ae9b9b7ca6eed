//! Each attribute of a stack reports its own mistakes.
use metrics_core::{counted, gauged, timed};

#[counted(nam = "a_total")]
#[timed(bucket = [1.0])]
#[gauged(buckets = [1.0])]
fn all() {}

#[gauged]
#[timed(name = "wrong")]
#[counted]
fn middle() {}

#[gauged]
#[timed]
#[counted(missing)]
fn innermost() -> u8 {
    "text"
}

fn main() {
    all();
    middle();
    innermost();
}
