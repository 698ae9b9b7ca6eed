//! `#[gauged]`: calls in flight.

use metrics_core::{gauged, metrics};

use crate::scrape::scraped;

metrics! {
    /// Uploads running.
    static GAUGED_UPLOADS: Gauge<kind>;
}

#[test]
fn the_default_metric_goes_up_and_down() {
    const SERIES: &str = "suite_running_in_flight{function=\"running\",module=\"suite::gauged\"}";
    #[gauged]
    fn running() {
        assert_eq!(scraped(SERIES), Some(1.0));
    }
    assert_eq!(scraped(SERIES), Some(0.0));
    running();
    assert_eq!(scraped(SERIES), Some(0.0));
}

#[tokio::test]
async fn a_dropped_future_is_no_longer_in_flight() {
    #[gauged(GAUGED_UPLOADS { kind: kind.as_str() })]
    async fn upload(kind: String) {
        std::future::pending::<()>().await;
        drop(kind);
    }
    let running = tokio::spawn(upload("big".to_owned()));
    while GAUGED_UPLOADS.get(GAUGED_UPLOADS { kind: "big" }) != Some(1.0) {
        tokio::task::yield_now().await;
    }
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    assert_eq!(GAUGED_UPLOADS.get(GAUGED_UPLOADS { kind: "big" }), Some(0.0));
}

#[test]
fn recursion_counts_every_level() {
    #[gauged(GAUGED_UPLOADS { kind: "deep" })]
    fn deep(levels: u32) -> f64 {
        if levels == 1 {
            GAUGED_UPLOADS.get(GAUGED_UPLOADS { kind: "deep" }).unwrap()
        } else {
            deep(levels - 1)
        }
    }
    assert_eq!(deep(5), 5.0);
    assert_eq!(GAUGED_UPLOADS.get(GAUGED_UPLOADS { kind: "deep" }), Some(0.0));
}
