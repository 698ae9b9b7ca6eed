//! Whatever is recorded is what a strict reader finds in the exposition.
//!
//! - every value arrives, of every kind, in its series and no other;
//! - label values of any characters arrive unchanged;
//! - the rules of the format hold, whatever the numbers are.

use std::collections::BTreeMap;

use http_body_util::BodyExt;
use metrics_core::{Collection, Counter, Gauge, Histogram, Registry, Scrape, Summary};
use proptest::prelude::*;

use crate::parser::{Labels, Samples, read};
use crate::{openmetrics, protobuf};

/// Label values: plain ones, so that series meet, and hostile ones.
fn label_value() -> impl Strategy<Value = String> {
    prop_oneof!["[a-c]{0,2}", any::<String>(), "[\"\\\\\n\t\r\0 ,={}#]{0,8}", "[a-z]{0,40}"]
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![-1e3..1e3_f64, any::<f64>(), (-1_000_i32..1_000).prop_map(f64::from)]
}

fn labels(one: &str, two: &str) -> Labels {
    let both = [("one", one), ("two", two)];
    // An empty value is an absent label (DM-3).
    let there = both.into_iter().filter(|(_, value)| !value.is_empty());
    there.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn found(samples: &Samples, name: &str, labels: &Labels) -> Option<f64> {
    samples.get(&(name.to_owned(), labels.clone())).copied()
}

type Steps = Vec<(String, String, f64)>;

fn steps() -> impl Strategy<Value = Steps> {
    prop::collection::vec((label_value(), label_value(), number()), 0..40)
}

proptest! {
    #[test]
    fn counters_and_gauges_arrive(steps in steps()) {
        let registry = Registry::new();
        let counter = Counter::builder("steps_total", "Steps.").labels(["two", "one"]).register(&registry).unwrap();
        let gauge = Gauge::builder("level", "Level \\ \n.").labels(["one", "two"]).register(&registry).unwrap();
        let (mut counted, mut set) = (BTreeMap::<Labels, f64>::new(), BTreeMap::<Labels, f64>::new());
        for (one, two, value) in &steps {
            counter.with([two, one]).inc();
            gauge.with([one, two]).set(*value);
            *counted.entry(labels(one, two)).or_default() += 1.0;
            set.insert(labels(one, two), *value);
        }
        let samples = read(&registry.render());
        for (labels, value) in counted {
            prop_assert_eq!(found(&samples, "steps_total", &labels), Some(value));
        }
        for (labels, value) in set {
            let found = found(&samples, "level", &labels).unwrap();
            prop_assert!(found == value || (found.is_nan() && value.is_nan()), "{} {}", found, value);
        }
        let series = samples.keys().filter(|(name, _)| name == "steps_total" || name == "level").count();
        prop_assert!(series <= 2 * steps.len());
    }

    #[test]
    fn histograms_and_summaries_arrive(steps in steps()) {
        let registry = Registry::new();
        let bounds = [-10.0, 0.0, 0.25, 100.0, 1e6];
        let histogram = Histogram::builder("wait", "Wait.")
            .buckets(bounds)
            .labels(["one", "two"])
            .register(&registry)
            .unwrap();
        let summary = Summary::builder("size", "Size.")
            .quantiles([(0.0, 0.01), (1.0, 0.01)])
            .labels(["one", "two"])
            .register(&registry)
            .unwrap();
        let mut observed = BTreeMap::<Labels, Vec<f64>>::new();
        for (one, two, value) in &steps {
            histogram.with([one, two]).observe(*value);
            summary.with([one, two]).observe(*value);
            let values = observed.entry(labels(one, two)).or_default();
            values.extend(Some(*value).filter(|value| !value.is_nan()));
        }
        let samples = read(&registry.render());
        for (labels, values) in observed {
            let count = values.len() as f64;
            prop_assert_eq!(found(&samples, "wait_count", &labels), Some(count));
            prop_assert_eq!(found(&samples, "size_count", &labels), Some(count));
            let with = |name: &str, value: &str| {
                let mut labels = labels.clone();
                labels.push((name.to_owned(), value.to_owned()));
                labels
            };
            for (bound, text) in bounds.iter().zip(["-10", "0", "0.25", "100", "1e+06"]) {
                let below = values.iter().filter(|value| *value <= bound).count() as f64;
                prop_assert_eq!(found(&samples, "wait_bucket", &with("le", text)), Some(below));
            }
            let least = values.iter().copied().fold(f64::NAN, f64::min);
            let told = found(&samples, "size", &with("quantile", "0")).unwrap();
            prop_assert!(told == least || (told.is_nan() && least.is_nan()), "{} {}", told, least);
        }
    }

    /// Random registries of all kinds say the same in every format.
    #[test]
    fn formats_agree(steps in steps()) {
        let registry = Registry::new();
        let both = ["one", "two"];
        let counter = Counter::builder("agree_total", "Steps.").labels(both).register(&registry).unwrap();
        let gauge = Gauge::builder("agree_level", "Say \"level\" \\ \n.").labels(both).register(&registry).unwrap();
        let histogram = Histogram::builder("agree_wait_seconds", "Wait.")
            .unit("seconds")
            .buckets([0.0, 0.25, 100.0, 1e6])
            .labels(both)
            .register(&registry)
            .unwrap();
        let summary = Summary::builder("agree_size_bytes", "Size.")
            .unit("bytes")
            .quantiles([(0.0, 0.01), (0.5, 0.01)])
            .labels(both)
            .register(&registry)
            .unwrap();
        for (one, two, value) in &steps {
            let long = format!("{one}{two}");
            counter.with([one, two]).inc_with_exemplar(&[("trace_id", &long)]);
            counter.with([one, two]).inc_by(value.abs());
            gauge.with([one, two]).set(*value);
            histogram.with([one, two]).observe_with_exemplar(*value, &[("span_id", &long)]);
            summary.with([one, two]).observe(*value);
        }
        let told = steps.clone();
        let kinds = move |samples: &mut Collection| {
            let mut numbers = samples.gauge("agree_told", "Told.", ["at"]);
            for (at, (_, _, value)) in told.iter().enumerate() {
                numbers.tell([&at.to_string()], *value);
            }
            samples.state_set("agree_mode", "Mode.", &["on", "off", "\"\n"], told.len() % 3);
            samples.info("agree_build", "Build.", [("version", "1\\\"\n")]);
            Ok(())
        };
        registry.register_collector("kinds", kinds).unwrap();

        let text = normal(read(&registry.render()));
        let openmetrics = openmetrics::read(str::from_utf8(&answer(&registry, OPENMETRICS)).unwrap());
        let protobuf = protobuf::Read::of(&answer(&registry, PROTOBUF));
        prop_assert!(text.len() >= 4, "{:?}", text);
        // `OpenMetrics` has no place for sums and quantiles below zero; all that it tells is the same.
        for (series, value) in &openmetrics {
            prop_assert_eq!(bits(text.get(series)), bits(Some(value)), "{:?}", series);
        }
        let falls = |series: &(String, Labels)| {
            let is_whole = series.0.starts_with("agree_wait") || series.0.starts_with("agree_size");
            is_whole && !series.0.ends_with("_bucket")
        };
        for (series, value) in &text {
            let left_out = falls(series) && !openmetrics.contains_key(series);
            prop_assert!(left_out || openmetrics.contains_key(series), "{:?}", series);
            prop_assert_eq!(bits(protobuf.samples.get(series)), bits(Some(value)), "{:?}", series);
        }
        prop_assert_eq!(protobuf.samples.len(), text.len());
        let units = [("agree_size_bytes", "bytes"), ("agree_wait_seconds", "seconds")];
        for (name, unit) in units.into_iter().filter(|_| !steps.is_empty()) {
            prop_assert_eq!(protobuf.units.get(name).map(String::as_str), Some(unit));
        }
        for (labels, _) in &protobuf.exemplars {
            let characters: usize = labels.iter().map(|(name, value)| name.chars().count() + value.chars().count()).sum();
            prop_assert!(characters <= 128);
        }
        // P-4 and 3.7: all that has a beginning says when it was.
        let series = text.keys().filter(|(name, _)| name == "agree_total").count();
        prop_assert_eq!(protobuf.created.keys().filter(|(name, _)| name == "agree_total").count(), series);
    }
}

const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0";
const PROTOBUF: &str =
    "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

/// The body that the handler answers with.
fn answer(registry: &Registry, accept: &str) -> Vec<u8> {
    let request = http::Request::builder().header("accept", accept).body(()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let body = runtime.block_on(async {
        let response = Scrape::of([registry]).respond(request).await;
        assert!(response.headers()["content-type"].to_str().unwrap().starts_with(&accept[..20]));
        response.into_body().collect().await.unwrap()
    });
    body.to_bytes().to_vec()
}

/// Bounds and quantiles as Rust writes them.
fn normal(samples: Samples) -> Samples {
    let normal = |(name, mut labels): (String, Labels)| {
        if let Some((_, number)) = labels.last_mut().filter(|(last, _)| last == "le" || last == "quantile") {
            *number = number.parse::<f64>().unwrap().to_string();
        }
        (name, labels)
    };
    samples.into_iter().map(|(series, value)| (normal(series), value)).collect()
}

/// Equal, also where it is no number; a zero has no sign.
fn bits(value: Option<&f64>) -> Option<u64> {
    value.map(|value| if value.is_nan() { u64::MAX } else { (value + 0.0).to_bits() })
}
