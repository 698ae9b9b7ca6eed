//! Counters with two `&str` labels whose values are known at run time only: 20 series, and 1 000 at random.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use ::opentelemetry::KeyValue;
use foundations_metrics::{Counter as FoundationsCounter, Family as FoundationsFamily};
use lasso::Rodeo;
use measured::CounterVec;
use metrics_core::metrics;
use prometheus::{IntCounterVec, Opts};
use prometheus_client::metrics::counter::Counter as ClientCounter;
use prometheus_client::metrics::family::Family as ClientFamily;

use super::Options;
use crate::harness::{Against, Row, WriteRow};
use crate::inputs::{self, Table};
use crate::labels::{Dynamic, DynamicSet, Fixed, FixedSet, Open};
use crate::systems::{metrics_rs, opentelemetry};

metrics! {
    #![prefix = "label_row_"]

    /// 20 series.
    static FEW_TOTAL: Counter<tenant, path>;

    /// 1 000 series.
    static MANY_TOTAL: Counter<tenant, path>;
}

type Pairs = Table<(String, String)>;

pub(super) fn rows(_: &Options) -> Vec<Row> {
    metrics_rs::install();
    let few = inputs::series(20);
    let many = inputs::series(1_000);
    let row = compared("b", "counter: two `&str` labels, 20 series", &few, |pairs, turn| {
        let (tenant, path) = pairs.at(turn);
        FEW_TOTAL { tenant, path }.inc();
    });
    let few = row.goal("metrics-core", Against::BestPeer, [Some(0.4), Some(0.08)]);
    let row = compared("b1000", "the same, 1 000 series at random", &many, |pairs, turn| {
        let (tenant, path) = pairs.at(turn);
        MANY_TOTAL { tenant, path }.inc();
    });
    let many = row.goal("metrics-core", Against::BestPeer, [Some(0.5), Some(0.12)]);
    vec![few, many]
}

fn compared(
    key: &'static str,
    title: &'static str,
    series: &[(String, String)],
    ours: impl Fn(&Pairs, usize) + Sync,
) -> Row {
    let pairs = &Table::at_random(series);
    let shared = AtomicU64::new(0);
    let prometheus =
        IntCounterVec::new(Opts::new("labelled_total", "Two labels."), &["tenant", "path"]).expect("names");
    let client = ClientFamily::<Open, ClientCounter>::default();
    let foundations = FoundationsFamily::<Open, FoundationsCounter>::default();
    let dynamic = CounterVec::<DynamicSet>::new();
    let fixed = CounterVec::with_label_set(fixed_set(series));
    let meter = opentelemetry::Meter::new();
    let telemetry = meter.meter.u64_counter("labelled").build();
    WriteRow::new(key, title)
        .ours("metrics-core", |turn| ours(pairs, turn))
        .peer("prometheus", |turn| {
            let (tenant, path) = pairs.at(turn);
            prometheus.with_label_values(&[tenant, path]).inc();
        })
        .peer("prometheus-client", |turn| {
            let (tenant, path) = pairs.at(turn);
            client.get_or_create(&Open::new(tenant, path)).inc();
        })
        .peer("measured, ThreadedRodeo", |turn| {
            let (tenant, path) = pairs.at(turn);
            dynamic.inc(Dynamic { tenant, path });
        })
        .special("measured, values fixed at the start", |turn| {
            let (tenant, path) = pairs.at(turn);
            fixed.inc(Fixed { tenant, path });
        })
        .peer("foundations", |turn| {
            let (tenant, path) = pairs.at(turn);
            foundations.get_or_create(&Open::new(tenant, path)).inc();
        })
        .peer("metrics", |turn| {
            let (tenant, path) = pairs.at(turn);
            metrics::counter!("labelled_total", "tenant" => tenant.clone(), "path" => path.clone())
                .increment(1);
        })
        .peer("opentelemetry", |turn| {
            let (tenant, path) = pairs.at(turn);
            telemetry.add(1, &[KeyValue::new("tenant", tenant.clone()), KeyValue::new("path", path.clone())]);
        })
        .limit("fetch_add", |_| shared.fetch_add(1, Relaxed))
        .measure()
}

/// The values of both labels, for the peer that wants them at the start.
pub(super) fn fixed_set(series: &[(String, String)]) -> FixedSet {
    let tenants: Rodeo = series.iter().map(|(tenant, _)| tenant).collect();
    let paths: Rodeo = series.iter().map(|(_, path)| path).collect();
    FixedSet::new(tenants.into_reader(), paths.into_reader())
}
