//! Summaries: sum and count of everything, quantiles of the latest.

use std::thread;
use std::time::Duration;

use metrics_core::{LabelValue, metrics, timed};

use crate::scrape::{family, sample, scraped};

#[derive(Clone, Copy, LabelValue)]
enum Kind {
    Fast,
    Slow,
}

metrics! {
    #![prefix = "summary_"]

    /// Seconds by kind.
    #[metric(quantiles = [0.99 => 0.001, 0.5 => 0.05])]
    static KIND_SECONDS: Summary<kind: Kind>;

    /// Seconds by anything.
    static ANY_SECONDS: Summary<any>;
}

/// CL-8: that is the default.
#[test]
fn without_quantiles_it_is_a_sum_and_a_count() {
    metrics! {
        /// Bytes.
        static SUMMARY_PLAIN_BYTES: Summary;
    }
    let expected = |sum, count| {
        format!(
            "# HELP summary_plain_bytes Bytes.\n\
             # TYPE summary_plain_bytes summary\n\
             summary_plain_bytes_sum {sum}\n\
             summary_plain_bytes_count {count}\n"
        )
    };
    let text = || family(&metrics_core::render(), "summary_plain_bytes");
    assert_eq!(text(), expected("0", 0));
    SUMMARY_PLAIN_BYTES.observe(1.5);
    SUMMARY_PLAIN_BYTES.observe(-4.0);
    assert_eq!(text(), expected("-2.5", 2));
    assert!(SUMMARY_PLAIN_BYTES.handle().quantiles().is_empty());
}

#[test]
fn quantiles_are_told_ascending_and_are_nan_without_observations() {
    metrics! {
        /// Seconds.
        #[metric(quantiles = [0.99 => 0.001, 0 => 0.05, 0.5 => 0.05], max_age = "1h30m", age_buckets = 2)]
        static SUMMARY_SECONDS: Summary;
    }
    let text = || family(&metrics_core::render(), "summary_seconds");
    let expected = "# HELP summary_seconds Seconds.\n\
        # TYPE summary_seconds summary\n\
        summary_seconds{quantile=\"0\"} NaN\n\
        summary_seconds{quantile=\"0.5\"} NaN\n\
        summary_seconds{quantile=\"0.99\"} NaN\n\
        summary_seconds_sum 0\n\
        summary_seconds_count 0\n";
    assert_eq!(text(), expected);
    for second in 1..=1_000 {
        SUMMARY_SECONDS.observe(Duration::from_secs(second));
    }
    let text = metrics_core::render();
    let about = |quantile: &str, second: f64, margin: f64| {
        let value = sample(&text, &format!("summary_seconds{{quantile=\"{quantile}\"}}")).unwrap();
        assert!((value - second).abs() <= margin + second * 0.003, "{quantile}: {value}");
    };
    about("0", 1.0, 50.0);
    about("0.5", 500.0, 50.0);
    about("0.99", 990.0, 1.0);
    assert_eq!(sample(&text, "summary_seconds_sum"), Some(500_500.0));
    assert_eq!(sample(&text, "summary_seconds_count"), Some(1_000.0));
}

#[test]
fn old_observations_leave_the_window_and_stay_in_the_sum() {
    metrics! {
        /// Seconds.
        #[metric(quantiles = [0.5 => 0.05], max_age = "50ms")]
        static SUMMARY_SHORT_SECONDS: Summary;
    }
    SUMMARY_SHORT_SECONDS.observe(3.0);
    thread::sleep(Duration::from_millis(120));
    let handle = SUMMARY_SHORT_SECONDS.handle();
    assert!(handle.quantiles()[0].1.is_nan(), "{:?}", handle.quantiles());
    assert_eq!((handle.count(), handle.sum()), (1, 3.0));
}

