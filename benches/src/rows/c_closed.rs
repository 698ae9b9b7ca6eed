//! Counters with two closed labels: enums.

use foundations_metrics::{LowCardinalityFamily, ThreadLocalCounter};
use measured::CounterVec;
use metrics_core::metrics;
use prometheus::{IntCounterVec, Opts};
use prometheus_client::metrics::counter::Counter as ClientCounter;
use prometheus_client::metrics::family::Family as ClientFamily;

use super::{Options, limits};
use crate::harness::{Against, Row, WriteRow};
use crate::inputs::Table;
use crate::labels::{self, Closed, ClosedSet, Method, Outcome, StaticCounters};

metrics! {
    #![prefix = "closed_row_"]

    /// Two closed labels.
    static CLOSED_TOTAL: Counter<method: Method, outcome: Outcome>;
}

pub(super) fn rows(_: &Options) -> Vec<Row> {
    let all = Table::at_random(&labels::closed());
    let all_static =
        Table::at_random(&labels::closed().into_iter().map(Closed::as_static).collect::<Vec<_>>());
    let prometheus =
        IntCounterVec::new(Opts::new("closed_total", "Two labels."), &["method", "outcome"]).expect("names");
    let prometheus = StaticCounters::from(&prometheus);
    let client = ClientFamily::<Closed, ClientCounter>::default();
    let foundations = LowCardinalityFamily::<Closed, ThreadLocalCounter>::default();
    let measured = CounterVec::<ClosedSet>::new();
    let row = WriteRow::new("c", "counter: two closed labels, 20 series")
        .ours("metrics-core", |turn| {
            let Closed { method, outcome } = *all.at(turn);
            CLOSED_TOTAL { method, outcome }.inc();
        })
        .peer("prometheus-static-metric", |turn| {
            let (method, outcome) = *all_static.at(turn);
            prometheus.get(method).get(outcome).inc();
        })
        .peer("foundations LowCardinalityFamily + ThreadLocalCounter", |turn| {
            foundations.get_or_create(all.at(turn)).inc();
        })
        .peer("prometheus-client", |turn| client.get_or_create(all.at(turn)).inc())
        .peer("measured", |turn| measured.inc(*all.at(turn)))
        .limit("own word", |_| limits::own_word())
        .measure()
        .goal("metrics-core", Against::Named("prometheus-static-metric"), [Some(0.3), Some(0.06)]);
    vec![row]
}
