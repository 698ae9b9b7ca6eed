//! What we expose, read by the parser of the Python client: it must understand what was meant.

mod hostile;
mod random;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use http_body_util::BodyExt;
use metrics_core::{Registry, Scrape};
use metrics_tests_support::program;
use serde_json::Value;

/// A name and its labels.
type Series = (String, BTreeMap<String, String>);

struct Understood {
    families: Value,
    samples: BTreeMap<Series, f64>,
}

/// Has the Python client's parser of the format 0.0.4 read `text`.
fn parse(text: &str) -> Understood {
    parse_as(&[], text)
}

fn parse_as(arguments: &[&str], text: &str) -> Understood {
    // `tests/run` makes the virtual environment in the target folder, which is where this folder is too.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is inside the target folder");
    let python = target.join("peers/venv/bin/python");
    assert!(
        python.is_file(),
        "{} is missing: `tests/run` makes it and installs PyPI's `prometheus_client` there",
        python.display()
    );
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/parse_text.py");
    let output = program::feed(Command::new(python).arg(script).args(arguments), text.as_bytes());
    assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stderr));
    let families: Value = serde_json::from_slice(&output.stdout).expect("the script prints JSON");
    let samples = samples(&families).expect("the script prints families with samples");
    Understood { families, samples }
}

fn samples(families: &Value) -> Option<BTreeMap<Series, f64>> {
    let mut read = BTreeMap::new();
    for sample in families.as_array()?.iter().filter_map(|family| family["samples"].as_array()).flatten() {
        let labels = sample["labels"].as_object()?.iter();
        let labels = labels
            .map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect::<Option<_>>()?;
        let series = (sample["name"].as_str()?.to_owned(), labels);
        let value = sample["value"].as_str()?.parse().ok()?;
        assert_eq!(read.insert(series.clone(), value), None, "twice: {series:?}");
    }
    Some(read)
}

impl Understood {
    fn value(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        let labels = labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let series = (name.to_owned(), labels.collect());
        *self.samples.get(&series).unwrap_or_else(|| panic!("{series:?} is missing in {:#?}", self.samples))
    }

    fn count(&self, name: &str) -> usize {
        self.samples.keys().filter(|(sample, _)| sample == name).count()
    }

    /// The type and the help of a family.
    fn family(&self, name: &str) -> (&str, &str) {
        let families = self.families.as_array().expect("a list");
        let family = families.iter().find(|family| family["name"] == name);
        let family = family.unwrap_or_else(|| panic!("no family {name}"));
        (family["type"].as_str().unwrap_or_default(), family["help"].as_str().unwrap_or_default())
    }
}

#[test]
#[expect(clippy::float_cmp, reason = "what was written has to come back, not something near it")]
fn hostile_values_are_understood() {
    hostile::write();
    let read = parse(&metrics_core::render());

    for (value, count) in hostile::VALUES.into_iter().zip(1_u32..) {
        assert_eq!(read.value("hostile_labels_total", &[("value", value)]), f64::from(count));
    }
    assert_eq!(read.count("hostile_labels_total"), hostile::VALUES.len());

    for (of, number) in hostile::NUMBERS {
        assert_eq!(read.value("hostile_numbers", &[("of", of)]), number, "{of}");
    }

    for value in hostile::VALUES {
        let bucket = |le| read.value("hostile_observations_bucket", &[("value", value), ("le", le)]);
        let cumulative = ["-1", "0", "1e-05", "0.5", "1e+06", "+Inf"].map(bucket);
        assert_eq!(cumulative, [1.0, 2.0, 2.0, 4.0, 4.0, 5.0], "{value:?}");
        let labels = [("value", value)];
        assert_eq!(read.value("hostile_observations_count", &labels), 5.0);
        let sum: f64 = hostile::OBSERVATIONS.iter().sum();
        assert_eq!(read.value("hostile_observations_sum", &labels), sum);

        let middle = read.value("hostile_middles", &[("value", value), ("quantile", "0.5")]);
        assert!((middle - 0.25).abs() <= 0.25 * 0.003, "{value:?}: {middle}");
        assert_eq!(read.value("hostile_middles_count", &labels), 5.0);
        assert_eq!(read.value("hostile_middles_sum", &labels), sum);
    }
    // 10 µs are on the bound of 1e-05 s, which is inclusive.
    let duration = [("value", "a duration"), ("le", "1e-05")];
    assert_eq!(read.value("hostile_observations_bucket", &duration), 1.0);

    assert_eq!(read.value("never_written_total", &[]), 0.0);
}

