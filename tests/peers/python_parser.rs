//! What we expose, read by the parser of the Python client: it must understand what was meant.

mod hostile;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use metrics_tests_support::program;
use serde_json::Value;

/// A name and its labels.
type Series = (String, BTreeMap<String, String>);

struct Understood {
    families: Value,
    samples: BTreeMap<Series, f64>,
}

/// Has the Python client's parser read `text`.
fn parse(text: &str) -> Understood {
    // `tests/run` makes the virtual environment in the target folder, which is where this folder is too.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is inside the target folder");
    let python = target.join("peers/venv/bin/python");
    assert!(
        python.is_file(),
        "{} is missing: `tests/run` makes it and installs PyPI's `prometheus_client` there",
        python.display()
    );
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/parse_text.py");
    let output = program::feed(Command::new(python).arg(script), text.as_bytes());
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
