//! Histograms of 11 buckets without labels.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use foundations_metrics::Histogram as FoundationsHistogram;
use measured::Histogram as MeasuredHistogram;
use measured::metric::histogram::Thresholds;
use metered_core::bucket_histogram::{BucketHistogram, Buckets};
use metrics_core::metrics;
use prometheus::{Histogram as PrometheusHistogram, HistogramOpts};
use prometheus_client::metrics::histogram::Histogram as ClientHistogram;

use super::{Options, limits};
use crate::harness::{Against, Candidate, Role, Row, WriteRow};
use crate::inputs::{self, BOUNDS};
use crate::systems::{metrics_rs, opentelemetry};

metrics! {
    #![prefix = "histogram_row_"]

    /// Without labels.
    #[metric(buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0])]
    static PLAIN_SECONDS: Histogram;
}

pub(super) fn rows(_: &Options) -> Vec<Row> {
    let handle = metrics_rs::install();
    let values = inputs::observations();
    let (sum, count) = (AtomicU64::new(0), AtomicU64::new(0));
    let prometheus = HistogramOpts::new("plain_seconds", "One.").buckets(BOUNDS.into());
    let prometheus = PrometheusHistogram::with_opts(prometheus).expect("a name");
    let client = ClientHistogram::new(BOUNDS);
    let foundations = FoundationsHistogram::new(BOUNDS);
    let measured = MeasuredHistogram::with_metadata(Thresholds::with_buckets(BOUNDS));
    let metered = BucketHistogram::new(Buckets::custom(BOUNDS));
    let meter = opentelemetry::Meter::new();
    let telemetry = meter.meter.f64_histogram("plain").with_boundaries(BOUNDS.into()).build();
    let row = WriteRow::new("e", "histogram: `observe`, 11 buckets")
        .ours("metrics-core", |turn| PLAIN_SECONDS.observe(*values.at(turn)))
        .peer("metered 0.10", |turn| metered.observe(*values.at(turn)))
        .peer("prometheus-client", |turn| client.observe(*values.at(turn)))
        .peer("prometheus", |turn| prometheus.observe(*values.at(turn)))
        .peer("foundations", |turn| foundations.observe(*values.at(turn)))
        .peer("measured", |turn| measured.get_metric().observe(*values.at(turn)))
        .candidate(
            Candidate::new("metrics", Role::Peer, |turn| {
                metrics::histogram!("plain_seconds").record(*values.at(turn));
            })
            .settled_by(|| handle.run_upkeep()),
        )
        .peer("opentelemetry", |turn| telemetry.record(*values.at(turn), &[]))
        .limit("fetch_add + f64 compare-and-swap", |turn| {
            count.fetch_add(1, Relaxed);
            limits::add_f64(&sum, *values.at(turn));
        })
        .measure()
        .goal("metrics-core", Against::BestPeer, [Some(0.35), Some(0.06)]);
    vec![row]
}