#[test]
fn types_and_help_are_understood() {
    let read = parse(&metrics_core::render());
    // The parser names a counter's family without `_total`.
    let help = r#"Label values that look like syntax. This help has a backslash (C:\new) and "quotes"."#;
    assert_eq!(read.family("hostile_labels"), ("counter", help));
    assert_eq!(read.family("hostile_numbers"), ("gauge", "Numbers that are no plain numbers."));
    let help = "Observations on, between, below and above the bounds.";
    assert_eq!(read.family("hostile_observations"), ("histogram", help));
    let help = "The same observations, and their middle.";
    assert_eq!(read.family("hostile_middles"), ("summary", help));
}

/// What the handler answers to a Prometheus that knows `OpenMetrics`.
fn openmetrics(scrape: &Scrape<'_>) -> String {
    let request =
        http::Request::builder().header("accept", "application/openmetrics-text;version=1.0.0").body(());
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let body = runtime.block_on(async {
        let response = scrape.respond(request.expect("a request")).await;
        response.into_body().collect().await.expect("a body")
    });
    String::from_utf8(body.to_bytes().to_vec()).expect("UTF-8")
}

impl Understood {
    /// The samples with their bounds and quantiles as numbers, which the two formats spell in two ways (O-32).
    fn normal(&self) -> BTreeMap<Series, f64> {
        let normal = |((name, mut labels), value): ((String, BTreeMap<String, String>), f64)| {
            for key in ["le", "quantile"] {
                if let Some(number) = labels.get_mut(key) {
                    *number = number.parse::<f64>().expect("a number").to_string();
                }
            }
            ((name, labels), value)
        };
        self.samples.clone().into_iter().map(normal).collect()
    }

    fn exemplars(&self) -> usize {
        let families = self.families.as_array().expect("a list").iter();
        let samples = families.filter_map(|family| family["samples"].as_array()).flatten();
        samples.filter(|sample| !sample["exemplar"].is_null()).count()
    }
}

/// Reads a scrape in both text formats and compares what was understood; how many exemplars there were.
fn compare(scrape: &Scrape<'_>) -> usize {
    let text = openmetrics(scrape);
    let strict = parse_as(&["openmetrics"], &text);
    let (openmetrics, plain) = (strict.normal(), parse(&scrape.render()).normal());
    assert!(!openmetrics.is_empty());
    // Only this format tells when a series was made, and being scraped moves what tells about scrapes.
    let is_alike = |name: &str| !name.ends_with("_created") && !name.starts_with("metrics_core_scrape");
    for (series, value) in openmetrics.iter().filter(|((name, _), _)| is_alike(name)) {
        let other = plain.get(series).unwrap_or_else(|| panic!("{series:?} is in OpenMetrics only"));
        assert!(
            other == value || other.is_nan() && value.is_nan(),
            "{series:?}: {other} and {value}\n{text}"
        );
    }
    // Sums that fall have no place in OpenMetrics, nor have their counts (O-42), nor quantiles below zero (O-44).
    let missing: BTreeSet<&Series> =
        plain.keys().filter(|series| !openmetrics.contains_key(*series)).collect();
    for (name, labels) in missing {
        let is_sum = name.ends_with("_sum") || name.ends_with("_count");
        assert!(is_sum || labels.contains_key("quantile"), "{name} {labels:?} is missing:\n{text}");
    }
    strict.exemplars()
}

/// The strict parser takes hostile values, and reads from them what the other format says.
#[test]
fn hostile_values_are_understood_in_openmetrics() {
    hostile::write();
    compare(&Scrape::default());
    compare(&Scrape::default().with_created());
}

/// The same of registries at random, of all kinds and with exemplars.
#[test]
fn random_registries_are_understood_in_openmetrics() {
    let mut exemplars = 0;
    for seed in 0..12 {
        let registry: Registry = random::registry(&mut random::Dice(seed));
        exemplars += compare(&Scrape::of([&registry, &random::KINDS]));
    }
    assert!(exemplars > 10, "{exemplars} exemplars");
}
