//! A strict reader of `OpenMetrics` 1.0, and what must hold in every exposition but other readers pass over.

use std::collections::BTreeSet;

use crate::parser::{Labels, Samples, sample};

/// The family that is being read.
#[derive(Default)]
struct Family {
    name: String,
    kind: String,
    /// Its metadata so far: they come in the order TYPE, UNIT, HELP (O-10).
    words: Vec<String>,
    has_samples: bool,
}

/// Reads an exposition, and names its samples as the format 0.0.4 does.
///
/// # Panics
///
/// If it is not one, or if a rule is broken.
pub(crate) fn read(text: &str) -> Samples {
    let body = text.strip_suffix("# EOF\n").expect("O-2: it ends with EOF");
    assert!(!text.contains('\r') || text.contains('"'), "O-3: no carriage return outside of values");
    let mut samples = Samples::new();
    let mut names = BTreeSet::new();
    let mut family = Family::default();
    for line in body.split_terminator('\n') {
        if let Some(metadata) = line.strip_prefix("# ") {
            family = describe(family, metadata, &mut names);
        } else {
            read_sample(line, &mut family, &mut samples);
        }
    }
    check_state_sets(&samples);
    samples
}

fn describe(family: Family, metadata: &str, names: &mut BTreeSet<String>) -> Family {
    let mut parts = metadata.splitn(3, ' ');
    let (word, name, rest) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    let mut family = if word == "TYPE" {
        assert!(names.insert(name.to_owned()), "O-6, O-22: the family `{name}` stands once");
        assert!(!name.starts_with('_') && !name.ends_with("_total"), "O-14, O-20: {name}");
        Family { name: name.to_owned(), kind: rest.to_owned(), ..Family::default() }
    } else {
        family
    };
    assert_eq!(name, family.name, "O-6: the metadata of one family are together");
    assert!(!family.has_samples, "O-10: metadata go first: {name}");
    match word {
        "UNIT" => {
            assert!(name.ends_with(&format!("_{rest}")), "O-13: {name} {rest}");
            assert!(!matches!(&*family.kind, "info" | "stateset"), "O-13: {name}");
        }
        "HELP" => {
            let unescaped = rest.replace("\\\\", "").replace("\\\"", "").replace("\\n", "");
            assert!(!unescaped.contains(['"', '\\']), "O-12: {rest}");
        }
        "TYPE" => assert!(
            ["counter", "gauge", "histogram", "info", "stateset", "summary", "unknown"].contains(&rest),
            "O-11: {rest}"
        ),
        other => panic!("O-3: {other} is no metadata"),
    }
    family.words.push(word.to_owned());
    let order: Vec<&str> = ["TYPE", "UNIT", "HELP"]
        .into_iter()
        .filter(|word| family.words.iter().any(|own| own == word))
        .collect();
    assert_eq!(family.words, order, "O-10: {name}");
    family
}

fn read_sample(line: &str, family: &mut Family, samples: &mut Samples) {
    // O-4: the reader of samples knows one blank and no other.
    // A label value may hold the same characters, an exemplar's labels are behind the last one that is outside.
    let (head, exemplar) = split_exemplar(line);
    let (name, mut labels, value) = sample(head);
    let suffix = name.strip_prefix(&family.name).unwrap_or_else(|| panic!("O-6: {name} in {}", family.name));
    family.has_samples = true;
    assert!(labels.iter().all(|(label, _)| !label.starts_with('_')), "O-21: {line}");
    let allowed: &[&str] = match &*family.kind {
        "counter" => &["_total", "_created"],
        "histogram" => &["_bucket", "_sum", "_count", "_created"],
        "summary" => &["", "_sum", "_count", "_created"],
        "info" => &["_info"],
        _ => &[""],
    };
    assert!(allowed.contains(&suffix), "{line}");
    let written = head.rsplit(' ').next().unwrap();
    assert!(!written.contains("inf") && !written.contains("nan"), "O-30: {line}");
    match (&*family.kind, suffix) {
        ("counter", "_total") | ("histogram" | "summary", "_sum" | "_count") => {
            assert!(value >= 0.0, "O-41, O-42, O-44: {line}");
        }
        ("summary", "") => assert!(value.is_nan() || value >= 0.0, "O-44: {line}"),
        ("info", _) => assert_eq!(value, 1.0, "O-45"),
        _ => {}
    }
    if let Some((last, number)) = labels.last_mut().filter(|(last, _)| last == "le" || last == "quantile") {
        assert!(
            matches!((&*family.kind, suffix), ("histogram", "_bucket") | ("summary", "")),
            "{last}: {line}"
        );
        assert!(number == "+Inf" || number.contains(['.', 'e']), "O-32: {line}");
        *number = number.parse::<f64>().unwrap().to_string();
    }
    if let Some(exemplar) = exemplar {
        assert!(matches!(suffix, "_total" | "_bucket"), "O-51: {line}");
        check_exemplar(exemplar, labels.last().filter(|(last, _)| last == "le"));
    }
    if suffix != "_created" {
        assert_eq!(samples.insert((name, labels), value), None, "T-10: {line}");
    }
}

/// The sample, and the exemplar behind ` # `.
fn split_exemplar(line: &str) -> (&str, Option<&str>) {
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (at, character) in line.char_indices() {
        match character {
            '"' if !is_escaped => is_quoted = !is_quoted,
            '#' if !is_quoted => return (line[..at].trim_end(), Some(line[at + 1..].trim_start())),
            _ => {}
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    (line, None)
}

fn check_exemplar(exemplar: &str, le: Option<&(String, String)>) {
    let (before, time) = exemplar.rsplit_once(' ').unwrap();
    assert!(time.parse::<f64>().unwrap() > 0.0 && !time.contains('e'), "O-31: {exemplar}");
    let (labels, value) = before.rsplit_once(' ').unwrap();
    let value: f64 = value.parse().unwrap();
    if let Some((_, le)) = le {
        assert!(value <= le.parse().unwrap(), "O-53: {exemplar} in {le}");
    }
    let pairs = match labels {
        "{}" => Labels::new(),
        _ => sample(&format!("x{labels} 0")).1,
    };
    let characters: usize =
        pairs.iter().map(|(name, value)| name.chars().count() + value.chars().count()).sum();
    assert!(characters <= 128, "O-52: {exemplar}");
}

/// O-45: of the states of an enum exactly one holds.
fn check_state_sets(samples: &Samples) {
    for (name, labels) in samples.keys() {
        let of_same = |(other, own): &&(String, Labels)| {
            other == name
                && own.split_last().map(|(_, rest)| rest) == labels.split_last().map(|(_, rest)| rest)
        };
        if labels.last().is_some_and(|(last, _)| last == name) {
            let holding: f64 =
                samples.iter().filter(|(series, _)| of_same(series)).map(|(_, value)| value).sum();
            assert_eq!(holding, 1.0, "O-45: {name}");
        }
    }
}
