//! What an attribute costs on an `async fn` that does nothing.

use std::hint::black_box;
use std::pin::pin;
use std::sync::LazyLock;
use std::task::{Context, Waker};
use std::time::Instant;

use autometrics::{autometrics, prometheus_exporter};
use metered::{HitCount, InFlight, ResponseTime};
use metrics_core::{counted, gauged, metrics, timed};
use prometheus_client::metrics::counter::Counter as ClientCounter;
use prometheus_client::metrics::histogram::Histogram as ClientHistogram;

use super::Options;
use crate::harness::{Against, Row, WriteRow};
use crate::inputs::{BOUNDS, Table};
use crate::labels::{self, Method};

metrics! {
    #![prefix = "attribute_row_"]

    /// Calls.
    static CALLS_TOTAL: Counter;

    /// Seconds a call took.
    static CALL_DURATION_SECONDS: Histogram;

    /// Calls running.
    static CALLS_IN_FLIGHT: Gauge;
}

async fn bare() {}

#[counted]
#[timed]
#[gauged]
async fn ours() {}

#[counted(labels { method: method, tenant: tenant })]
#[timed(labels { method: method, tenant: tenant })]
#[gauged(labels { method: method, tenant: tenant })]
async fn ours_labelled(method: Method, tenant: &str) {
    let _ = (method, tenant);
}

#[counted(CALLS_TOTAL)]
#[timed(CALL_DURATION_SECONDS)]
#[gauged(CALLS_IN_FLIGHT)]
async fn ours_declared() {}

#[derive(Default)]
struct Service {
    metrics: ServiceMetrics,
}

#[metered::metered(registry = ServiceMetrics)]
impl Service {
    #[measure([HitCount, ResponseTime, InFlight])]
    async fn call(&self) {}
}

/// Counts, times and has a gauge.
#[autometrics(track_concurrency)]
async fn by_autometrics() {}

#[autometrics]
async fn by_autometrics_without_gauge() {}

struct ByHand {
    calls: ClientCounter,
    seconds: ClientHistogram,
}

static BY_HAND: LazyLock<ByHand> =
    LazyLock::new(|| ByHand { calls: ClientCounter::default(), seconds: ClientHistogram::new(BOUNDS) });

/// What its documentation does, without the gauge.
async fn by_hand() {
    BY_HAND.calls.inc();
    let start = Instant::now();
    bare().await;
    BY_HAND.seconds.observe(start.elapsed().as_secs_f64());
}

/// Starts the future and runs it to its end, which is at the first `Poll`.
#[inline]
fn run(future: impl Future) {
    let _ = pin!(future).poll(&mut Context::from_waker(Waker::noop()));
}

pub(super) fn rows(_: &Options) -> Vec<Row> {
    // It can be done once in a process; a second time changes nothing.
    let _ = prometheus_exporter::try_init();
    let ticks = quanta::Clock::new();
    let service = Service::default();
    let methods = Table::at_random(&labels::closed());
    let tenants = Table::at_random(&["a".to_owned(), "b".to_owned(), "c".to_owned(), "d".to_owned()]);
    let row = WriteRow::new("g", "attributes on an empty `async fn`")
        .ours("counted + timed + gauged", |_| run(ours()))
        .ours("with two labels", |turn| run(ours_labelled(methods.at(turn).method, tenants.at(turn))))
        .ours("on declared metrics", |_| run(ours_declared()))
        .special("bare", |_| run(bare()))
        .peer("autometrics", |_| run(by_autometrics()))
        .special("autometrics, no gauge", |_| run(by_autometrics_without_gauge()))
        .peer("metered 0.9, milliseconds", |_| run(service.call()))
        .special("prometheus-client by hand, no gauge", |_| run(by_hand()))
        .limit("two quanta raw", |_| {
            black_box(ticks.raw());
            black_box(ticks.raw());
        })
        .measure();
    let raw = Against::Named("two quanta raw");
    let row = row
        .goal("counted + timed + gauged", raw, [Some(1.5), Some(1.5)])
        .goal("counted + timed + gauged", Against::Named("autometrics"), [Some(0.05), None])
        .goal(
            "counted + timed + gauged",
            Against::Named("prometheus-client by hand, no gauge"),
            [Some(0.5), None],
        )
        .goal("with two labels", raw, [Some(2.3), Some(2.3)])
        .goal("on declared metrics", raw, [Some(2.0), Some(2.0)]);
    vec![row]
}
