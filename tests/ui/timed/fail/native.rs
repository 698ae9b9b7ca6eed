//! Options of the one kind or the other.
use metrics_core::{metrics, timed};

metrics! {
    /// Seconds.
    static CALL_SECONDS: NativeHistogram;
}

#[timed(factor = 1.1, max_buckets = 160)]
fn histogram() {}

#[timed(summary, zero_threshold = 0.1)]
fn summary() {}

#[timed(native, quantiles = [0.5 => 0.05])]
fn quantiles() {}

#[timed(histogram, native)]
fn both() {}

#[timed(native, native)]
fn twice() {}

#[timed(native = only, buckets = [1.0])]
fn only() {}

#[timed(native = true)]
fn sure() {}

#[timed(native, factor = 1.0, max_buckets = -1, min_reset = "soon", zero_threshold = -0.5)]
fn values() {}

#[timed(CALL_SECONDS, native, factor = 1.1)]
fn declared() {}

fn main() {}
