//! The operations: those of the comparison that one thread does.

use std::pin::pin;
use std::task::{Context, Waker};

use metrics_core::{LabelValue, counted, gauged, metrics, timed};

use crate::run;

metrics! {
    #![prefix = "row_"]

    /// One word.
    static ALONE_TOTAL: Counter;

    /// Two open labels, 20 series.
    static FEW_TOTAL: Counter<tenant, path>;

    /// Two open labels, 1 000 series.
    static MANY_TOTAL: Counter<tenant, path>;

    /// Two closed labels.
    static CLOSED_TOTAL: Counter<method: Method, outcome: Outcome>;

    /// Goes up and down.
    static LEVEL: Gauge;

    /// Eleven buckets.
    static PLAIN_SECONDS: Histogram;

    /// Eleven buckets, two open labels.
    static OPEN_SECONDS: Histogram<tenant, path>;

    /// Eleven buckets, two closed labels.
    static CLOSED_SECONDS: Histogram<method: Method, outcome: Outcome>;

    /// Sum and count.
    static TOTALS_SECONDS: Summary;

    /// Sum, count and quantiles.
    #[metric(quantiles = [0.5 => 0.05, 0.99 => 0.001])]
    static WINDOW_SECONDS: Summary;

    /// Exponential buckets.
    #[metric(native = only)]
    static NATIVE_SECONDS: NativeHistogram;

    /// Exponential buckets and eleven classic ones.
    static BOTH_SECONDS: NativeHistogram;

    /// Calls.
    static CALLS_TOTAL: Counter;

    /// Seconds a call took.
    static CALL_DURATION_SECONDS: Histogram;

    /// Calls running.
    static CALLS_IN_FLIGHT: Gauge;
}

#[derive(Clone, Copy, LabelValue)]
enum Method {
    Get,
    Post,
    Put,
    Delete,
}

#[derive(Clone, Copy, LabelValue)]
enum Outcome {
    Success,
    Failure,
}

#[counted]
#[timed]
#[gauged]
async fn fused() {}

#[counted(labels { method: method, tenant: tenant })]
#[timed(labels { method: method, tenant: tenant })]
#[gauged(labels { method: method, tenant: tenant })]
async fn labelled(method: Method, tenant: &str) {
    let _ = (method, tenant);
}

#[counted(CALLS_TOTAL)]
#[timed(CALL_DURATION_SECONDS)]
#[gauged(CALLS_IN_FLIGHT)]
async fn declared() {}

/// A name, and what runs so many turns.
type Row = (&'static str, fn(usize));

/// All rows.
pub const ROWS: [Row; 18] = [
    ("counter", |turns| run(turns, |_| ALONE_TOTAL.inc())),
    ("counter-handle", |turns| {
        let handle = FEW_TOTAL { tenant: "a", path: "/" }.handle();
        run(turns, |_| handle.inc());
    }),
    ("counter-20-series", |turns| {
        let series = series(20);
        run(turns, |turn| {
            let (tenant, path) = &series[turn % 20];
            FEW_TOTAL { tenant, path }.inc();
        });
    }),
    ("counter-1000-series", |turns| {
        let series = series(1_000);
        // Each exists before anything is counted.
        series.iter().for_each(|(tenant, path)| MANY_TOTAL { tenant, path }.inc());
        run(turns, |turn| {
            let (tenant, path) = &series[turn * 7 % 1_000];
            MANY_TOTAL { tenant, path }.inc();
        });
    }),
    ("counter-closed", |turns| {
        run(turns, |turn| {
            let (method, outcome) = closed(turn);
            CLOSED_TOTAL { method, outcome }.inc();
        });
    }),
    ("gauge-inc-dec", |turns| {
        run(turns, |_| {
            LEVEL.inc();
            LEVEL.dec();
        });
    }),
    ("gauge-set", |turns| run(turns, |turn| LEVEL.set(turn as u64))),
    ("histogram", |turns| run(turns, |turn| PLAIN_SECONDS.observe(value(turn)))),
    ("histogram-20-series", |turns| {
        let series = series(20);
        run(turns, |turn| {
            let (tenant, path) = &series[turn % 20];
            OPEN_SECONDS { tenant, path }.observe(value(turn));
        });
    }),
    ("histogram-closed", |turns| {
        run(turns, |turn| {
            let (method, outcome) = closed(turn);
            CLOSED_SECONDS { method, outcome }.observe(value(turn));
        });
    }),
    ("native", |turns| run(turns, |turn| NATIVE_SECONDS.observe(value(turn)))),
    ("native-classic", |turns| run(turns, |turn| BOTH_SECONDS.observe(value(turn)))),
    ("summary", |turns| run(turns, |turn| TOTALS_SECONDS.observe(value(turn)))),
    ("summary-quantiles", |turns| run(turns, |turn| WINDOW_SECONDS.observe(value(turn)))),
    ("attributes", |turns| run(turns, |_| poll(fused()))),
    ("attributes-labelled", |turns| {
        let series = series(20);
        run(turns, |turn| poll(labelled(closed(turn).0, &series[turn % 20].0)));
    }),
    ("attributes-declared", |turns| run(turns, |_| poll(declared()))),
    // Nothing: what the loop itself costs is in every row.
    ("empty", |turns| run(turns, |_| {})),
];

fn series(count: usize) -> Vec<(String, String)> {
    (0..count)
        .map(|number| (format!("tenant-{}", number % 10), format!("/api/v1/item/{}", number / 10)))
        .collect()
}

fn closed(turn: usize) -> (Method, Outcome) {
    const METHODS: [Method; 4] = [Method::Get, Method::Post, Method::Put, Method::Delete];
    const OUTCOMES: [Outcome; 2] = [Outcome::Success, Outcome::Failure];
    (METHODS[turn % 4], OUTCOMES[turn / 4 % 2])
}

/// Falls into all buckets in turn.
fn value(turn: usize) -> f64 {
    const VALUES: [f64; 8] = [0.003, 0.007, 0.02, 0.07, 0.3, 0.8, 3.0, 20.0];
    VALUES[turn % 8]
}

/// Runs a future that never waits.
fn poll(future: impl Future) {
    let _ = pin!(future).poll(&mut Context::from_waker(Waker::noop()));
}
