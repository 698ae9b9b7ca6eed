//! Exemplars: examples of what was counted, in the formats that have them.

use std::time::{SystemTime, UNIX_EPOCH};

use http::Request;
use http_body_util::BodyExt;
use metrics_core::{NativeHistogram, Registry, Scrape, metrics};

use crate::{decoded, openmetrics};

const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0";
const PROTOBUF: &str =
    "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

async fn answer(registry: &Registry, accept: &str) -> Vec<u8> {
    let request = Request::builder().header("accept", accept).body(()).unwrap();
    let response = Scrape::of([registry]).respond(request).await;
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

async fn openmetrics(registry: &Registry) -> String {
    let text = String::from_utf8(answer(registry, OPENMETRICS).await).unwrap();
    openmetrics::read(&text);
    text
}

/// O-21, O-50 … O-53: the latest one of a counter and of each bucket.
#[tokio::test]
async fn exemplars_are_told() {
    static REGISTRY: Registry = Registry::new();
    metrics! {
        #![registry(REGISTRY)]

        /// Hits.
        static EXEMPLAR_HITS_TOTAL: Counter<of>;
        /// Waits.
        #[metric(buckets = [0.1, 1])]
        static EXEMPLAR_WAIT_SECONDS: Histogram;
    }
    let of = "x";
    EXEMPLAR_HITS_TOTAL { of }.inc_with_exemplar(&[("trace_id", "first")]);
    EXEMPLAR_HITS_TOTAL { of }.inc_with_exemplar(&[("trace_id", "a\"b"), ("span_id", "2")]);
    EXEMPLAR_HITS_TOTAL { of }.inc();
    EXEMPLAR_WAIT_SECONDS.observe_with_exemplar(0.05, &[("trace_id", "fast")]);
    EXEMPLAR_WAIT_SECONDS.observe_with_exemplar(30.0, &[]);
    EXEMPLAR_WAIT_SECONDS.observe_with_exemplar(f64::NAN, &[("trace_id", "lost")]);
    // Too long, or no labels: what was counted counts, the example is dropped, and that is counted too.
    EXEMPLAR_WAIT_SECONDS.observe_with_exemplar(0.5, &[("trace_id", &"x".repeat(121))]);
    EXEMPLAR_WAIT_SECONDS.observe_with_exemplar(0.5, &[("trace id", "x")]);
    EXEMPLAR_WAIT_SECONDS.observe_with_exemplar(0.5, &[("_id", "x")]);

    let text = openmetrics(&REGISTRY).await;
    let exemplar = |series: &str| {
        let line =
            text.lines().find_map(|line| line.strip_prefix(series)).unwrap_or_else(|| panic!("{text}"));
        let (before, time) = line.trim().rsplit_once(' ').unwrap();
        let seconds: f64 = time.parse().unwrap();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
        assert!((now - 60.0..=now + 1.0).contains(&seconds), "{line}");
        before.to_owned()
    };
    let hits = exemplar("exemplar_hits_total{of=\"x\"}");
    assert_eq!(hits, "3 # {trace_id=\"a\\\"b\",span_id=\"2\"} 1");
    assert_eq!(exemplar("exemplar_wait_seconds_bucket{le=\"0.1\"}"), "1 # {trace_id=\"fast\"} 0.05");
    assert_eq!(exemplar("exemplar_wait_seconds_bucket{le=\"+Inf\"}"), "5 # {} 30");
    assert!(text.contains("\nexemplar_wait_seconds_bucket{le=\"1.0\"} 4\n"), "{text}");
    assert!(text.contains("\nmetrics_core_dropped_exemplars_total 3\n"), "{text}");
    assert!(!REGISTRY.render().contains(" # {"), "the format 0.0.4 has none");

    // They go with their series.
    EXEMPLAR_HITS_TOTAL { of }.remove();
    EXEMPLAR_HITS_TOTAL { of }.inc();
    let text = openmetrics(&REGISTRY).await;
    assert!(text.contains("\nexemplar_hits_total{of=\"x\"} 1\n"), "{text}");
}

/// O-50, CL-6: the amount is the value of the example, and what is no step is none.
#[tokio::test]
async fn a_counter_keeps_the_amount() {
    static REGISTRY: Registry = Registry::new();
    metrics! {
        #![registry(REGISTRY)]

        /// Bytes.
        static EXEMPLAR_SENT_BYTES_TOTAL: Counter<to>;
        /// Seconds.
        static EXEMPLAR_BUSY_SECONDS_TOTAL: Counter;
    }
    let to = "a";
    EXEMPLAR_SENT_BYTES_TOTAL { to }.inc_by_with_exemplar(1_500, &[("trace_id", "whole")]);
    EXEMPLAR_SENT_BYTES_TOTAL { to: "b" }.handle().inc_by_with_exemplar(0.0, &[("trace_id", "nothing")]);
    EXEMPLAR_BUSY_SECONDS_TOTAL.inc_by_with_exemplar(0.25, &[("trace_id", "real")]);
    EXEMPLAR_BUSY_SECONDS_TOTAL.inc_by_with_exemplar(-1.0, &[("trace_id", "no step")]);
    EXEMPLAR_BUSY_SECONDS_TOTAL.inc_by_with_exemplar(f64::NAN, &[("trace_id", "no step")]);
    let text = openmetrics(&REGISTRY).await;
    for line in [
        "exemplar_sent_bytes_total{to=\"a\"} 1500 # {trace_id=\"whole\"} 1500 ",
        "exemplar_sent_bytes_total{to=\"b\"} 0 # {trace_id=\"nothing\"} 0 ",
        "exemplar_busy_seconds_total 0.25 # {trace_id=\"real\"} 0.25 ",
        "metrics_core_dropped_observations_total{metric=\"exemplar_busy_seconds_total\"} 2\n",
    ] {
        assert!(text.contains(&format!("\n{line}")), "{line}\n{text}");
    }
}

/// P-3, P-6: a native histogram has a list of its own, whose members have times, and each classic bucket its latest one.
#[tokio::test]
async fn a_native_histogram_keeps_some_that_are_far_apart() {
    static REGISTRY: Registry = Registry::new();
    metrics! {
        #![registry(REGISTRY)]

        /// Seconds.
        #[metric(buckets = [1.0])]
        static EXEMPLAR_BOTH_SECONDS: NativeHistogram<who>;
        /// Seconds.
        #[metric(native = only)]
        static EXEMPLAR_ONLY_SECONDS: NativeHistogram;
    }
    let who = "me";
    EXEMPLAR_BOTH_SECONDS { who }.observe_with_exemplar(0.5, &[("trace_id", "first")]);
    EXEMPLAR_BOTH_SECONDS { who }.observe_with_exemplar(0.25, &[("trace_id", "fast")]);
    EXEMPLAR_BOTH_SECONDS { who }.observe_with_exemplar(4.0, &[("trace_id", "slow")]);
    EXEMPLAR_BOTH_SECONDS { who }.observe_with_exemplar(f64::NAN, &[("trace_id", "lost")]);
    EXEMPLAR_ONLY_SECONDS.observe_with_exemplar(2.0, &[("trace_id", "only")]);
    let text = openmetrics(&REGISTRY).await;
    for line in [
        "exemplar_both_seconds_bucket{who=\"me\",le=\"1.0\"} 2 # {trace_id=\"fast\"} 0.25 ",
        "exemplar_both_seconds_bucket{who=\"me\",le=\"+Inf\"} 3 # {trace_id=\"slow\"} 4 ",
        "exemplar_only_seconds_bucket{le=\"+Inf\"} 1 # {trace_id=\"only\"} 2 ",
    ] {
        assert!(text.contains(&format!("\n{line}")), "{line}\n{text}");
    }
    let text = decoded::text(&answer(&REGISTRY, PROTOBUF).await);
    let (both, only) = text.split_once("exemplar_only_seconds").unwrap();
    assert_eq!(exemplars(both, "exemplar {"), ["fast 0.25", "slow 4.0"], "{text}");
    assert_eq!(exemplars(both, "exemplars {"), ["fast 0.25", "first 0.5", "slow 4.0"], "{text}");
    assert_eq!(exemplars(only, "exemplar {"), [""; 0], "there is no classic bucket for it\n{text}");
    assert_eq!(exemplars(only, "exemplars {"), ["only 2.0"], "{text}");
}

/// The label value and the value of each exemplar in a field.
fn exemplars(text: &str, field: &str) -> Vec<String> {
    let field = format!(" {field}\n");
    let of_field = text.split(&field).skip(1);
    let one = |text: &str| {
        let mut values = text.lines().filter_map(|line| line.trim().strip_prefix("value: "));
        let (label, value) = (values.next().unwrap(), values.next().unwrap());
        assert!(text.contains("timestamp { seconds nanos }"), "P-6: {text}");
        format!("{} {value}", label.trim_matches('"'))
    };
    of_field.map(one).collect()
}

#[tokio::test]
async fn there_are_ten_of_a_native_histogram_at_most() {
    let registry = Registry::new();
    let family = NativeHistogram::builder("n", "N.").register(&registry).unwrap();
    for step in 0..1_000 {
        family.handle().observe_with_exemplar(1.01_f64.powi(step), &[("step", &step.to_string())]);
    }
    let text = decoded::text(&answer(&registry, PROTOBUF).await);
    let kept = exemplars(&text, "exemplars {");
    assert_eq!(kept.len(), 10, "{kept:#?}");
    let values: Vec<f64> = kept.iter().map(|one| one.rsplit_once(' ').unwrap().1.parse().unwrap()).collect();
    assert!(
        values.is_sorted() && values[9] == 1.01_f64.powi(999),
        "the newest one is among them: {values:?}"
    );
}
