//! The orders of the quickstart: a registry of their own, scraped by a job of its own.

use metrics_tests_support::client;
use metrics_tests_support::prometheus::{Job, Prometheus};
use metrics_tests_support::quickstart::Quickstart;

#[test]
fn prometheus_stores_each_registry_by_itself() {
    let quickstart = Quickstart::start();
    let prometheus = Prometheus::start(&[
        Job::new("quickstart", quickstart.address),
        Job::new("orders", quickstart.address).at("/metrics/orders"),
    ]);
    let order = |query: &str| {
        let answer = client::post(quickstart.address, &format!("/api/order{query}"), "");
        answer.expect("the quickstart answers").status
    };

    prometheus.wait_for_scrape("orders");
    prometheus.assert("orders_total", 0);
    prometheus.assert("order_items_count", 0);

    for query in ["", "?items=1", "?items=3", "?items=5", "?items=12"] {
        assert_eq!(order(query), 200, "{query}");
    }
    for query in ["?items=", "?items=-1", "?items=many"] {
        assert_eq!(order(query), 400, "{query}");
    }

    prometheus.wait_for_scrape("orders");
    prometheus.wait_for_scrape("quickstart");
    prometheus.assert(r#"up{job="orders"}"#, 1);
    prometheus.assert(r#"up{job="quickstart"}"#, 1);

    // Only one series each: the other job does not have it, or the query would find two.
    prometheus.assert("orders_total", 5);
    prometheus.assert("order_items_count", 5);
    prometheus.assert("order_items_sum", 1 + 1 + 3 + 5 + 12);
    for (bound, items) in [("1.0", 2), ("2.0", 2), ("5.0", 4), ("10.0", 4), ("+Inf", 5)] {
        prometheus.assert(&format!(r#"order_items_bucket{{le="{bound}"}}"#), items);
    }
    prometheus.assert(r#"orders_total{job="orders"}"#, 5);

    // And what the service itself counts is with the service.
    let requests = |status| format!(r#"http_requests_total{{endpoint="/api/order",status="{status}"}}"#);
    prometheus.assert(&requests(200), 5);
    prometheus.assert(&requests(400), 3);
    assert_eq!(prometheus.query(r#"{__name__=~"http_.+|task_.+|logins_.+",job="orders"}"#), []);
}
