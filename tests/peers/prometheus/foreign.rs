//! Labels that strangers fill: with anything, and with ever more of it.

use std::thread;

use metrics_core::{metrics, serve_in_background};
use metrics_tests_support::prometheus::{Job, Prometheus};

use crate::hostile;

metrics! {
    /// Visits by user, a label that anybody can fill with anything.
    static VISITS_TOTAL: Counter<user>;
}

/// How many series a family may have unless it says otherwise.
const CEILING: u32 = 2_000;

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

    let server = serve_in_background("127.0.0.1:0").expect("the loopback has a free port");
    let prometheus = Prometheus::start(&[Job::new("hostile", server.local_addr())]);
    prometheus.wait_for_scrape("hostile");
    prometheus.assert(r#"up{job="hostile"}"#, 1);

    let mut found = prometheus.query("hostile_labels_total");
    found.sort_by(|one, other| one.value.total_cmp(&other.value));
    let values: Vec<&str> = found.iter().map(|sample| sample.labels["value"].as_str()).collect();
    assert_eq!(values, hostile::VALUES, "each was counted once more than the one before");
    for (value, count) in hostile::VALUES.into_iter().zip(1..) {
        // Asked for the other way round: by a selector, whose escapes are those of a string in Go, as JSON's
        // are.
        let value = serde_json::to_string(value).expect("a string is JSON");
        prometheus.assert(&format!("hostile_labels_total{{value={value}}}"), count);
        // OpenMetrics has no count where a bound is negative (O-42).
        prometheus.assert(&format!("hostile_observations_bucket{{value={value},le=\"+Inf\"}}"), 5);
        let middle = prometheus.value(&format!("hostile_middles{{value={value},quantile=\"0.5\"}}"));
        assert!((middle - 0.25).abs() <= 0.25 * 0.003, "{value}: {middle}");
    }
    for (of, number) in hostile::NUMBERS {
        let found = prometheus.value(&format!("hostile_numbers{{of=\"{of}\"}}"));
        assert!(found.to_bits() == number.to_bits(), "{of}: {found}, not {number}");
    }
    prometheus.assert("never_written_total", 0);

    let named = r#"{user!="__overflow__"}"#;
    prometheus.assert(&format!("count(visits_total{named})"), CEILING);
    prometheus.assert(&format!("min(visits_total{named})"), 1);
    prometheus.assert(&format!("max(visits_total{named})"), 1);
    let rest = VISITORS - CEILING;
    prometheus.assert(r#"visits_total{user="__overflow__"}"#, rest);
    prometheus.assert("sum(visits_total)", VISITORS);
    prometheus.assert(r#"metrics_core_overflow_total{metric="visits_total"}"#, rest);
}
