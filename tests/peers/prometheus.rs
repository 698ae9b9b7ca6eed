//! The main promise, end to end: what Prometheus stores is what was done.

mod hostile;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::Command;
use std::thread;
use std::time::Instant;

use axum::Router;
use axum::routing::get;
use metrics_core::metrics;
use metrics_tests_support::client;
use metrics_tests_support::prometheus::Prometheus;
use metrics_tests_support::quickstart::{self, Quickstart};

/// Compares counts: they are whole numbers far below 2^53, so there is nothing to round.
#[track_caller]
fn assert_value(prometheus: &Prometheus, query: &str, expected: u32) {
    let found = prometheus.value(query);
    assert!(found.to_bits() == f64::from(expected).to_bits(), "`{query}` is {found}, not {expected}");
}

/// One kind of task that was sent to the quickstart: how often, and how long the client waited for each.
struct Tasks {
    task_type: &'static str,
    /// What one of them takes at least: the length of its sleep.
    least: f64,
    waited: Vec<f64>,
}

const BOUNDS: [(&str, f64); 5] =
    [("0.1", 0.1), ("0.2", 0.2), ("0.5", 0.5), ("1", 1.0), ("+Inf", f64::INFINITY)];

impl Tasks {
    fn send(quickstart: &Quickstart, task_type: &'static str, least: f64, times: usize) -> Self {
        let path = format!("/api/task?task_type={task_type}");
        let one = || {
            let started = Instant::now();
            let answer = client::get(quickstart.address, &path).expect("the quickstart answers");
            assert_eq!(answer.status, 200, "{answer:?}");
            started.elapsed().as_secs_f64()
        };
        Self { task_type, least, waited: (0..times).map(|_| one()).collect() }
    }

    /// Checks the histogram of these tasks against what the client has seen.
    ///
    /// A task took no less than its sleep, and no more than the client waited: between the two every number
    /// is right, on a machine of any speed, and on an idle one the two are in the same bucket.
    fn check(&self, prometheus: &Prometheus) {
        let name = "task_execution_duration_seconds";
        let selector = format!("task_type=\"{}\"", self.task_type);
        let count = self.waited.len();
        let expected = u32::try_from(count).expect("a few");
        assert_value(prometheus, &format!("{name}_count{{{selector}}}"), expected);
        assert_value(prometheus, &format!("{name}_bucket{{{selector},le=\"+Inf\"}}"), expected);

        // The two clocks may disagree by a little.
        let least = self.least * 0.99;
        let sum = prometheus.value(&format!("{name}_sum{{{selector}}}"));
        let longest: f64 = self.waited.iter().sum();
        assert!((least * f64::from(expected)..=longest * 1.01).contains(&sum), "{selector}: sum {sum}");

        for (le, bound) in BOUNDS {
            let found = prometheus.value(&format!("{name}_bucket{{{selector},le=\"{le}\"}}"));
            let at_least = self.waited.iter().filter(|waited| **waited < bound * 0.99).count();
            let at_most = if least > bound { 0 } else { count };
            assert!(
                (at_least as f64..=at_most as f64).contains(&found),
                "{selector}: {found} of {count} up to {le} s, the client waited {:?}",
                self.waited
            );
        }

        let median = prometheus.value(&format!("histogram_quantile(0.5, {name}_bucket{{{selector}}})"));
        let mut waited = self.waited.clone();
        waited.sort_by(f64::total_cmp);
        let (lower, _) = bucket_of(self.least);
        let (_, upper) = bucket_of(waited[count / 2] * 1.01);
        assert!(lower < median && median <= upper, "{selector}: median {median} not in ({lower}, {upper}]");
    }
}

/// The bounds of the bucket that a number of seconds falls into. Above the last bound `histogram_quantile`
/// answers the last bound.
fn bucket_of(seconds: f64) -> (f64, f64) {
    let mut lower = 0.0;
    for (_, upper) in BOUNDS {
        if seconds <= upper {
            return (lower, upper);
        }
        lower = upper;
    }
    (lower, f64::INFINITY)
}

