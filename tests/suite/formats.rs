//! The formats and who gets which: byte for byte where they are text, and the same values in all of them.

#![allow(dead_code, reason = "some are only looked at in the exposition")]

use std::sync::Once;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::Request;
use http_body_util::BodyExt;
use metrics_core::{LabelValue, Registry, Scrape, metrics};
use proptest::prelude::*;

use crate::decoded;

static GOLDEN: Registry = Registry::new();

#[derive(Clone, Copy, LabelValue)]
enum Mode {
    Off,
    On,
}

metrics! {
    #![registry(GOLDEN)]

    /// Backslash \ and "quotes" are escaped.
    static FORMATS_REQUESTS_TOTAL: Counter<method, path>;
    /// Set to many things.
    static FORMATS_LEVEL: Gauge<case>;
    /// Bytes in use.
    #[metric(unit = "bytes")]
    static FORMATS_USED_BYTES: Gauge;
    /// Seconds.
    #[metric(unit = "seconds", buckets = [0.00001, 0.5, 1, 1000000])]
    static FORMATS_WAIT_SECONDS: Histogram<op>;
    /// Degrees, with a bound below zero.
    #[metric(buckets = [-10, 0])]
    static FORMATS_OUTSIDE_CELSIUS: Histogram;
    /// Sizes.
    #[metric(quantiles = [0.5 => 0.05, 1 => 0.01])]
    static FORMATS_SIZE_BYTES: Summary;
    /// What was built.
    static FORMATS_BUILD: Info<version>;
    /// What it runs on.
    static TARGET: Info<host>;
    /// Which one holds.
    static FORMATS_MODE: StateSet<Mode>;
    /// A counter that may not be called one.
    #[metric(allow(total))]
    static FORMATS_OLD_COUNT_OF_THINGS: Counter;
    /// No series yet.
    static FORMATS_EMPTY_TOTAL: Counter<label>;
}

/// What only protobuf tells all of.
static GOLDEN_NATIVE: Registry = Registry::new();

metrics! {
    #![registry(GOLDEN_NATIVE)]

    /// Hits.
    static FORMATS_HITS_TOTAL: Counter;
    /// Seconds, in classic buckets too.
    #[metric(unit = "seconds", buckets = [1.0], factor = 2)]
    static FORMATS_TURN_SECONDS: NativeHistogram<way>;
    /// Never observed, and without a zero bucket.
    #[metric(native = only, zero_threshold = 0)]
    static FORMATS_UNUSED_SECONDS: NativeHistogram;
}

/// What the handler answers, and the type that it says it has; N-9: and on what it depends.
async fn answer(scrape: Scrape<'_>, accept: &str) -> (String, Vec<u8>) {
    let request = Request::builder().header("accept", accept).body(()).unwrap();
    let response = scrape.respond(request).await;
    assert_eq!(response.headers()["vary"].to_str().unwrap().split(',').next(), Some("Accept"));
    let content_type = response.headers()["content-type"].to_str().unwrap().to_owned();
    (content_type, response.into_body().collect().await.unwrap().to_bytes().to_vec())
}

async fn openmetrics(scrape: Scrape<'_>) -> String {
    let (content_type, body) = answer(scrape, "application/openmetrics-text; version=1.0.0").await;
    assert_eq!(
        content_type,
        "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores"
    );
    String::from_utf8(body).unwrap()
}

