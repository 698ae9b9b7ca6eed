//! Native histograms, own and declared.
#![deny(warnings, clippy::all, clippy::pedantic, clippy::nursery)]
use metrics_core::{LabelValue, counted, gauged, metrics, timed};

#[derive(Clone, Copy, LabelValue)]
enum Kind {
    Fast,
    Slow,
}

metrics! {
    /// Seconds.
    static CALL_SECONDS: NativeHistogram;

    /// Seconds by kind.
    #[metric(factor = 1.05, max_buckets = 0, zero_threshold = 1e-9, max_zero_threshold = 0.001, min_reset = "30m")]
    static KIND_SECONDS: NativeHistogram<kind: Kind>;

    /// Sizes.
    #[metric(native = only)]
    pub static SIZE_BYTES: NativeHistogram<kind>;

    /// Other sizes.
    #[metric(buckets = exponential(1, 4, 8), factor = 4)]
    pub static OTHER_BYTES: NativeHistogram;
}

#[timed(native)]
fn plain() -> u8 {
    5
}

#[counted]
#[timed(native, factor = 1.02, max_buckets = 300, min_reset = "0s", buckets = [0.1, 1.0])]
#[timed(histogram, name = "beside_seconds", help = "Beside.")]
#[timed(CALL_SECONDS)]
#[timed(KIND_SECONDS { kind: Kind::Slow })]
#[timed(KIND_SECONDS { kind })]
#[gauged]
fn stacked(kind: Kind) -> Kind {
    kind
}

#[timed(native = only, name = "by_kind_seconds", help = "By kind.", labels { kind, lane: 5 }, max_series = 9)]
async fn labelled(kind: Kind) -> Kind {
    kind
}

#[timed(native, busy, outcome)]
async fn looked_at() -> Result<u8, String> {
    Ok(5)
}

#[timed(native, name = "constant_seconds", help = "Constant.", labels { kind: Kind::Fast })]
fn constant() {}

fn main() {
    assert_eq!(plain(), 5);
    drop(labelled(stacked(Kind::Fast)));
    drop(looked_at());
    constant();
    assert_eq!(CALL_SECONDS.handle().count(), 1);
    assert_eq!(KIND_SECONDS { kind: Kind::Fast }.handle().count(), 1);
    assert_eq!(KIND_SECONDS { kind: Kind::Slow }.handle().snapshot().count, 1);
}