#[test]
fn several_threads_share_the_quantiles() {
    metrics! {
        /// Seconds.
        #[metric(quantiles = [0.5 => 0.01, 1 => 0.01])]
        static SUMMARY_SHARED_SECONDS: Summary<lane>;
    }
    let lane = "shared";
    thread::scope(|scope| {
        for worker in 0..4 {
            scope.spawn(move || {
                for step in 0..500 {
                    SUMMARY_SHARED_SECONDS { lane }.observe(f64::from(worker * 500 + step + 1));
                }
            });
        }
    });
    let handle = SUMMARY_SHARED_SECONDS.get(SUMMARY_SHARED_SECONDS { lane }).unwrap();
    assert_eq!((handle.count(), handle.sum()), (2_000, 2_001_000.0));
    let quantiles = handle.quantiles();
    assert!((quantiles[0].1 - 1_000.0).abs() <= 25.0, "{quantiles:?}");
    assert!((quantiles[1].1 - 2_000.0).abs() <= 26.0, "{quantiles:?}");
}

#[test]
fn a_series_that_is_made_anew_knows_nothing_of_the_old_one() {
    metrics! {
        /// Seconds.
        #[metric(quantiles = [0 => 0.01, 1 => 0.01])]
        static SUMMARY_REMADE_SECONDS: Summary<lane>;
    }
    let labels = || SUMMARY_REMADE_SECONDS { lane: "a" };
    for life in 1..=3 {
        let old = labels().handle();
        // Often enough for this thread to count by itself.
        (0..100).for_each(|_| old.observe(f64::from(life)));
        assert_eq!(old.quantiles(), [(0.0, f64::from(life)), (1.0, f64::from(life))]);
        assert!(labels().remove());
        old.observe(100.0);
        assert!(old.quantiles().iter().all(|(_, value)| value.is_nan()));
        let new = labels().handle();
        old.observe(100.0);
        new.observe(0.5);
        assert_eq!(new.quantiles(), [(0.0, 0.5), (1.0, 0.5)]);
        assert!(labels().remove());
    }
}

#[test]
fn nan_is_dropped_and_counted() {
    metrics! {
        /// Seconds.
        #[metric(quantiles = [0.5 => 0.05])]
        static SUMMARY_NAN_SECONDS: Summary;
    }
    SUMMARY_NAN_SECONDS.observe(f64::NAN);
    SUMMARY_NAN_SECONDS.observe(2.0);
    let handle = SUMMARY_NAN_SECONDS.handle();
    assert_eq!((handle.count(), handle.sum(), handle.quantiles()), (1, 2.0, vec![(0.5, 2.0)]));
    let dropped = "metrics_core_dropped_observations_total{metric=\"summary_nan_seconds\"}";
    assert_eq!(scraped(dropped), Some(1.0));
}

#[test]
fn closed_labels_are_there_from_the_start() {
    let text = family(&metrics_core::render(), "summary_kind_seconds");
    for line in [
        "summary_kind_seconds{kind=\"slow\",quantile=\"0.5\"} NaN\n",
        "summary_kind_seconds{kind=\"slow\",quantile=\"0.99\"} NaN\n",
        "summary_kind_seconds_count{kind=\"slow\"} 0\n",
    ] {
        assert!(text.contains(line), "{text}");
    }
}

/// CL-24, CL-27
#[test]
fn series_are_observed_timed_and_removed() {
    let labels = || ANY_SECONDS { any: 'x' };
    labels().observe(1.0);
    drop(labels().start_timer());
    assert_eq!(labels().time(|| 7), 7);
    labels().start_timer().discard();
    let handle = labels().handle();
    assert_eq!(handle.count(), 3);
    assert!((1.0..2.0).contains(&handle.sum()));
    assert!(labels().remove());
    assert!(ANY_SECONDS.get(labels()).is_none());
}

