//! Native histograms in a real Prometheus: it asks for protobuf, understands the buckets, and its answers are right.

use metrics_core::{metrics, serve_in_background};
use metrics_tests_support::prometheus::{Job, Prometheus};

metrics! {
    #![prefix = "native_"]

    /// Fine buckets alone.
    #[metric(native = only, factor = 1.01, max_buckets = 0, allow(unit))]
    static FINE: NativeHistogram;

    /// Values of both signs, by who observed them.
    #[metric(allow(unit))]
    static SIGNED: NativeHistogram<who>;

    /// Fewer buckets than values need.
    #[metric(max_buckets = 5, min_reset = "0s", allow(unit))]
    static LIMITED: NativeHistogram;

    /// Never observed.
    #[metric(allow(unit))]
    static UNUSED: NativeHistogram;

    /// Never observed, and without a zero bucket.
    #[metric(native = only, zero_threshold = 0, allow(unit))]
    static BARE: NativeHistogram;
}

/// P-6.
#[test]
fn prometheus_reads_quantiles_from_native_histograms() {
    let who = "me";
    for step in 1..=1000_u32 {
        FINE.observe(f64::from(step) / 1000.0);
        SIGNED { who }.observe(f64::from(step) - 500.0);
        LIMITED.observe(f64::from(step));
    }
    let server = serve_in_background("127.0.0.1:0").expect("the loopback has a free port");
    let jobs = [Job::new("native", server.local_addr())];
    let prometheus = Prometheus::start_with(&jobs, &["native-histograms"]);
    prometheus.wait_for_scrape("native");

    prometheus.assert("histogram_count(native_fine)", 1000);
    prometheus.assert("histogram_count(native_signed{who=\"me\"})", 1000);
    prometheus.assert("histogram_count(native_limited)", 1000);
    prometheus.assert("histogram_count(native_unused)", 0);
    prometheus.assert("histogram_sum(native_signed)", 500);
    prometheus.assert("histogram_sum(native_limited)", 500_500);
    let near = |query: &str, wanted: f64, error: f64| {
        let found = prometheus.value(query);
        assert!((found - wanted).abs() <= error * wanted.abs(), "`{query}` is {found}, not {wanted}");
    };
    // Within the width of a bucket.
    near("histogram_quantile(0.5, native_fine)", 0.5, 0.01);
    near("histogram_quantile(0.99, native_fine)", 0.99, 0.01);
    near("histogram_quantile(0.1, native_signed)", -400.0, 0.1);
    near("histogram_quantile(0.9, native_signed)", 400.0, 0.1);
    near("histogram_fraction(0, 0.25, native_fine)", 0.25, 0.02);
    // Five buckets for a thousand values: their width grew, and what they tell is still right.
    let told = LIMITED.handle().snapshot();
    assert!(told.positive.len() <= 5, "{told:?}");
    let growth = told.bound(1);
    near("histogram_quantile(1, native_limited)", 1000.0, growth - 1.0);
    // Prometheus 2.42 takes either kind, and these for native ones.
    assert!(prometheus.query("native_limited_bucket").is_empty());
    prometheus.assert("up{job=\"native\"}", 1);
}

/// Without the feature Prometheus asks for text, and gets the classic buckets of the same values.
#[test]
fn prometheus_reads_classic_buckets_where_it_asks_for_text() {
    let server = serve_in_background("127.0.0.1:0").expect("the loopback has a free port");
    let prometheus = Prometheus::start(&[Job::new("classic", server.local_addr())]);
    prometheus.wait_for_scrape("classic");
    assert_eq!((UNUSED.handle().count(), BARE.handle().count()), (0, 0));
    prometheus.assert("native_unused_bucket{le=\"+Inf\"}", 0);
    prometheus.assert("native_unused_count", 0);
    assert_eq!(prometheus.query("native_unused_bucket").len(), 12);
    assert_eq!(prometheus.query("native_bare_bucket").len(), 1);
}