/// Once, whichever test is first.
fn fill() {
    static FILLED: Once = Once::new();
    FILLED.call_once(|| {
        FORMATS_REQUESTS_TOTAL { method: "GET", path: "/a\\\"\n" }.inc();
        FORMATS_REQUESTS_TOTAL { method: "GET", path: "/b" }.inc_by(0.5);
        FORMATS_REQUESTS_TOTAL { method: "POST", path: "" }.inc_by(1_000_000);
        for (case, value) in [
            ("nan", f64::NAN),
            ("inf", f64::INFINITY),
            ("small", 0.000_012_5),
            ("huge", 1e300),
            ("zero", -0.0),
        ] {
            FORMATS_LEVEL { case }.set(value);
        }
        FORMATS_USED_BYTES.set(4_096);
        FORMATS_WAIT_SECONDS { op: "read" }.observe(0.25);
        FORMATS_WAIT_SECONDS { op: "read" }.observe(2_000_000.0);
        FORMATS_OUTSIDE_CELSIUS.observe(-12.5);
        FORMATS_SIZE_BYTES.observe(8.0);
        FORMATS_BUILD { version: "1.2" }.set();
        TARGET { host: "a" }.set();
        FORMATS_MODE.set(Mode::On);
        FORMATS_OLD_COUNT_OF_THINGS.inc();
        FORMATS_HITS_TOTAL.inc_by_with_exemplar(2, &[("trace_id", "a\"b"), ("span_id", "2")]);
        for value in [-3.0, 0.0, 0.75, 1.0, 3.0, 100.0] {
            FORMATS_TURN_SECONDS { way: "back" }.observe(value);
        }
        FORMATS_TURN_SECONDS { way: "back" }.observe_with_exemplar(0.5, &[("trace_id", "fast")]);
        FORMATS_TURN_SECONDS { way: "back" }.observe_with_exemplar(3.5, &[("trace_id", "slow")]);
    });
}

/// O-1 … O-46 and O-62, of them O-5 and O-40 here alone: the whole text.
#[tokio::test]
async fn golden() {
    fill();
    let text = openmetrics(Scrape::of([&GOLDEN])).await;
    assert_eq!(text, include_str!("golden/openmetrics.txt"));
}

/// P-1 … P-8: the same in protobuf, decoded.
#[tokio::test]
async fn golden_in_protobuf() {
    fill();
    let accept = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
    let (content_type, body) = answer(Scrape::of([&GOLDEN, &GOLDEN_NATIVE]), accept).await;
    assert_eq!(
        content_type,
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=underscores"
    );
    assert_eq!(decoded::text(&body), include_str!("golden/protobuf.txt"));
}

/// O-42: a sum that may fall, or that is no number, is left out together with the count; the other formats tell both.
#[tokio::test]
async fn a_histogram_without_a_possible_sum_tells_none() {
    let registry = Registry::new();
    let histogram = |name: &'static str, bounds: [f64; 2], values: [f64; 2]| {
        let builder = metrics_core::Histogram::builder(name, "Values.").buckets(bounds);
        let family = builder.register(&registry).unwrap();
        for value in values {
            family.handle().observe(value);
        }
    };
    histogram("possible", [0.0, 1.0], [-0.5, 0.5]);
    histogram("below_zero", [0.0, 1.0], [-0.5, 0.25]);
    histogram("bound_below_zero", [-1.0, 1.0], [0.5, 0.5]);
    histogram("no_number", [0.0, 1.0], [f64::INFINITY, f64::NEG_INFINITY]);
    let family = metrics_core::NativeHistogram::builder("native", "Values.").register(&registry).unwrap();
    family.handle().observe(-2.0);
    let text = openmetrics(Scrape::of([&registry])).await;
    let all = registry.render();
    for (name, is_told, sum) in [
        ("possible", true, "0"),
        ("below_zero", false, "-0.25"),
        ("bound_below_zero", false, "1"),
        ("no_number", false, "NaN"),
        ("native", false, "-2"),
    ] {
        for suffix in ["_sum ", "_count "] {
            assert_eq!(text.contains(&format!("\n{name}{suffix}")), is_told, "{name}\n{text}");
        }
        assert!(text.contains(&format!("\n{name}_bucket{{le=\"+Inf\"}} ")), "{text}");
        assert!(all.contains(&format!("\n{name}_sum {sum}\n")), "{name} {sum}\n{all}");
    }
}

