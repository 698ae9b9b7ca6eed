//! The handler function that a service mounts at `/metrics`.

use bytes::Bytes;
use http::header::{ACCEPT, ALLOW, CONTENT_LENGTH, CONTENT_TYPE, VARY};
use http::{HeaderValue, Method, Request, Response, StatusCode};

use super::body::Body;
use super::negotiate::negotiate;
use crate::format::Format;
use crate::scrape::Scrape;

/// Answers a scrape of the global registry.
///
/// It takes and returns the types of the `http` crate, whatever the request's body is, so that axum, tonic and plain
/// hyper mount it as it is. `GET` and `HEAD` are answered, whatever they accept, in the best format that they can read:
/// `OpenMetrics` 1.0, with the feature `protobuf` delimited protobuf, and else the text format 0.0.4, which every
/// scraper reads. Other methods get 405.
///
/// # Examples
///
/// ```
/// let app: axum::Router = axum::Router::new().route("/metrics", axum::routing::get(metrics_core::handler));
/// ```
pub async fn handler<B>(request: Request<B>) -> Response<Body> {
    Scrape::default().respond(request).await
}

impl Scrape<'_> {
    /// Answers a scrape of these registries, as [`handler`] does for the global one.
    #[allow(
        clippy::unused_async,
        reason = "a handler is an `async fn`, and that it renders at once is no promise"
    )]
    pub async fn respond<B>(&self, request: Request<B>) -> Response<Body> {
        let accept = request.headers().get_all(ACCEPT).iter();
        let format = negotiate(accept.filter_map(|header| header.to_str().ok()));
        match *request.method() {
            Method::GET => self.exposition(format, Body::new),
            Method::HEAD => self.exposition(format, |_| Body::empty()),
            _ => method_not_allowed(),
        }
    }

    fn exposition(&self, format: Format, body: impl FnOnce(Bytes) -> Body) -> Response<Body> {
        let written = self.write(format);
        let length = HeaderValue::from(written.len());
        let mut response = Response::new(body(written));
        let headers = response.headers_mut();
        if let Ok(content_type) = HeaderValue::from_str(&format.content_type()) {
            headers.insert(CONTENT_TYPE, content_type);
        }
        headers.insert(CONTENT_LENGTH, length);
        headers.insert(VARY, HeaderValue::from_static("Accept"));
        response
    }
}

fn method_not_allowed() -> Response<Body> {
    let mut response = Response::new(Body::new("scrapes are made with GET or HEAD\n".into()));
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    let headers = response.headers_mut();
    headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
