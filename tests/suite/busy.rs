//! The time inside `poll`, beside the time in all.

#![allow(clippy::manual_async_fn, reason = "shapes, not work")]

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Waker};
use std::thread;
use std::time::Duration;

use metrics_core::timed;

const WORK: Duration = Duration::from_millis(20);

/// The number and the sum of what the histogram or summary called `name` has observed of `labels`.
fn observed(name: &str, labels: &str) -> (f64, f64) {
    let text = metrics_core::render();
    let read = |suffix: &str| {
        let front = format!("{name}_{suffix}{{{labels}}} ");
        text.lines().find_map(|line| line.strip_prefix(&front)?.parse().ok()).unwrap_or(f64::NAN)
    };
    (read("count"), read("sum"))
}

#[tokio::test]
async fn waiting_is_not_busy() {
    #[timed(busy)]
    async fn mixed() {
        thread::sleep(WORK);
        tokio::time::sleep(WORK * 5).await;
        thread::sleep(WORK);
    }
    mixed().await;
    let labels = r#"function="mixed",module="suite::busy""#;
    let (count, wall) = observed("suite_mixed_duration_seconds", labels);
    let (busy_count, busy) = observed("suite_mixed_busy_seconds", labels);
    assert_eq!((count, busy_count), (1.0, 1.0));
    assert!(busy >= 0.04 && wall - busy >= 0.09, "{busy} of {wall}");
}

#[test]
fn a_future_that_is_dropped_or_panics_was_busy_until_then() {
    #[timed(summary, name = "shaky_seconds", help = "Seconds.", busy, outcome)]
    async fn shaky(panics: bool) {
        thread::sleep(WORK);
        assert!(!panics, "on purpose");
        std::future::pending::<()>().await;
    }
    let poll_once = |panics| {
        let mut future = pin!(shaky(panics));
        assert!(future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        thread::sleep(WORK * 4);
    };
    poll_once(false);
    assert!(catch_unwind(AssertUnwindSafe(|| poll_once(true))).is_err());
    let (count, cancelled) = observed("shaky_busy_seconds", r#"outcome="cancelled""#);
    let (_, wall) = observed("shaky_seconds", r#"outcome="cancelled""#);
    assert_eq!(count, 1.0);
    assert!(cancelled >= 0.02 && wall - cancelled >= 0.07, "{cancelled} of {wall}");
    let (count, panicked) = observed("shaky_busy_seconds", r#"outcome="panicked""#);
    assert_eq!(count, 1.0);
    assert!(panicked >= 0.02, "{panicked}");
}

#[tokio::test]
async fn a_returned_future_is_busy_too() {
    #[timed(busy)]
    fn returned() -> impl Future<Output = u8> {
        async {
            thread::sleep(WORK);
            tokio::time::sleep(WORK * 4).await;
            1
        }
    }
    assert_eq!(returned().await, 1);
    let (count, busy) =
        observed("suite_returned_busy_seconds", r#"function="returned",module="suite::busy""#);
    assert_eq!(count, 1.0);
    assert!(busy >= 0.02, "{busy}");
}
