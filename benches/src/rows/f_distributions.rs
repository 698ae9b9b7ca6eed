//! Distributions without fixed buckets: summaries and native histograms.

use foundations_metrics::NativeHistogram;
use metered::Histogram as _;
use metered::hdr_histogram::AtomicHdrHistogram;
use metered_core::exponential_histogram::FixedExponentialHistogram;
use metrics_core::metrics;

use super::Options;
use crate::harness::{Against, Candidate, Role, Row, WriteRow};
use crate::inputs;
use crate::systems::{metrics_rs, opentelemetry};

metrics! {
    #![prefix = "distribution_row_"]

    /// With quantiles of the last ten minutes.
    #[metric(quantiles = [0.5 => 0.05, 0.9 => 0.01, 0.99 => 0.001])]
    static WINDOW_SECONDS: Summary;

    /// Sum and count alone.
    static TOTALS_SECONDS: Summary;

    /// Exponential buckets alone, as all peers have.
    #[metric(native = only)]
    static NATIVE_SECONDS: NativeHistogram;

    /// Classic buckets too.
    static BOTH_SECONDS: NativeHistogram;
}

pub(super) fn rows(_: &Options) -> Vec<Row> {
    vec![summary(), native()]
}

/// What moves a window by time has to read the time.
const CLOCK: &str = "one reading of the clock";

fn summary() -> Row {
    let ticks = quanta::Clock::new();
    let handle = metrics_rs::install();
    let values = inputs::observations();
    // Its unit is a whole number: milliseconds, up to an hour.
    let metered = AtomicHdrHistogram::with_bound(3_600_000);
    WriteRow::new("f summary", "summary: `observe`")
        .ours("metrics-core, quantiles", |turn| WINDOW_SECONDS.observe(*values.at(turn)))
        .ours("metrics-core, sum and count", |turn| TOTALS_SECONDS.observe(*values.at(turn)))
        .peer("metered 0.9 HDR", |turn| metered.record((*values.at(turn) * 1e3) as u64))
        .candidate(
            Candidate::new("metrics", Role::Peer, |turn| {
                // Without buckets, the exporter makes it a summary.
                metrics::histogram!("window_summary").record(*values.at(turn));
            })
            .settled_by(|| handle.run_upkeep()),
        )
        .limit(CLOCK, |_| ticks.raw())
        .measure()
        .goal("metrics-core, quantiles", Against::BestPeer, [Some(0.35), Some(0.35)])
        .beside(CLOCK)
}

fn native() -> Row {
    let values = inputs::observations();
    let foundations = NativeHistogram::new(1.1);
    let metered = FixedExponentialHistogram::seconds_default();
    let meter = opentelemetry::Meter::exponential();
    let telemetry = meter.meter.f64_histogram("native").build();
    WriteRow::new("f native", "native histogram: `observe`")
        .ours("metrics-core", |turn| NATIVE_SECONDS.observe(*values.at(turn)))
        .ours("metrics-core, classic buckets too", |turn| BOTH_SECONDS.observe(*values.at(turn)))
        .peer("metered 0.10 exponential", |turn| metered.observe(*values.at(turn)))
        .peer("foundations", |turn| foundations.observe(*values.at(turn)))
        .peer("opentelemetry", |turn| telemetry.record(*values.at(turn), &[]))
        .measure()
        .goal("metrics-core", Against::BestPeer, [Some(0.35), Some(0.35)])
}