#[test]
fn prometheus_stores_what_the_quickstart_did() {
    let quickstart = Quickstart::start();
    let prometheus = Prometheus::start(&[("quickstart", quickstart.address)]);

    // Before the first request: everything whose labels are known is there, with 0.
    prometheus.wait_for_scrape("quickstart");
    for function in ["hello", "task"] {
        let of = format!("{{module=\"quickstart::service\",function=\"{function}\"}}");
        assert_value(&prometheus, &format!("quickstart_{function}_calls_total{of}"), 0);
        assert_value(&prometheus, &format!("quickstart_{function}_duration_seconds_count{of}"), 0);
        assert_value(&prometheus, &format!("quickstart_{function}_in_flight{of}"), 0);
    }
    assert_eq!(prometheus.query("http_requests_total"), [], "nobody knows yet which labels will come");

    for _ in 0..7 {
        let answer = client::get(quickstart.address, "/api/hello").expect("the quickstart answers");
        assert_eq!((answer.status, answer.text()), (200, "Hello!\n"));
    }
    let tasks = [
        Tasks::send(&quickstart, "light", 0.05, 5),
        Tasks::send(&quickstart, "medium", 0.15, 4),
        Tasks::send(&quickstart, "heavy", 0.3, 3),
    ];
    for path in ["/api/task?task_type=x", "/api/task"] {
        let answer = client::get(quickstart.address, path).expect("the quickstart answers");
        assert_eq!((answer.status, answer.header("content-type")), (400, Some("application/json")));
        let body: serde_json::Value = serde_json::from_slice(&answer.body).expect("the error is JSON");
        assert!(body["error"].is_string(), "{body}");
    }
    let answer = client::get(quickstart.address, "/nowhere").expect("the quickstart answers");
    assert_eq!(answer.status, 404);

    prometheus.wait_for_scrape("quickstart");
    assert_value(&prometheus, r#"up{job="quickstart"}"#, 1);

    let requests = |endpoint, status| {
        format!(r#"http_requests_total{{method="GET",endpoint="{endpoint}",status="{status}"}}"#)
    };
    assert_value(&prometheus, &requests("/api/hello", 200), 7);
    assert_value(&prometheus, &requests("/api/task", 200), 5 + 4 + 3);
    assert_value(&prometheus, &requests("/api/task", 400), 2);
    // No more than these: neither the scrapes nor a path that does not exist makes a series.
    assert_value(&prometheus, "count(http_requests_total)", 3);

    assert_value(&prometheus, r#"task_queue_length{queue_name="tasks"}"#, 3);

    for one in &tasks {
        one.check(&prometheus);
    }
    assert_value(&prometheus, "count(task_execution_duration_seconds_count)", 3);

    for (function, calls) in [("hello", 7), ("task", 5 + 4 + 3 + 2)] {
        let of = format!("{{module=\"quickstart::service\",function=\"{function}\"}}");
        assert_value(&prometheus, &format!("quickstart_{function}_calls_total{of}"), calls);
        assert_value(&prometheus, &format!("quickstart_{function}_duration_seconds_count{of}"), calls);
        assert_value(&prometheus, &format!("quickstart_{function}_in_flight{of}"), 0);
    }
    let hello = prometheus.value("quickstart_hello_duration_seconds_sum");
    assert!(hello >= 7.0 * 0.005 * 0.99, "seven times 5 ms: {hello}");
    let task = prometheus.value("quickstart_task_duration_seconds_sum");
    let inside = prometheus.value("sum(task_execution_duration_seconds_sum)");
    assert!(task >= inside, "a handler takes no less than the task in it: {task}, {inside}");

    // A function that has never run is there too.
    let never = r#"quickstart_drain_on_shutdown_calls_total{function="drain_on_shutdown"}"#;
    assert_value(&prometheus, never, 0);
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback has a free port");
    let address = taken.local_addr().expect("it listens");
    let port = address.port().to_string();
    let output = Command::new(quickstart::executable()).args(["--port", &port]).output();
    let output = output.expect("the quickstart starts");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
}

#[test]
fn a_mistake_on_the_command_line_is_named() {
    for (arguments, message) in [
        (&["--prot", "9"][..], "unknown argument `--prot`"),
        (&["--port"], "`--port` needs a number"),
        (&["--port", "65536"], "`--port 65536`: expected a number from 0 to 65535"),
        (&["--port=x"], "`--port x`: expected a number"),
    ] {
        let output = Command::new(quickstart::executable()).args(arguments).output();
        let output = output.expect("the quickstart starts");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(message), "{arguments:?}: {said}");
        assert!(said.contains("Usage: quickstart"), "{arguments:?}: {said}");
    }
}

metrics! {
    /// Visits by user, a label that anybody can fill with anything.
    static VISITS_TOTAL: Counter<user>;
}

/// How many series a family may have unless it says otherwise.
const CEILING: u32 = 2_000;

/// Serves this process's metrics for as long as it lives.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback has a free port");
    listener.set_nonblocking(true).expect("a listener may be non-blocking");
    let address = listener.local_addr().expect("it listens");
    thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("the runtime starts");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("tokio takes it");
            let app = Router::new().route("/metrics", get(metrics_core::handler));
            axum::serve(listener, app).await
        })
    });
    address
}

