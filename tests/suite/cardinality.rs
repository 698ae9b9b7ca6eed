//! The ceiling: labels from user input can't eat the memory, and nothing is lost in silence.

use metrics_core::metrics;

use crate::scrape::scraped;

#[test]
fn beyond_the_ceiling_counters_share_one_series() {
    metrics! {
        /// Requests by user.
        #[metric(max_series = 10)]
        static CARDINALITY_REQUESTS_TOTAL: Counter<user>;
    }
    for user in 0..100 {
        CARDINALITY_REQUESTS_TOTAL { user }.inc();
    }
    assert_eq!(scraped("cardinality_requests_total{user=\"9\"}"), Some(1.0));
    assert_eq!(scraped("cardinality_requests_total{user=\"10\"}"), None);
    assert_eq!(scraped("cardinality_requests_total{user=\"__overflow__\"}"), Some(90.0));
    let overflow = "metrics_core_overflow_total{metric=\"cardinality_requests_total\"}";
    assert_eq!(scraped(overflow), Some(90.0));

    // What is known stays known, and what makes room makes room.
    CARDINALITY_REQUESTS_TOTAL { user: 3 }.inc();
    assert_eq!(scraped("cardinality_requests_total{user=\"3\"}"), Some(2.0));
    assert!(CARDINALITY_REQUESTS_TOTAL { user: 3 }.remove());
    CARDINALITY_REQUESTS_TOTAL { user: "new" }.inc();
    assert_eq!(scraped("cardinality_requests_total{user=\"new\"}"), Some(1.0));
}

#[test]
fn beyond_the_ceiling_gauges_are_dropped_and_counted() {
    metrics! {
        /// Temperature by sensor.
        #[metric(max_series = 1)]
        static CARDINALITY_TEMPERATURE_CELSIUS: Gauge<sensor>;
    }
    CARDINALITY_TEMPERATURE_CELSIUS { sensor: "a" }.set(20);
    CARDINALITY_TEMPERATURE_CELSIUS { sensor: "b" }.set(30);
    CARDINALITY_TEMPERATURE_CELSIUS { sensor: "b" }.inc();
    let text = metrics_core::render();
    assert!(text.contains("\ncardinality_temperature_celsius{sensor=\"a\"} 20\n"));
    assert!(!text.contains("sensor=\"__overflow__\"") && !text.contains("sensor=\"b\""));
    let overflow = "metrics_core_overflow_total{metric=\"cardinality_temperature_celsius\"}";
    assert_eq!(scraped(overflow), Some(2.0));
}

#[test]
fn the_overflow_count_is_there_before_anything_overflows() {
    metrics! {
        /// Quiet.
        static CARDINALITY_QUIET_TOTAL: Counter<label>;
    }
    CARDINALITY_QUIET_TOTAL { label: "x" }.inc();
    let overflow = "metrics_core_overflow_total{metric=\"cardinality_quiet_total\"}";
    assert_eq!(scraped(overflow), Some(0.0));
}

#[test]
fn what_can_not_overflow_is_not_listed() {
    #[metrics_core::counted]
    #[allow(dead_code, reason = "never called, and there all the same")]
    fn constant() {}
    assert_eq!(scraped("metrics_core_overflow_total{metric=\"suite_constant_calls_total\"}"), None);
}

#[test]
fn positions_are_reused_under_churn() {
    metrics! {
        /// Jobs.
        #[metric(max_series = 50)]
        static CARDINALITY_CHURN_TOTAL: Counter<job>;
    }
    for round in 0..2_000 {
        let job = round;
        CARDINALITY_CHURN_TOTAL { job }.inc();
        assert_eq!(CARDINALITY_CHURN_TOTAL.get(CARDINALITY_CHURN_TOTAL { job }), Some(1.0));
        assert!(CARDINALITY_CHURN_TOTAL { job }.remove());
    }
    assert_eq!(scraped("metrics_core_overflow_total{metric=\"cardinality_churn_total\"}"), Some(0.0));
}

#[test]
fn a_value_that_reads_like_the_overflow_is_the_overflow() {
    metrics! {
        /// Requests by user and lane.
        #[metric(max_series = 2)]
        static CARDINALITY_POSING_TOTAL: Counter<user>;
    }
    CARDINALITY_POSING_TOTAL { user: "__overflow__" }.inc();
    for user in ["a", "b", "c"] {
        CARDINALITY_POSING_TOTAL { user }.inc();
    }
    let text = metrics_core::render();
    assert_eq!(text.matches("cardinality_posing_total{user=\"__overflow__\"}").count(), 1);
    assert_eq!(scraped("cardinality_posing_total{user=\"__overflow__\"}"), Some(3.0));
    CARDINALITY_POSING_TOTAL.clear();
    CARDINALITY_POSING_TOTAL { user: "d" }.inc();
    assert_eq!(scraped("cardinality_posing_total{user=\"d\"}"), Some(1.0));
}
