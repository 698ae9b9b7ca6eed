//! What each kind of metric can be told, and what it makes of it.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use metrics_core::metrics;

use crate::scrape::{family, scraped};

/// CL-3, CL-6: it starts at 0 and grows by one or by an amount.
#[test]
fn a_counter_takes_whole_and_real_steps() {
    metrics! {
        /// Steps.
        static VALUES_STEPS_TOTAL: Counter;
    }
    VALUES_STEPS_TOTAL.inc();
    VALUES_STEPS_TOTAL.inc_by(2);
    VALUES_STEPS_TOTAL.inc_by(0.25);
    VALUES_STEPS_TOTAL.inc_by(4.0);
    assert_eq!(VALUES_STEPS_TOTAL.get(), 7.25);
    assert_eq!(scraped("values_steps_total"), Some(7.25));
}

#[test]
fn a_counter_is_exact_beyond_what_a_float_holds() {
    metrics! {
        /// Steps.
        static VALUES_HUGE_TOTAL: Counter;
    }
    VALUES_HUGE_TOTAL.inc_by((1 << 60) + 1);
    VALUES_HUGE_TOTAL.inc_by(2);
    assert!(metrics_core::render().contains("\nvalues_huge_total 1152921504606846979\n"));
}

#[test]
fn a_counter_drops_and_counts_what_is_no_step() {
    metrics! {
        /// Steps.
        static VALUES_BAD_TOTAL: Counter;
    }
    for step in [-1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        VALUES_BAD_TOTAL.inc_by(step);
    }
    assert_eq!(VALUES_BAD_TOTAL.get(), 0.0);
    let dropped = "metrics_core_dropped_observations_total{metric=\"values_bad_total\"}";
    assert_eq!(scraped(dropped), Some(4.0));
}

/// CL-3, CL-7: all the verbs of the guide.
#[test]
fn a_gauge_goes_up_and_down_and_is_set() {
    metrics! {
        /// A level.
        static VALUES_LEVEL: Gauge;
    }
    VALUES_LEVEL.inc();
    VALUES_LEVEL.inc_by(2.5);
    VALUES_LEVEL.dec();
    VALUES_LEVEL.dec_by(10_u8);
    assert_eq!(VALUES_LEVEL.get(), -7.5);
    VALUES_LEVEL.set(40);
    assert_eq!(VALUES_LEVEL.get(), 40.0);
    VALUES_LEVEL.inc();
    VALUES_LEVEL.inc_by(0.5);
    assert_eq!(VALUES_LEVEL.get(), 41.5);
    VALUES_LEVEL.set(vec![(); 3].len());
    assert_eq!(scraped("values_level"), Some(3.0));
}

/// DM-4, O-33: `NaN` is a value like others.
#[test]
fn a_gauge_can_be_set_to_what_is_no_number_and_back() {
    metrics! {
        /// A level.
        static VALUES_EXTREMES: Gauge;
    }
    VALUES_EXTREMES.set(f64::NAN);
    assert!(metrics_core::render().contains("\nvalues_extremes NaN\n"));
    VALUES_EXTREMES.set(f64::NEG_INFINITY);
    assert!(metrics_core::render().contains("\nvalues_extremes -Inf\n"));
    VALUES_EXTREMES.set(1);
    VALUES_EXTREMES.inc_by(f64::NAN);
    assert_eq!(VALUES_EXTREMES.get(), 1.0);
}

/// DM-4: a float holds more than 64 bits do.
#[test]
fn a_gauge_goes_beyond_what_a_whole_number_holds() {
    metrics! {
        /// A level.
        static VALUES_VAST: Gauge;
    }
    const STEP: u64 = 1_764_400_000_000_000_000;
    let steps = |threads: u64, amount: u64| {
        for _ in 0..threads {
            std::thread::spawn(move || (0..6).for_each(|_| VALUES_VAST.inc_by(amount))).join().unwrap();
        }
    };
    (0..6).for_each(|_| VALUES_VAST.inc_by(STEP));
    assert_eq!(VALUES_VAST.get(), 6.0 * STEP as f64);
    steps(2, STEP);
    assert_eq!(VALUES_VAST.get(), 18.0 * STEP as f64, "also when threads end");
    (0..36).for_each(|_| VALUES_VAST.dec_by(STEP));
    assert_eq!(VALUES_VAST.get(), -18.0 * STEP as f64);
    VALUES_VAST.set(0);
    VALUES_VAST.inc_by(1_u64 << 62);
    std::thread::spawn(|| (0..6).for_each(|_| VALUES_VAST.inc())).join().unwrap();
    VALUES_VAST.dec_by(1_u64 << 62);
    assert_eq!(VALUES_VAST.get(), 6.0, "whole steps are added up exactly");
}

/// CL-23
#[test]
fn a_gauge_takes_the_current_time() {
    metrics! {
        /// When it happened last.
        static VALUES_LAST_TIMESTAMP_SECONDS: Gauge;
    }
    let seconds = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
    let before = seconds();
    VALUES_LAST_TIMESTAMP_SECONDS.set_to_current_time();
    let after = seconds();
    assert!((before..=after).contains(&VALUES_LAST_TIMESTAMP_SECONDS.get()));
}