#[tokio::test]
async fn futures_are_timed_from_their_first_poll() {
    metrics! {
        /// Seconds.
        static SUMMARY_FUTURE_SECONDS: Summary;
    }
    let handle = SUMMARY_FUTURE_SECONDS.handle();
    drop(SUMMARY_FUTURE_SECONDS.time_future(async {}));
    assert_eq!(handle.count(), 0, "a future that was never polled took no time");
    assert_eq!(SUMMARY_FUTURE_SECONDS.time_future(async { 5 }).await, 5);
    let any = "future";
    let slow = async { tokio::time::sleep(Duration::from_millis(20)).await };
    ANY_SECONDS { any }.time_future(slow).await;
    assert_eq!(handle.count(), 1);
    let handle = ANY_SECONDS { any }.handle();
    assert!(handle.count() == 1 && handle.sum() >= 0.02, "{handle:?}");
}

#[timed(summary, quantiles = [0.5 => 0.05, 0.9 => 0.01], max_age = "1m", age_buckets = 3)]
fn measured() {}

#[test]
fn an_attribute_makes_a_summary_of_the_default_name() {
    let labels = "function=\"measured\",module=\"suite::summary\"";
    let count = format!("suite_measured_duration_seconds_count{{{labels}}}");
    assert_eq!(scraped(&count), Some(0.0));
    measured();
    let text = family(&metrics_core::render(), "suite_measured_duration_seconds");
    assert!(text.contains("# TYPE suite_measured_duration_seconds summary\n"), "{text}");
    assert_eq!(sample(&text, &count), Some(1.0));
    for quantile in ["0.5", "0.9"] {
        let series = format!("suite_measured_duration_seconds{{{labels},quantile=\"{quantile}\"}}");
        let value = sample(&text, &series).unwrap();
        assert!((0.0..1.0).contains(&value), "{series} {value}");
    }
}

#[test]
fn an_attribute_makes_a_summary_of_a_name_and_labels() {
    const LANE: &str = "fast";
    #[timed(summary, name = "summary_own_seconds", help = "Own.", labels { lane: LANE })]
    fn constant() {}
    #[timed(summary, name = "summary_sized_seconds", help = "Sized.", labels { size: data.len() })]
    fn dynamic(data: &[u8]) -> usize {
        data.len()
    }
    assert_eq!(scraped("summary_own_seconds_count{lane=\"fast\"}"), Some(0.0));
    constant();
    assert_eq!(dynamic(&[1, 2]), 2);
    assert_eq!(scraped("summary_own_seconds_count{lane=\"fast\"}"), Some(1.0));
    assert_eq!(scraped("summary_sized_seconds_count{size=\"2\"}"), Some(1.0));
}

#[test]
fn an_attribute_writes_a_declared_summary() {
    metrics! {
        /// Seconds.
        static SUMMARY_WHOLE_SECONDS: Summary;
        /// Seconds.
        static SUMMARY_BESIDE_SECONDS: Histogram<kind: Kind>;
    }
    #[timed(SUMMARY_WHOLE_SECONDS)]
    #[timed(KIND_SECONDS { kind: Kind::Fast })]
    #[timed(SUMMARY_BESIDE_SECONDS { kind: Kind::Fast })]
    #[timed(ANY_SECONDS { any: text.len() })]
    fn work(text: &str) -> usize {
        text.len()
    }
    assert_eq!(work("abc"), 3);
    assert_eq!(SUMMARY_WHOLE_SECONDS.handle().count(), 1);
    assert_eq!(scraped("summary_kind_seconds_count{kind=\"fast\"}"), Some(1.0));
    assert_eq!(scraped("summary_beside_seconds_count{kind=\"fast\"}"), Some(1.0));
    assert_eq!(scraped("summary_any_seconds_count{any=\"3\"}"), Some(1.0));
    let seconds = SUMMARY_WHOLE_SECONDS.handle().sum();
    let kinds = KIND_SECONDS.get(KIND_SECONDS { kind: Kind::Fast }).unwrap();
    assert_eq!(kinds.sum(), seconds, "one pair of clock readings serves all");
    assert_eq!(KIND_SECONDS.get(KIND_SECONDS { kind: Kind::Slow }).unwrap().count(), 0);
}
