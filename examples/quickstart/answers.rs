//! What is counted of every answer.

use axum::body::HttpBody as _;
use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use metrics_core::metrics;

metrics! {
    /// HTTP requests answered, by method, endpoint and status.
    static HTTP_REQUESTS_TOTAL: Counter<method, endpoint, status>;

    /// Bytes of an answer, by endpoint.
    // Nobody has to know beforehand how large they are; the buckets are for readers that know no native histograms.
    #[metric(buckets = [64, 1_024, 16_384])]
    static HTTP_RESPONSE_SIZE_BYTES: NativeHistogram<endpoint>;
}

/// Counts a request when its status is known.
///
/// The endpoint is the route as it was declared, never the path as the client wrote it: each value of a label is a series
/// of its own, so its values should be few, and not for strangers to choose. (Of the methods that they may invent, the
/// ceiling of 2 000 series for a metric takes care.) What strangers choose may be an exemplar: it costs no series.
pub(crate) async fn count(method: Method, route: MatchedPath, request: Request, next: Next) -> Response {
    let id = request.headers().get("x-request-id").cloned();
    let response = next.run(request).await;
    let endpoint = route.as_str();
    let answered = HTTP_REQUESTS_TOTAL { method, endpoint, status: response.status() };
    match id.as_ref().and_then(|id| id.to_str().ok()) {
        Some(id) => answered.inc_with_exemplar(&[("request_id", id)]),
        None => answered.inc(),
    }
    if let Some(bytes) = response.body().size_hint().exact() {
        HTTP_RESPONSE_SIZE_BYTES { endpoint }.observe(bytes as f64);
    }
    response
}
