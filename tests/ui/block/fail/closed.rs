//! Closed labels with more combinations than the metric may have series.
use metrics_core::{LabelValue, metrics};

#[derive(LabelValue)]
enum Method {
    Get,
    Post,
    Put,
}

metrics! {
    /// One too many.
    #[metric(max_series = 5)]
    static REQUESTS_TOTAL: Counter<method: Method, cached: bool>;

    /// Enough.
    #[metric(max_series = 6)]
    static REPLIES_TOTAL: Counter<method: Method, cached: bool>;
}

fn main() {
    REQUESTS_TOTAL { method: Method::Get, cached: true }.inc();
}
