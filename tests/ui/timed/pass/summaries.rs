//! Summaries, own and declared.
#![deny(warnings, clippy::all, clippy::pedantic, clippy::nursery)]
use metrics_core::{LabelValue, counted, gauged, metrics, timed};

#[derive(Clone, Copy, LabelValue)]
enum Kind {
    Fast,
    Slow,
}

metrics! {
    /// Seconds.
    static CALL_SECONDS: Summary;

    /// Seconds by kind.
    #[metric(quantiles = [0.5 => 0.05])]
    static KIND_SECONDS: Summary<kind: Kind>;
}

#[timed(summary)]
fn plain() -> u8 {
    5
}

#[counted]
#[timed(summary, quantiles = [0.5 => 0.05, 0.99 => 0.001], max_age = "1m", age_buckets = 3)]
#[timed(histogram, name = "beside_seconds", help = "Beside.")]
#[timed(CALL_SECONDS)]
#[timed(KIND_SECONDS { kind: Kind::Slow })]
#[timed(KIND_SECONDS { kind })]
#[gauged]
fn stacked(kind: Kind) -> Kind {
    kind
}

#[timed(summary, name = "by_kind_seconds", help = "By kind.", labels { kind, lane: 5 }, max_series = 9)]
async fn labelled(kind: Kind) -> Kind {
    kind
}

#[timed(summary, name = "constant_seconds", help = "Constant.", labels { kind: Kind::Fast })]
fn constant() {}

fn main() {
    assert_eq!(plain(), 5);
    drop(labelled(stacked(Kind::Fast)));
    constant();
    assert_eq!(CALL_SECONDS.handle().count(), 1);
    assert_eq!(KIND_SECONDS { kind: Kind::Fast }.handle().count(), 1);
    assert_eq!(KIND_SECONDS { kind: Kind::Slow }.handle().count(), 1);
}
