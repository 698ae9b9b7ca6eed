//! The quickstart as a whole: counters, gauges and histograms, by hand and by attribute.

use metrics_tests_support::client;
use metrics_tests_support::prometheus::{Job, Prometheus};
use metrics_tests_support::quickstart::Quickstart;

use crate::tasks::Tasks;

/// With all that it shows: an exemplar, a native histogram, a collector.
#[test]
fn the_quickstart_has_everything_on() {
    let quickstart = Quickstart::start();
    let hello = client::get_with(quickstart.address, "/api/hello", ("x-request-id", "7"));
    assert_eq!(hello.expect("the quickstart answers").status, 200);
    let scrape =
        |accept| client::get_with(quickstart.address, "/metrics", ("accept", accept)).expect("a scrape");
    let open = scrape("application/openmetrics-text; version=1.0.0");
    let line =
        r#"http_requests_total{endpoint="/api/hello",method="GET",status="200"} 1 # {request_id="7"} 1 "#;
    assert!(open.text().contains(line), "{}", open.text());
    assert!(open.text().contains("\nmachine_load_tasks{window=\"5m\"} "), "{}", open.text());
    assert!(open.text().contains("\nhttp_response_size_bytes_sum{endpoint=\"/api/hello\"} 7\n"));
    let accept = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
    let protobuf = scrape(accept);
    assert!(protobuf.header("content-type").is_some_and(|content| content.contains("protobuf")));
    let compressed = client::get_with(quickstart.address, "/metrics", ("accept-encoding", "zstd, gzip"));
    assert_eq!(compressed.expect("a scrape").header("content-encoding"), Some("zstd"));
}

#[test]
fn prometheus_stores_what_the_quickstart_did() {
    let quickstart = Quickstart::start();
    let prometheus = Prometheus::start(&[Job::new("quickstart", quickstart.address)]);

    // Before the first request: everything whose labels are known is there, with 0.
    prometheus.wait_for_scrape("quickstart");
    for function in ["hello", "task"] {
        let of = format!("{{module=\"quickstart::service\",function=\"{function}\"}}");
        prometheus.assert(&format!("quickstart_{function}_calls_total{of}"), 0);
        prometheus.assert(&format!("quickstart_{function}_duration_seconds_count{of}"), 0);
        prometheus.assert(&format!("quickstart_{function}_in_flight{of}"), 0);
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
    prometheus.assert(r#"up{job="quickstart"}"#, 1);

    let requests = |endpoint, status| {
        format!(r#"http_requests_total{{method="GET",endpoint="{endpoint}",status="{status}"}}"#)
    };
    prometheus.assert(&requests("/api/hello", 200), 7);
    prometheus.assert(&requests("/api/task", 200), 5 + 4 + 3);
    prometheus.assert(&requests("/api/task", 400), 2);
    // No more than these: neither the scrapes nor a path that does not exist makes a series.
    prometheus.assert("count(http_requests_total)", 3);

    prometheus.assert(r#"task_queue_length{queue_name="tasks"}"#, 3);

    for one in &tasks {
        one.check(&prometheus);
    }
    prometheus.assert("count(task_execution_duration_seconds_count)", 3);

    for (function, calls) in [("hello", 7), ("task", 5 + 4 + 3 + 2)] {
        let of = format!("{{module=\"quickstart::service\",function=\"{function}\"}}");
        prometheus.assert(&format!("quickstart_{function}_calls_total{of}"), calls);
        prometheus.assert(&format!("quickstart_{function}_duration_seconds_count{of}"), calls);
        prometheus.assert(&format!("quickstart_{function}_in_flight{of}"), 0);
    }
    let hello = prometheus.value("quickstart_hello_duration_seconds_sum");
    assert!(hello >= 7.0 * 0.005 * 0.99, "seven times 5 ms: {hello}");
    let task = prometheus.value("quickstart_task_duration_seconds_sum");
    let inside = prometheus.value("sum(task_execution_duration_seconds_sum)");
    assert!(task >= inside, "a handler takes no less than the task in it: {task}, {inside}");

    // A function that has never run is there too.
    let never = r#"quickstart_drain_on_shutdown_calls_total{function="drain_on_shutdown"}"#;
    prometheus.assert(never, 0);

    for (metric, kind) in [
        ("http_requests_total", "counter"),
        ("task_queue_length", "gauge"),
        ("task_execution_duration_seconds", "histogram"),
        ("http_request_duration_seconds", "summary"),
    ] {
        assert_eq!(prometheus.kind(metric), kind, "{metric}");
    }

    let version = env!("CARGO_PKG_VERSION");
    prometheus.assert(&format!("build_info{{version=\"{version}\"}}"), 1);
    for (state, holds) in [("starting", 0), ("running", 1), ("draining", 0)] {
        prometheus.assert(&format!("service_state{{service_state=\"{state}\"}}"), holds);
    }
}
