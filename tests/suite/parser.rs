//! A strict reader of the text format 0.0.4, and what must hold in every exposition but no other oracle checks.

use std::collections::{BTreeMap, BTreeSet};

/// A sample's labels, in the order in which they stand.
pub(crate) type Labels = Vec<(String, String)>;

/// Samples by name and labels.
pub(crate) type Samples = BTreeMap<(String, Labels), f64>;

/// Reads an exposition.
///
/// # Panics
///
/// If it is not one, or if a rule is broken.
pub(crate) fn read(text: &str) -> Samples {
    assert!(text.is_empty() || text.ends_with('\n'), "the last line ends with a line feed (T-2)");
    let mut samples = Samples::new();
    let mut families = BTreeSet::new();
    let mut family = String::new();
    for line in text.split_terminator('\n') {
        assert!(!line.is_empty() && !line.ends_with(' '), "{line:?} (T-3)");
        if let Some(rest) = line.strip_prefix("# HELP ") {
            rest.split(' ').next().unwrap().clone_into(&mut family);
            assert!(families.insert(family.clone()), "`{family}` is one group (T-9)");
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            assert_eq!(rest.split(' ').next(), Some(&*family), "TYPE follows HELP (T-5)");
        } else {
            let (name, labels, value) = sample(line);
            assert!(name.starts_with(&family), "`{name}` stands among the samples of `{family}` (T-9)");
            let names: BTreeSet<&String> = labels.iter().map(|(name, _)| name).collect();
            assert_eq!(names.len(), labels.len(), "a label stands once: {line:?}");
            let twice = samples.insert((name, labels), value);
            assert_eq!(twice, None, "a series stands once (T-10): {line:?}");
        }
    }
    check_histograms(&samples);
    samples
}

/// A line with a sample.
pub(crate) fn sample(line: &str) -> (String, Labels, f64) {
    let end = line.find(['{', ' ']).unwrap();
    let (name, rest) = line.split_at(end);
    let (labels, value) = match rest.strip_prefix('{') {
        Some(rest) => labels(rest),
        None => (Labels::new(), &rest[1..]),
    };
    (name.to_owned(), labels, value.parse().unwrap())
}

/// The labels up to the closing brace, and the value behind it.
fn labels(mut rest: &str) -> (Labels, &str) {
    let mut labels = Labels::new();
    loop {
        let (name, quoted) = rest.split_once("=\"").unwrap();
        let (value, behind) = unquote(quoted);
        labels.push((name.to_owned(), value));
        match behind.strip_prefix(',') {
            Some(more) => rest = more,
            None => return (labels, behind.strip_prefix("} ").unwrap()),
        }
    }
}

/// A label value, and what stands behind its closing quote.
fn unquote(quoted: &str) -> (String, &str) {
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.push(match characters.next().unwrap().1 {
                'n' => '\n',
                escaped @ ('"' | '\\') => escaped,
                other => panic!("`\\{other}` is no escape (T-6)"),
            }),
            '\n' => panic!("a raw line feed in a value (T-6)"),
            plain => value.push(plain),
        }
    }
    panic!("a value without an end: {quoted:?}")
}

/// Buckets rise, and the last one is `+Inf` and the count (T-11).
fn check_histograms(samples: &Samples) {
    for ((name, labels), count) in samples {
        let Some(histogram) = name.strip_suffix("_count") else { continue };
        let buckets = samples.iter().filter_map(|((name, own), value)| {
            let (le, rest) = own.split_last()?;
            let is_bucket = name.strip_suffix("_bucket") == Some(histogram) && rest == labels && le.0 == "le";
            is_bucket.then(|| (le.1.parse::<f64>().unwrap(), *value))
        });
        let mut buckets: Vec<(f64, f64)> = buckets.collect();
        buckets.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert!(buckets.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{histogram}: {buckets:?}");
        if let Some((bound, all)) = buckets.last() {
            assert!(bound.is_infinite() && all == count, "{histogram}: {buckets:?}");
        }
    }
}
