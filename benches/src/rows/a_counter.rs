//! Counters without labels: one word back to back, and eight in turn.
//!
//! Back to back, the processor forwards each store to the next load: eight in turn is closer to what programs do.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use foundations_metrics::ThreadLocalCounter;
use metrics_core::metrics;
use prometheus::IntCounter;
use prometheus_client::metrics::counter::Counter as ClientCounter;

use super::{Options, limits};
use crate::harness::{Against, Row, WriteRow};
use crate::systems::{metrics_rs, opentelemetry};

metrics! {
    #![prefix = "counter_row_"]

    /// One word back to back.
    static ALONE_TOTAL: Counter;

    /// Eight in turn: the first.
    static T0_TOTAL: Counter;
    /// Eight in turn: the second.
    static T1_TOTAL: Counter;
    /// Eight in turn: the third.
    static T2_TOTAL: Counter;
    /// Eight in turn: the fourth.
    static T3_TOTAL: Counter;
    /// Eight in turn: the fifth.
    static T4_TOTAL: Counter;
    /// Eight in turn: the sixth.
    static T5_TOTAL: Counter;
    /// Eight in turn: the seventh.
    static T6_TOTAL: Counter;
    /// Eight in turn: the last.
    static T7_TOTAL: Counter;
}

pub(super) fn rows(_: &Options) -> Vec<Row> {
    metrics_rs::install();
    vec![one(), eight()]
}

fn one() -> Row {
    let shared = AtomicU64::new(0);
    let foundations = ThreadLocalCounter::<u64>::default();
    let client: ClientCounter = ClientCounter::default();
    let prometheus = IntCounter::new("alone_total", "One.").expect("a name");
    let measured = measured::Counter::new();
    let meter = opentelemetry::Meter::new();
    let telemetry = meter.meter.u64_counter("alone").build();
    WriteRow::new("a", "counter: `inc`, one word back to back")
        .ours("metrics-core", |_| ALONE_TOTAL.inc())
        .peer("foundations ThreadLocalCounter", |_| foundations.inc())
        .peer("prometheus-client", |_| client.inc())
        .peer("prometheus", |_| prometheus.inc())
        .peer("measured", |_| measured.inc())
        .peer("metrics", |_| metrics::counter!("alone_total").increment(1))
        .peer("opentelemetry", |_| telemetry.add(1, &[]))
        .limit("own word", |_| limits::own_word())
        .limit("fetch_add", |_| shared.fetch_add(1, Relaxed))
        .measure()
        .goal("metrics-core", Against::Named("fetch_add"), [Some(0.45), Some(0.12)])
}

fn eight() -> Row {
    let shared: [AtomicU64; 8] = Default::default();
    let foundations: [ThreadLocalCounter<u64>; 8] = Default::default();
    let client: [ClientCounter; 8] = Default::default();
    let prometheus: [IntCounter; 8] = std::array::from_fn(|at| {
        IntCounter::new(format!("turn_{at}_total"), "One of eight.").expect("a name")
    });
    let measured: [measured::Counter; 8] = std::array::from_fn(|_| measured::Counter::new());
    WriteRow::new("a8", "eight counters in turn (per eight)")
        .ours("metrics-core", |_| {
            T0_TOTAL.inc();
            T1_TOTAL.inc();
            T2_TOTAL.inc();
            T3_TOTAL.inc();
            T4_TOTAL.inc();
            T5_TOTAL.inc();
            T6_TOTAL.inc();
            T7_TOTAL.inc();
        })
        .peer("foundations ThreadLocalCounter", |_| foundations.iter().for_each(ThreadLocalCounter::inc))
        .peer("prometheus-client", |_| {
            for counter in &client {
                counter.inc();
            }
        })
        .peer("prometheus", |_| prometheus.iter().for_each(IntCounter::inc))
        .peer("measured", |_| measured.iter().for_each(measured::Counter::inc))
        .limit("own word", |_| limits::own_words())
        .limit("fetch_add", |_| {
            for word in &shared {
                word.fetch_add(1, Relaxed);
            }
        })
        .measure()
        .goal("metrics-core", Against::Named("fetch_add"), [Some(0.2), None])
        .goal("metrics-core", Against::Named("foundations ThreadLocalCounter"), [Some(0.7), None])
}