/// CL-21: what other clients call `track_inprogress`.
#[test]
fn a_gauge_counts_work_in_flight() {
    metrics! {
        /// Running.
        static VALUES_RUNNING: Gauge<worker>;
    }
    let worker = "w1";
    let first = VALUES_RUNNING { worker }.in_flight();
    let second = VALUES_RUNNING { worker }.in_flight();
    assert_eq!(VALUES_RUNNING.get(VALUES_RUNNING { worker }), Some(2.0));
    drop(first);
    let unwound = std::panic::catch_unwind(|| {
        let _third = VALUES_RUNNING { worker }.in_flight();
        panic!("on purpose");
    });
    assert!(unwound.is_err());
    drop(second);
    assert_eq!(VALUES_RUNNING.get(VALUES_RUNNING { worker }), Some(0.0));
}

/// CL-3, CL-9: `+Inf` counts all of them.
#[test]
fn a_histogram_sorts_values_into_cumulative_buckets() {
    metrics! {
        /// Seconds.
        #[metric(buckets = [-1, 0.1, 1])]
        static VALUES_SORTED_SECONDS: Histogram;
    }
    for value in [-2.0, -1.0, 0.1, 0.5, 1.5, f64::INFINITY] {
        VALUES_SORTED_SECONDS.observe(value);
    }
    let text = family(&metrics_core::render(), "values_sorted_seconds");
    let expected = "# HELP values_sorted_seconds Seconds.\n\
        # TYPE values_sorted_seconds histogram\n\
        values_sorted_seconds_bucket{le=\"-1\"} 2\n\
        values_sorted_seconds_bucket{le=\"0.1\"} 3\n\
        values_sorted_seconds_bucket{le=\"1\"} 4\n\
        values_sorted_seconds_bucket{le=\"+Inf\"} 6\n\
        values_sorted_seconds_sum +Inf\n\
        values_sorted_seconds_count 6\n";
    assert_eq!(text, expected);
}

#[test]
fn a_histogram_drops_and_counts_nan() {
    metrics! {
        /// Seconds.
        static VALUES_NAN_SECONDS: Histogram;
    }
    VALUES_NAN_SECONDS.observe(f64::NAN);
    VALUES_NAN_SECONDS.observe(1.0);
    let handle = VALUES_NAN_SECONDS.handle();
    assert_eq!((handle.count(), handle.sum()), (1, 1.0));
    let dropped = "metrics_core_dropped_observations_total{metric=\"values_nan_seconds\"}";
    assert_eq!(scraped(dropped), Some(1.0));
}

/// CL-8, CL-9: times are seconds.
#[test]
fn durations_count_in_seconds() {
    metrics! {
        /// Seconds.
        static VALUES_DURATION_SECONDS: Histogram;
    }
    VALUES_DURATION_SECONDS.observe(Duration::from_millis(1_500));
    assert_eq!(VALUES_DURATION_SECONDS.handle().sum(), 1.5);
}

/// CL-24
#[test]
fn timers_observe_once_however_they_end() {
    metrics! {
        /// Seconds.
        static VALUES_TIMER_SECONDS: Histogram;
    }
    let count = || VALUES_TIMER_SECONDS.handle().count();
    drop(VALUES_TIMER_SECONDS.start_timer());
    assert_eq!(count(), 1);
    let elapsed = VALUES_TIMER_SECONDS.start_timer().stop();
    assert_eq!(count(), 2);
    assert!(VALUES_TIMER_SECONDS.handle().sum() >= elapsed.as_secs_f64());
    VALUES_TIMER_SECONDS.start_timer().discard();
    assert_eq!(count(), 2);
    assert_eq!(VALUES_TIMER_SECONDS.time(|| 7), 7);
    let unwound = std::panic::catch_unwind(|| VALUES_TIMER_SECONDS.time(|| panic!("on purpose")));
    assert!(unwound.is_err());
    assert_eq!(count(), 4);
}

#[tokio::test]
async fn a_timed_future_counts_from_its_first_poll_to_its_end() {
    metrics! {
        /// Seconds.
        static VALUES_FUTURE_SECONDS: Histogram;
    }
    let handle = VALUES_FUTURE_SECONDS.handle();
    drop(VALUES_FUTURE_SECONDS.time_future(async {}));
    assert_eq!(handle.count(), 0, "a future that was never polled took no time");

    let future = VALUES_FUTURE_SECONDS.time_future(async { 5 });
    tokio::time::sleep(Duration::from_millis(40)).await;
    let polled = Instant::now();
    assert_eq!(future.await, 5);
    let at_most = polled.elapsed().as_secs_f64();
    assert!(handle.sum() <= at_most * 1.001, "the time before the first poll is not the future's");

    let forever = VALUES_FUTURE_SECONDS.time_future(std::future::pending::<()>());
    assert!(tokio::time::timeout(Duration::from_millis(20), forever).await.is_err());
    assert_eq!(handle.count(), 2);
    assert!(handle.sum() >= 0.02, "a dropped future counts until then");
}