/// O-41: the time when a series was made, for those who ask for it.
#[tokio::test]
async fn created_is_told_where_it_is_wanted() {
    let registry = Registry::new();
    let before = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let counter =
        metrics_core::Counter::builder("made_total", "Made.").labels(["a"]).register(&registry).unwrap();
    counter.with(["x"]).inc();
    metrics_core::Histogram::builder("made_seconds", "Made.").buckets([1.0]).register(&registry).unwrap();
    metrics_core::Gauge::builder("made_level", "Gauges were not made at any time.")
        .register(&registry)
        .unwrap();
    let text = openmetrics(Scrape::of([&registry])).await;
    assert!(!text.contains("_created"), "{text}");
    let text = openmetrics(Scrape::of([&registry]).with_created()).await;
    let after = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("_created")).collect();
    let [histogram, counter] = lines[..] else { panic!("{text}") };
    for (line, series) in [(histogram, "made_seconds_created "), (counter, "made_created{a=\"x\"} ")] {
        let seconds: u64 = line.strip_prefix(series).unwrap_or_else(|| panic!("{line}")).parse().unwrap();
        assert!((before..=after).contains(&seconds), "{line}");
    }
    assert!(
        text.contains("made_total{a=\"x\"} 1\nmade_created{a=\"x\"} "),
        "it goes behind its series:\n{text}"
    );
}

/// O-41: what a native histogram counts, it has counted since it was last begun anew.
#[tokio::test]
async fn a_series_that_is_begun_anew_was_created_then() {
    let registry = Registry::new();
    let histogram = metrics_core::NativeHistogram::builder("renewed_seconds", "Seconds.")
        .max_buckets(2)
        .min_reset(Duration::from_millis(1))
        .register(&registry)
        .unwrap()
        .handle();
    histogram.observe(1.0);
    // Times are told in seconds.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    for value in [2.0, 4.0] {
        histogram.observe(value);
    }
    let snapshot = histogram.snapshot();
    assert_eq!(snapshot.count, 1);
    let anew = snapshot.begun_anew.unwrap().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let text = openmetrics(Scrape::of([&registry]).with_created()).await;
    assert!(text.contains(&format!("renewed_seconds_created {anew}\n")), "{anew}\n{text}");
}

/// Pieces of `Accept` headers, in any order.
fn accept() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("application/openmetrics-text"),
        Just("text/plain"),
        Just("application/vnd.google.protobuf"),
        Just("proto=io.prometheus.client.MetricFamily"),
        Just("encoding=delimited"),
        Just("version=1.0.0"),
        Just("version=0.0.4"),
        Just("escaping=allow-utf-8"),
        Just("*/*"),
        Just("q=0.5"),
        Just("q=2"),
        Just("q=NaN"),
        Just("q=-1"),
        Just("q="),
        Just("\""),
        Just(";"),
        Just(";"),
        Just(","),
        Just(","),
        Just(" "),
        Just("\u{df}"),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// N-7, N-8: whatever is asked for, the answer is a format, and says which.
    #[test]
    fn every_accept_header_is_answered(headers in proptest::collection::vec(accept(), 0..4)) {
        static EMPTY: Registry = Registry::new();
        let mut request = Request::builder();
        for header in &headers {
            request = request.header("accept", http::HeaderValue::from_bytes(header.as_bytes()).unwrap());
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let request = request.body(()).unwrap();
        let response = runtime.block_on(Scrape::of([&EMPTY]).respond(request));
        prop_assert_eq!(response.status(), 200);
        let content_type = response.headers()["content-type"].to_str().unwrap();
        let known = [
            "text/plain; version=0.0.4; charset=utf-8",
            "text/plain; version=1.0.0; charset=utf-8; escaping=",
            "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=",
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=",
        ];
        prop_assert!(known.iter().any(|known| content_type.starts_with(known)), "{}", content_type);
    }
}
