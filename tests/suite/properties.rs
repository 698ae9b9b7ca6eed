//! Whatever is recorded is what a strict reader finds in the exposition.
//!
//! - every value arrives, of every kind, in its series and no other;
//! - label values of any characters arrive unchanged;
//! - the rules of the format hold, whatever the numbers are.

use std::collections::BTreeMap;

use metrics_core::{Counter, Gauge, Histogram, Registry, Summary};
use proptest::prelude::*;

use crate::parser::{Labels, Samples, read};

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
}
