//! Callbacks: numbers that are asked for at each scrape.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use metrics_core::metrics;

use crate::scrape::{family, sample, scraped};

static FILES: AtomicU64 = AtomicU64::new(3);
static ILL: AtomicBool = AtomicBool::new(false);

mod files {
    use super::{FILES, Ordering};

    pub(super) fn count() -> u64 {
        FILES.load(Ordering::Relaxed)
    }
}

fn load() -> f64 {
    assert!(!ILL.load(Ordering::Relaxed), "on purpose");
    0.5
}

fn falling() -> f64 {
    -1.5
}

fn scraping() -> f64 {
    metrics_core::render().len() as f64
}

fn ticks() -> u64 {
    1 << 40
}

metrics! {
    #![prefix = "callback_"]

    /// Open files.
    #[metric(callback = files::count)]
    static OPEN_FILES: Gauge;

    /// Ticks.
    #[metric(callback = self::ticks)]
    #[allow(dead_code, reason = "looked at in the exposition")]
    static TICKS_TOTAL: Counter;

    /// Load that can't be told at times.
    #[metric(callback = load)]
    #[allow(dead_code, reason = "looked at in the exposition")]
    static LOAD: Gauge;

    /// What a counter can't be.
    #[metric(callback = falling)]
    #[allow(dead_code, reason = "looked at in the exposition")]
    static FALLING_TOTAL: Counter;

    /// It scrapes.
    #[metric(callback = scraping)]
    #[allow(dead_code, reason = "looked at in the exposition")]
    static SCRAPING_BYTES: Gauge;

    /// Behind it.
    #[allow(dead_code, reason = "looked at in the exposition")]
    static UNHARMED: Gauge;
}

#[test]
fn the_number_is_asked_for_at_each_scrape() {
    assert_eq!(OPEN_FILES.name(), "callback_open_files");
    assert_eq!(scraped("callback_open_files"), Some(3.0));
    FILES.store(5, Ordering::Relaxed);
    let expected = "# HELP callback_open_files Open files.\n\
        # TYPE callback_open_files gauge\n\
        callback_open_files 5\n";
    assert_eq!(family(&metrics_core::render(), "callback_open_files"), expected);
}

#[test]
fn a_counter_can_be_asked_for_too() {
    let text = family(&metrics_core::render(), "callback_ticks_total");
    assert!(
        text.ends_with("# TYPE callback_ticks_total counter\ncallback_ticks_total 1099511627776\n"),
        "{text}"
    );
}

#[test]
fn a_function_that_panics_costs_its_own_sample_only() {
    let dropped = "metrics_core_dropped_observations_total{metric=\"callback_load\"}";
    assert_eq!(scraped("callback_load"), Some(0.5));
    assert_eq!(scraped(dropped), Some(0.0));
    ILL.store(true, Ordering::Relaxed);
    let text = metrics_core::render();
    assert_eq!(sample(&text, "callback_load"), None);
    for whole in ["callback_open_files", "callback_ticks_total", "callback_unharmed"] {
        assert!(sample(&text, whole).is_some(), "{whole}");
    }
    // Counted while it is rendered: at the latest the next scrape tells it.
    assert!(scraped(dropped) >= Some(1.0));
    ILL.store(false, Ordering::Relaxed);
    assert_eq!(scraped("callback_load"), Some(0.5));
}

/// O-41
#[test]
fn a_counter_that_can_not_be_is_left_out_and_counted() {
    let text = metrics_core::render();
    assert_eq!(sample(&text, "callback_falling_total"), None);
    let dropped = "metrics_core_dropped_observations_total{metric=\"callback_falling_total\"}";
    assert!(sample(&text, dropped) > Some(0.0));
}

#[test]
fn a_callback_that_scrapes_does_not_go_round_in_circles() {
    assert!(scraped("callback_scraping_bytes") > Some(0.0));
}