#[test]
fn prometheus_stores_hostile_labels_and_no_more_series_than_allowed() {
    const VISITORS: u32 = 100_000;
    const THREADS: u32 = 4;
    const LAST: u32 = VISITORS / THREADS;

    hostile::write();
    thread::scope(|scope| {
        for thread in 0..THREADS {
            scope.spawn(move || {
                for visitor in thread * LAST..(thread + 1) * LAST {
                    let user = visitor;
                    VISITS_TOTAL { user }.inc();
                }
            });
        }
    });

    let prometheus = Prometheus::start(&[("hostile", serve())]);
    prometheus.wait_for_scrape("hostile");
    assert_value(&prometheus, r#"up{job="hostile"}"#, 1);

    let mut found = prometheus.query("hostile_labels_total");
    found.sort_by(|one, other| one.value.total_cmp(&other.value));
    let values: Vec<&str> = found.iter().map(|sample| sample.labels["value"].as_str()).collect();
    assert_eq!(values, hostile::VALUES, "each was counted once more than the one before");
    for (value, count) in hostile::VALUES.into_iter().zip(1..) {
        // Asked for the other way round: by a selector, whose escapes are those of a string in Go, as JSON's
        // are.
        let value = serde_json::to_string(value).expect("a string is JSON");
        assert_value(&prometheus, &format!("hostile_labels_total{{value={value}}}"), count);
        assert_value(&prometheus, &format!("hostile_observations_count{{value={value}}}"), 5);
    }
    for (of, number) in hostile::NUMBERS {
        let found = prometheus.value(&format!("hostile_numbers{{of=\"{of}\"}}"));
        assert!(found.to_bits() == number.to_bits(), "{of}: {found}, not {number}");
    }
    assert_value(&prometheus, "never_written_total", 0);

    let named = r#"{user!="__overflow__"}"#;
    assert_value(&prometheus, &format!("count(visits_total{named})"), CEILING);
    assert_value(&prometheus, &format!("min(visits_total{named})"), 1);
    assert_value(&prometheus, &format!("max(visits_total{named})"), 1);
    let rest = VISITORS - CEILING;
    assert_value(&prometheus, r#"visits_total{user="__overflow__"}"#, rest);
    assert_value(&prometheus, "sum(visits_total)", VISITORS);
    assert_value(&prometheus, r#"metrics_core_overflow_total{metric="visits_total"}"#, rest);
}
