//! A clock that is moved by hand: times are what the test says, to the nanosecond. A program of its own, as there is one
//! clock in a process.

use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use metrics_core::testing::{ClockIsRunning, ManualClock};
use metrics_core::{metrics, timed};

metrics! {
    #![prefix = "manual_"]

    /// Seconds a call took.
    #[metric(buckets = [0.001, 0.5, 1])]
    static CALL_SECONDS: Histogram;

    /// Seconds a call took, lately.
    #[metric(quantiles = [0.5 => 0.01], max_age = "10m")]
    static LATE_SECONDS: Summary;
}

#[timed(CALL_SECONDS)]
#[timed(busy)]
async fn call(clock: &ManualClock) {
    clock.advance(Duration::from_millis(250));
    std::future::pending::<()>().await;
}

#[test]
fn times_are_what_the_test_says() {
    let clock = ManualClock::install().unwrap();
    assert_eq!(ManualClock::install().unwrap_err(), ClockIsRunning);

    // It is polled twice and dropped midway: busy for two quarters of a second, and waiting for one second.
    {
        let mut call = pin!(call(&clock));
        let mut context = Context::from_waker(Waker::noop());
        assert!(call.as_mut().poll(&mut context).is_pending());
        clock.advance(Duration::from_secs(1));
        assert!(call.as_mut().poll(&mut context).is_pending());
    }
    assert_eq!(CALL_SECONDS.handle().sum(), 1.25);
    let text = metrics_core::render();
    assert!(text.contains("manual_call_seconds_bucket{le=\"1\"} 0\n"), "{text}");
    assert!(text.contains("manual_call_seconds_bucket{le=\"+Inf\"} 1\n"), "{text}");
    assert!(text.contains("_call_busy_seconds_sum{"), "{text}");
    assert!(
        text.lines().any(|line| line.contains("_call_busy_seconds_sum{") && line.ends_with(" 0.25")),
        "{text}"
    );

    // A bound belongs to its bucket, to the tick.
    for (nanoseconds, bucket) in [(999_999, 1), (1_000_000, 2), (1_000_001, 2)] {
        let timer = CALL_SECONDS.start_timer();
        clock.advance(Duration::from_nanos(nanoseconds));
        drop(timer);
        let text = metrics_core::render();
        assert!(text.contains(&format!("manual_call_seconds_bucket{{le=\"0.001\"}} {bucket}\n")), "{text}");
    }

    // A window passes with the time, whoever scrapes or does not.
    LATE_SECONDS.observe(3.0);
    assert_eq!(LATE_SECONDS.handle().quantiles(), [(0.5, 3.0)]);
    clock.advance(Duration::from_mins(11));
    assert!(LATE_SECONDS.handle().quantiles()[0].1.is_nan());
    assert_eq!(LATE_SECONDS.handle().count(), 1);
}
