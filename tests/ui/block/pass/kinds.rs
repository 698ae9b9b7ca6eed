//! Every kind, with and without labels, is clean under the strictest lints.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery)]

use std::future::ready;
use std::time::Duration;

use metrics_core::{LabelValue, Registry, Scratch, metrics};

/// A method.
#[derive(Clone, Copy)]
pub enum Method {
    /// Reads.
    Get,
    /// Writes.
    Post,
}

impl LabelValue for Method {
    fn text<'a>(&'a self, _: &'a mut Scratch) -> &'a str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
        }
    }
}

/// A registry of our own.
pub static USERS: Registry = Registry::new();

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
    users::login();
    assert!((JOBS.get() - 1.0).abs() < 1e-9);
}
