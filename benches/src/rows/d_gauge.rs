//! Gauges: `inc` and `dec`, and `set`.

use foundations_metrics::Gauge as FoundationsGauge;
use metrics_core::metrics;
use prometheus::IntGauge;
use prometheus_client::metrics::gauge::Gauge as ClientGauge;

use super::{Options, limits};
use crate::harness::{Against, Row, WriteRow};
use crate::systems::{metrics_rs, opentelemetry};

metrics! {
    #![prefix = "gauge_row_"]

    /// Goes up and down.
    static LEVEL: Gauge;

    /// Is set.
    static STATE: Gauge;
}

pub(super) fn rows(_: &Options) -> Vec<Row> {
    metrics_rs::install();
    vec![up_and_down(), set()]
}

fn up_and_down() -> Row {
    let client: ClientGauge = ClientGauge::default();
    let prometheus = IntGauge::new("level", "One.").expect("a name");
    let measured = measured::Gauge::new();
    let foundations = FoundationsGauge::<u64>::default();
    let meter = opentelemetry::Meter::new();
    let telemetry = meter.meter.i64_up_down_counter("level").build();
    WriteRow::new("d", "gauge: `inc` + `dec`")
        .ours("metrics-core", |_| {
            LEVEL.inc();
            LEVEL.dec();
        })
        .peer("prometheus-client", |_| {
            client.inc();
            client.dec();
        })
        .peer("prometheus", |_| {
            prometheus.inc();
            prometheus.dec();
        })
        .peer("measured", |_| {
            measured.get_metric().inc();
            measured.get_metric().dec();
        })
        .peer("foundations", |_| {
            foundations.inc();
            foundations.dec();
        })
        .peer("metrics", |_| {
            metrics::gauge!("level").increment(1.0);
            metrics::gauge!("level").decrement(1.0);
        })
        .peer("opentelemetry", |_| {
            telemetry.add(1, &[]);
            telemetry.add(-1, &[]);
        })
        .limit("own word", |_| {
            limits::own_word();
            limits::own_word();
        })
        .measure()
        .goal("metrics-core", Against::BestPeer, [Some(0.5), Some(0.5)])
}

fn set() -> Row {
    let client: ClientGauge = ClientGauge::default();
    let prometheus = IntGauge::new("state", "One.").expect("a name");
    let foundations = FoundationsGauge::<u64>::default();
    let meter = opentelemetry::Meter::new();
    let telemetry = meter.meter.i64_gauge("state").build();
    WriteRow::new("d set", "gauge: `set`")
        .ours("metrics-core", |turn| STATE.set(turn as u64))
        .peer("prometheus-client", |turn| client.set(turn as i64))
        .peer("prometheus", |turn| prometheus.set(turn as i64))
        .peer("foundations", |turn| foundations.set(turn as u64))
        .peer("metrics", |turn| metrics::gauge!("state").set(turn as f64))
        .peer("opentelemetry", |turn| telemetry.record(turn as i64, &[]))
        .measure()
        .goal("metrics-core", Against::Absolute, [Some(25.0), None])
}
