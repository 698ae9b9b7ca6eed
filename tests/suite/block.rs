//! `metrics!`: what is declared is what is exposed.

#![allow(dead_code, reason = "some are only looked at in the exposition")]

use metrics_core::metrics;

use crate::scrape::{family, scraped};

const MINE: [f64; 2] = [0.5, 5.0];

metrics! {
    #![prefix = "block_"]

    /// Help that stands
    /// on two lines.
    ///
    /// And a paragraph that is for readers of the code.
    static PLAIN_TOTAL: Counter;

    /// Named otherwise.
    #[metric(name = "block_renamed_total")]
    static OTHER_TOTAL: Counter;

    /// Seconds something took.
    #[metric(unit = "seconds", buckets = linear(0.1, 0.1, 7))]
    static LINEAR_SECONDS: Histogram;

    /// Bytes of something.
    #[metric(buckets = exponential(100, 1.2, 3))]
    static GROWING_BYTES: Histogram;

    /// Seconds by a list of one's own.
    #[metric(buckets = MINE)]
    static MINE_SECONDS: Histogram;

    /// Known from the start.
    #[metric(init = [{ kind: "a", code: 1 }, { kind: "b", code: 2 }])]
    static KNOWN_TOTAL: Counter<kind, code: u16>;

    /// A legacy name.
    #[metric(name = "block_legacy_millis", allow(unit, total))]
    static LEGACY: Counter;

    /// Left out of this build.
    #[cfg(any())]
    static ABSENT_TOTAL: Counter;

    /// Labels whose names are words of Rust.
    static WORDS_TOTAL: Counter<r#type, "crate" as krate>;

    /// Unused but by its presence.
    pub(crate) static NEVER_TOUCHED: Gauge;
}

#[test]
fn the_name_is_the_statics_in_lower_case_behind_the_prefix() {
    assert_eq!(scraped("block_plain_total"), Some(0.0));
    assert_eq!(scraped("block_renamed_total"), Some(0.0));
    assert_eq!(scraped("block_other_total"), None);
}

#[test]
fn help_is_the_first_paragraph() {
    let text = metrics_core::render();
    assert!(text.contains("# HELP block_plain_total Help that stands on two lines.\n"));
}

/// CL-4, CL-11, CL-22: a static beside the code is in the default registry, before it is used.
#[test]
fn a_metric_without_labels_is_there_at_zero() {
    assert_eq!(scraped("block_never_touched"), Some(0.0));
    assert_eq!(scraped("block_linear_seconds_count"), Some(0.0));
    assert_eq!(scraped("block_linear_seconds_bucket{le=\"+Inf\"}"), Some(0.0));
    assert_eq!(NEVER_TOUCHED.get(), 0.0);
}

/// CL-9: one chooses the buckets.
#[test]
fn bounds_are_the_declared_ones() {
    let bounds = |name: &str| -> Vec<String> {
        let text = family(&metrics_core::render(), name);
        text.split("le=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    assert_eq!(bounds("block_linear_seconds"), ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "+Inf"]);
    assert_eq!(bounds("block_growing_bytes"), ["100", "120", "144", "+Inf"]);
    assert_eq!(bounds("block_mine_seconds"), ["0.5", "5", "+Inf"]);
}

/// CL-27: series are begun at their default.
#[test]
fn known_series_exist_at_zero() {
    assert_eq!(scraped("block_known_total{code=\"1\",kind=\"a\"}"), Some(0.0));
    assert_eq!(scraped("block_known_total{code=\"2\",kind=\"b\"}"), Some(0.0));
}

#[test]
fn a_labelled_metric_without_series_is_announced() {
    let text = family(&metrics_core::render(), "block_words_total");
    assert!(text.starts_with("# HELP block_words_total "));
}

#[test]
fn words_of_rust_are_label_names() {
    metrics! {
        /// Labels whose names are words of Rust.
        static BLOCK_RUST_WORDS_TOTAL: Counter<r#type, "crate" as krate>;
    }
    BLOCK_RUST_WORDS_TOTAL { r#type: "t", krate: "c" }.inc();
    assert_eq!(scraped("block_rust_words_total{crate=\"c\",type=\"t\"}"), Some(1.0));
}

#[test]
fn a_legacy_name_stays() {
    LEGACY.inc();
    assert_eq!(scraped("block_legacy_millis"), Some(1.0));
}

#[test]
fn used_through_every_kind_of_path() {
    mod inner {
        pub(super) mod deep {
            metrics_core::metrics! {
                /// Declared far away.
                pub(in crate::block) static BLOCK_FAR_TOTAL: Counter<from>;
            }
        }
    }
    use inner::deep::BLOCK_FAR_TOTAL as NEAR;
    inner::deep::BLOCK_FAR_TOTAL { from: "path" }.inc();
    NEAR { from: "alias" }.inc();
    assert_eq!(NEAR.get(NEAR { from: "path" }), Some(1.0));
    assert_eq!(scraped("block_far_total{from=\"alias\"}"), Some(1.0));
}
