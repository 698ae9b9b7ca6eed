//! The text format 0.0.4, byte for byte.

#![allow(dead_code, reason = "some are only looked at in the exposition")]

use metrics_core::{Registry, metrics};

static GOLDEN: Registry = Registry::new();

metrics! {
    #![registry(GOLDEN)]

    /// Backslash \ and "quotes" stay readable.
    static GOLDEN_REQUESTS_TOTAL: Counter<method, path>;
    /// Set to many things.
    static GOLDEN_LEVEL: Gauge<case>;
    /// Seconds.
    #[metric(buckets = [0.00001, 0.5, 1, 1000000])]
    static GOLDEN_SECONDS: Histogram<op>;
    /// No series yet.
    static GOLDEN_EMPTY_TOTAL: Counter<label>;
    /// Without labels.
    static GOLDEN_PLAIN_TOTAL: Counter;
}

/// T-1, T-2, T-3, T-4, T-5, T-6, T-7, T-8, T-9, T-10, T-11, T-12, T-14: the whole text, with families
/// sorted by name and series by label values.
#[test]
fn golden() {
    GOLDEN_REQUESTS_TOTAL { method: "POST", path: "/b" }.inc_by(1_000_000);
    GOLDEN_REQUESTS_TOTAL { method: "GET", path: "/b" }.inc_by(0.5);
    GOLDEN_REQUESTS_TOTAL { method: "GET", path: "/a\\\"\n" }.inc();
    for (case, value) in [
        ("nan", f64::NAN),
        ("inf", f64::INFINITY),
        ("minus inf", f64::NEG_INFINITY),
        ("small", 0.000_012_5),
        ("large fraction", 1_234_567.5),
        ("huge", 1e300),
        ("zero", -0.0),
    ] {
        GOLDEN_LEVEL { case }.set(value);
    }
    GOLDEN_SECONDS { op: "read" }.observe(0.25);
    GOLDEN_SECONDS { op: "read" }.observe(2_000_000.0);
    let expected = include_str!("golden/text.prom");
    assert_eq!(GOLDEN.render(), expected);
}
