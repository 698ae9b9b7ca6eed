//! `#[timed]`: seconds from begin to end.

use std::time::{Duration, Instant};

use metrics_core::{metrics, timed};

use crate::scrape::{family, scraped};

metrics! {
    /// Seconds by kind.
    #[metric(buckets = [0.001, 10])]
    static TIMED_BY_KIND_SECONDS: Histogram<kind>;
}

#[timed]
fn plain() {}

#[test]
fn the_default_metric_has_the_default_buckets_and_seconds_in_its_name() {
    plain();
    let text = family(&metrics_core::render(), "suite_plain_duration_seconds");
    assert_eq!(text.matches("_bucket{").count(), 12);
    let count = "suite_plain_duration_seconds_count{function=\"plain\",module=\"suite::timed\"} 1\n";
    assert!(text.contains(count), "{text}");
    assert!(text.contains("# HELP suite_plain_duration_seconds Seconds spent in `suite::timed::plain`.\n"));
}

#[test]
fn buckets_are_the_attributes() {
    #[timed(histogram, buckets = [0.1, 0.2, 0.5, 1.0])]
    #[allow(dead_code, reason = "never called, and there all the same")]
    fn bucketed() {}
    let text = family(&metrics_core::render(), "suite_bucketed_duration_seconds");
    for bound in ["0.1", "0.2", "0.5", "1", "+Inf"] {
        assert!(text.contains(&format!("le=\"{bound}\"}} 0\n")), "{text}");
    }
}

#[tokio::test]
async fn the_time_is_the_wall_time_from_the_first_poll() {
    #[timed(TIMED_BY_KIND_SECONDS { kind })]
    async fn sleep(kind: &str) -> usize {
        tokio::time::sleep(Duration::from_millis(30)).await;
        kind.len()
    }
    let future = sleep("async");
    tokio::time::sleep(Duration::from_millis(60)).await;
    let polled = Instant::now();
    assert_eq!(future.await, 5);
    let at_most = polled.elapsed().as_secs_f64();
    let handle = TIMED_BY_KIND_SECONDS { kind: "async" }.handle();
    assert_eq!(handle.count(), 1);
    // A thousandth for the difference of two clocks.
    assert!(handle.sum() >= 0.03 && handle.sum() <= at_most * 1.001, "{} {at_most}", handle.sum());
}

#[test]
fn an_own_metric_in_seconds() {
    #[timed(name = "timed_own_seconds", help = "Own.", labels { size: data.len() }, buckets = linear(1, 1, 2))]
    fn own(data: &[u8]) -> u8 {
        data[0]
    }
    own(&[1, 2, 3]);
    assert_eq!(scraped("timed_own_seconds_bucket{size=\"3\",le=\"2\"}"), Some(1.0));
}
