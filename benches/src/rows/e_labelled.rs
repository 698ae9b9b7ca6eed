//! Histograms of 11 buckets with two `&str` labels, and with two closed ones.

use ::opentelemetry::KeyValue;
use foundations_metrics::{Family as FoundationsFamily, Histogram as FoundationsHistogram, HistogramBuilder};
use measured::HistogramVec;
use measured::metric::histogram::Thresholds;
use metrics_core::metrics;
use prometheus::{HistogramOpts, HistogramVec as PrometheusVec};
use prometheus_client::metrics::family::Family as ClientFamily;
use prometheus_client::metrics::histogram::Histogram as ClientHistogram;

use super::{Options, b_labels};
use crate::harness::{Against, Candidate, Role, Row, WriteRow};
use crate::inputs::{self, BOUNDS, Table};
use crate::labels::{
    self, Closed, ClosedSet, Dynamic, DynamicSet, Fixed, Method, Open, Outcome, StaticHistograms,
};
use crate::systems::{metrics_rs, opentelemetry};

metrics! {
    #![prefix = "histogram_row_"]

    /// Two open labels.
    #[metric(buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0])]
    static OPEN_SECONDS: Histogram<tenant, path>;

    /// Two closed labels.
    #[metric(buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0])]
    static CLOSED_SECONDS: Histogram<method: Method, outcome: Outcome>;
}

pub(super) fn rows(_: &Options) -> Vec<Row> {
    vec![open(), closed()]
}

fn open() -> Row {
    let handle = metrics_rs::install();
    let values = inputs::observations();
    let series = inputs::series(20);
    let pairs = Table::at_random(&series);
    let prometheus = prometheus_vec(&["tenant", "path"]);
    let client = ClientFamily::<Open, ClientHistogram>::new_with_constructor(|| ClientHistogram::new(BOUNDS));
    let foundations =
        FoundationsFamily::<Open, FoundationsHistogram, _>::new_with_constructor(HistogramBuilder {
            buckets: &BOUNDS,
        });
    let dynamic = HistogramVec::<DynamicSet, 11>::with_metadata(Thresholds::with_buckets(BOUNDS));
    let fixed = HistogramVec::with_label_set_and_metadata(
        b_labels::fixed_set(&series),
        Thresholds::<11>::with_buckets(BOUNDS),
    );
    let meter = opentelemetry::Meter::new();
    let telemetry = meter.meter.f64_histogram("open").with_boundaries(BOUNDS.into()).build();
    WriteRow::new("e′", "histogram: 11 buckets, two `&str` labels, 20 series")
        .ours("metrics-core", |turn| {
            let (tenant, path) = pairs.at(turn);
            OPEN_SECONDS { tenant, path }.observe(*values.at(turn));
        })
        .peer("prometheus", |turn| {
            let (tenant, path) = pairs.at(turn);
            prometheus.with_label_values(&[tenant, path]).observe(*values.at(turn));
        })
        .peer("prometheus-client", |turn| {
            let (tenant, path) = pairs.at(turn);
            client.get_or_create(&Open::new(tenant, path)).observe(*values.at(turn));
        })
        .peer("measured, ThreadedRodeo", |turn| {
            let (tenant, path) = pairs.at(turn);
            dynamic.observe(Dynamic { tenant, path }, *values.at(turn));
        })
        .special("measured, values fixed at the start", |turn| {
            let (tenant, path) = pairs.at(turn);
            fixed.observe(Fixed { tenant, path }, *values.at(turn));
        })
        .peer("foundations", |turn| {
            let (tenant, path) = pairs.at(turn);
            foundations.get_or_create(&Open::new(tenant, path)).observe(*values.at(turn));
        })
        .candidate(
            Candidate::new("metrics", Role::Peer, |turn| {
                let (tenant, path) = pairs.at(turn);
                metrics::histogram!("open_seconds", "tenant" => tenant.clone(), "path" => path.clone())
                    .record(*values.at(turn));
            })
            .settled_by(|| handle.run_upkeep()),
        )
        .peer("opentelemetry", |turn| {
            let (tenant, path) = pairs.at(turn);
            let labels = [KeyValue::new("tenant", tenant.clone()), KeyValue::new("path", path.clone())];
            telemetry.record(*values.at(turn), &labels);
        })
        .measure()
        .goal("metrics-core", Against::BestPeer, [Some(0.3), Some(0.08)])
}

fn closed() -> Row {
    let values = inputs::observations();
    let all = Table::at_random(&labels::closed());
    let all_static =
        Table::at_random(&labels::closed().into_iter().map(Closed::as_static).collect::<Vec<_>>());
    let prometheus = StaticHistograms::from(&prometheus_vec(&["method", "outcome"]));
    let client =
        ClientFamily::<Closed, ClientHistogram>::new_with_constructor(|| ClientHistogram::new(BOUNDS));
    let measured = HistogramVec::<ClosedSet, 11>::with_metadata(Thresholds::with_buckets(BOUNDS));
    WriteRow::new("e′ closed", "histogram: 11 buckets, two closed labels, 20 series")
        .ours("metrics-core", |turn| {
            let Closed { method, outcome } = *all.at(turn);
            CLOSED_SECONDS { method, outcome }.observe(*values.at(turn));
        })
        .peer("prometheus-static-metric", |turn| {
            let (method, outcome) = *all_static.at(turn);
            prometheus.get(method).get(outcome).observe(*values.at(turn));
        })
        .peer("prometheus-client", |turn| client.get_or_create(all.at(turn)).observe(*values.at(turn)))
        .peer("measured", |turn| measured.observe(*all.at(turn), *values.at(turn)))
        .measure()
        .goal("metrics-core", Against::Absolute, [Some(6.0), Some(6.0)])
}

fn prometheus_vec(labels: &[&str]) -> PrometheusVec {
    let options = HistogramOpts::new("labelled_seconds", "Two labels.").buckets(BOUNDS.into());
    PrometheusVec::new(options, labels).expect("names")
}
