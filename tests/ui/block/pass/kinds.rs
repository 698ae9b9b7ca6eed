//! Every kind, with and without labels, is clean under the strictest lints.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery)]

use std::future::ready;
use std::time::Duration;

use metrics_core::{LabelValue, Registry, metrics};

/// A method.
#[derive(Clone, Copy, LabelValue)]
pub enum Method {
    /// Reads.
    Get,
    /// Writes.
    Post,
}

/// What is being done.
#[derive(LabelValue)]
pub enum Mode {
    /// Not yet.
    Starting,
    /// Now.
    Running,
}

/// A registry of our own.
pub static USERS: Registry = Registry::new();

// Less visible than the metrics that it is a label of.
#[derive(LabelValue)]
enum Lane {
    Fast,
    Slow,
}

mod files {
    pub(super) const fn open() -> u32 {
        3
    }
}

fn seconds() -> f64 {
    1.5
}

const BOUNDS: [f64; 3] = [-1.0, 0.0, 1.0];

metrics! {
    /// Total number of requests by method
    /// and endpoint.
    ///
    /// More than the help.
    #[metric(max_series = 500, init = [{ method: Method::Get, endpoint: "/" }, { method: Method::Post, endpoint: "/" }])]
    pub static HTTP_REQUESTS_TOTAL: Counter<method: Method, endpoint>;

    /// Seconds of a request.
    #[metric(buckets = [0.1, 0.5, 1], unit = "seconds")]
    pub(crate) static REQUEST_SECONDS: Histogram<r#type, "crate" as krate: String>;

    /// Temperature.
    #[metric(buckets = BOUNDS)]
    static OFFSET_CELSIUS: Histogram;

    /// Sizes.
    #[metric(buckets = exponential(1, 2, 10))]
    static SIZE_BYTES: Histogram;

    /// Tasks in the queue.
    pub static QUEUE_LENGTH: Gauge;

    /// Tasks by state.
    #[cfg(not(any()))]
    static TASKS: Gauge<state: bool>;

    /// Not there.
    #[cfg(any())]
    static TASKS: Gauge<missing: Missing>;

    /// Jobs.
    #[metric(name = "jobs", allow(total))]
    pub static JOBS: Counter;

    /// All closed.
    #[metric(max_series = 4, init = [{ method: Method::Get, cached: &true }])]
    pub static CLOSED_TOTAL: Counter<method: Method, cached: bool>;

    /// By a private type.
    pub static LANES_TOTAL: Counter<lane: Lane, other>;

    /// By a private type, closed.
    pub static LANE: Gauge<lane: Lane>;

    /// By a private type, told.
    pub static LANE_FACTS: Info<lane: Lane>;

    /// Seconds of a reply.
    #[metric(unit = "seconds")]
    pub static REPLY_SECONDS: Summary;

    /// Seconds of a reply by method.
    #[metric(quantiles = [1 => 0.05, 0.0 => 0.01, 0.5 => 0.001], max_age = "1h30m1s500ms", age_buckets = 60)]
    pub static METHOD_SECONDS: Summary<method: Method, r#type>;

    /// What was built.
    pub static BUILD_INFO: Info<version, profile: Mode>;

    /// What is being done.
    #[metric(name = "modes")]
    pub static MODE: StateSet<Mode>;

    /// On or off.
    static SWITCH: StateSet<bool>;

    /// Open files.
    #[metric(callback = files::open)]
    pub static OPEN_FILES: Gauge;

    /// Seconds used.
    #[metric(callback = seconds, unit = "seconds")]
    pub static USED_SECONDS_TOTAL: Counter;

    #[metric(allow(help))]
    pub(self) static UNDOCUMENTED: Gauge;
}

/// Metrics of a module.
pub mod users {
    metrics_core::metrics! {
        #![registry(super::USERS)]
        #![prefix = "users_"]
        #![crate(::metrics_core)]

        /// Log-ins.
        pub(in crate::users) static LOGINS_TOTAL: Counter<kind>;

        /// Deprecated.
        #[deprecated]
        pub static OLD_TOTAL: Counter<kind>;
    }

    /// Logs in.
    pub fn login() {
        LOGINS_TOTAL { kind: "a" }.inc();
    }
}

fn main() {
    let (method, endpoint) = (Method::Get, String::from("/"));
    HTTP_REQUESTS_TOTAL { method, endpoint: &endpoint }.inc();
    HTTP_REQUESTS_TOTAL { method: &method, endpoint: 5 }.inc_by(2_u64);
    HTTP_REQUESTS_TOTAL { method: Method::Post, endpoint: Some('a') }.handle().inc();
    REQUEST_SECONDS { r#type: "a", krate: String::new() }.observe(Duration::from_millis(3));
    REQUEST_SECONDS { r#type: "a", krate: &endpoint }.time(|| 5);
    drop(REQUEST_SECONDS { r#type: "a", krate: &endpoint }.start_timer());
    drop(REQUEST_SECONDS { r#type: "a", krate: endpoint }.time_future(ready(1)));
    OFFSET_CELSIUS.observe(-3.0);
    SIZE_BYTES.observe(1.0);
    QUEUE_LENGTH.set(3);
    TASKS { state: true }.dec();
    let _guard = TASKS { state: true }.in_flight();
    JOBS.inc();
    UNDOCUMENTED.inc();
    CLOSED_TOTAL { method, cached: false }.inc();
    LANES_TOTAL { lane: Lane::Fast, other: 'a' }.inc();
    LANE { lane: Lane::Slow }.set(3);
    assert_eq!(LANE.get(LANE { lane: Lane::Slow }), Some(3.0));
    assert_eq!(LANES_TOTAL.remove_matching([("lane", "fast")]), 1);
    LANE_FACTS { lane: Lane::Fast }.set();
    REPLY_SECONDS.observe(0.5);
    assert_eq!(REPLY_SECONDS.time(|| 5), 5);
    METHOD_SECONDS { method: &method, r#type: 'a' }.observe(Duration::from_millis(3));
    drop(METHOD_SECONDS { method, r#type: "b" }.start_timer());
    drop(METHOD_SECONDS { method, r#type: "b" }.time_future(ready(1)));
    assert!(METHOD_SECONDS { method, r#type: "b" }.remove());
    BUILD_INFO { version: "1.0", profile: Mode::Starting }.set();
    MODE.set(Mode::Running);
    assert_eq!(MODE.get(), "running");
    SWITCH.set(true);
    assert_eq!((OPEN_FILES.name(), USED_SECONDS_TOTAL.name()), ("open_files", "used_seconds_total"));
    users::login();
    assert!((JOBS.get() - 1.0).abs() < 1e-9);
}
