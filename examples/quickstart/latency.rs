//! How long requests take, as a summary: quantiles that the service works out itself.

use std::time::Duration;

use metrics_core::{metrics, timed};

metrics! {
    /// Seconds that a request took, by endpoint.
    // The median may be off by 5 % of the ranks, the outer quantiles by less. They are about the last ten
    // minutes, sum and count about everything. (Quantiles of several instances can't be added up: a service
    // that runs more than once takes a histogram.)
    #[metric(quantiles = [0.5 => 0.05, 0.95 => 0.01, 0.99 => 0.001], max_age = "10m")]
    static HTTP_REQUEST_DURATION_SECONDS: Summary<endpoint>;
}

/// Takes its time. Its labels are constant, so its series are in the first scrape.
#[timed(HTTP_REQUEST_DURATION_SECONDS { endpoint: "/api/slow" })]
pub(crate) async fn slow() -> &'static str {
    tokio::time::sleep(Duration::from_millis(200)).await;
    "At last.\n"
}

/// Is there at once.
#[timed(HTTP_REQUEST_DURATION_SECONDS { endpoint: "/api/fast" })]
pub(crate) async fn fast() -> &'static str {
    tokio::time::sleep(Duration::from_millis(2)).await;
    "Here you are.\n"
}
