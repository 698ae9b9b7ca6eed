//! Metrics whose labels, help and numbers are what a format trips over first.

use std::time::Duration;

use metrics_core::metrics;

/// Label values that look like syntax, or would be syntax if they were not escaped.
pub(crate) const VALUES: [&str; 16] = [
    r#"a "quoted" word"#,
    r#"""#,
    r"C:\temp\new",
    r"\",
    r#"\""#,
    "two\nlines",
    "\n",
    r"\n",
    "a\ttab",
    "a carriage\rreturn",
    "a next-line\u{85}character",
    " blanks around ",
    r#"{a="b",c="d"} 1 # {}"#,
    "# TYPE hostile_labels_total gauge",
    "a null\0character",
    "émoji 😱 花火",
];

metrics! {
    /// Label values that look like syntax. This help has a backslash (C:\new) and "quotes".
    pub(crate) static HOSTILE_LABELS_TOTAL: Counter<value>;

    /// Numbers that are no plain numbers.
    pub(crate) static HOSTILE_NUMBERS: Gauge<of>;

    /// Observations on, between, below and above the bounds.
    #[metric(buckets = [-1, 0, 0.00001, 0.5, 1000000])]
    pub(crate) static HOSTILE_OBSERVATIONS: Histogram<value>;

    /// The same observations, and their middle.
    #[metric(quantiles = [0.5 => 0.05])]
    pub(crate) static HOSTILE_MIDDLES: Summary<value>;

    /// Nobody writes this one.
    #[expect(dead_code, reason = "that it is exposed all the same, with 0, is what is tested")]
    pub(crate) static NEVER_WRITTEN_TOTAL: Counter;
}

/// The numbers of `HOSTILE_NUMBERS`, by the label `of`.
pub(crate) const NUMBERS: [(&str, f64); 10] = [
    ("zero", 0.0),
    ("negative", -1.5),
    ("tenth", 0.1),
    ("tiny", 1e-5),
    ("smallest", f64::MIN_POSITIVE),
    ("large", 1e21),
    ("largest", f64::MAX),
    ("two to the 53", 9_007_199_254_740_992.0),
    ("plus infinity", f64::INFINITY),
    ("minus infinity", f64::NEG_INFINITY),
];

/// The observations of `HOSTILE_OBSERVATIONS` and `HOSTILE_MIDDLES`, for every label value.
pub(crate) const OBSERVATIONS: [f64; 5] = [-2.0, 0.0, 0.25, 0.5, 2_000_000.0];

/// Writes all of it: the label value at `VALUES[n]` is counted n + 1 times.
///
/// Once in a process, however many of its tests ask for it.
pub(crate) fn write() {
    static WRITTEN: std::sync::Once = std::sync::Once::new();
    WRITTEN.call_once(write_all);
}

fn write_all() {
    metrics_core::verify().expect("the declarations agree");
    for (value, count) in VALUES.into_iter().zip(1_u64..) {
        HOSTILE_LABELS_TOTAL { value }.inc_by(count);
        for observation in OBSERVATIONS {
            HOSTILE_OBSERVATIONS { value }.observe(observation);
            HOSTILE_MIDDLES { value }.observe(observation);
        }
    }
    for (of, number) in NUMBERS {
        HOSTILE_NUMBERS { of }.set(number);
    }
    let value = "a duration";
    HOSTILE_OBSERVATIONS { value }.observe(Duration::from_micros(10));
}
