//! The handler function that a service mounts at `/metrics`.

use http::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode};

use super::body::Body;
use crate::encode::text;
use crate::scrape::Scrape;

/// Answers a scrape of the global registry.
///
/// It takes and returns the types of the `http` crate, whatever the request's body is, so that axum, tonic and plain
/// hyper mount it as it is. `GET` and `HEAD` are answered, whatever they accept, in the text format 0.0.4, which every
/// scraper reads; other methods get 405.
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
        match *request.method() {
            Method::GET => self.exposition(Body::new),
            Method::HEAD => self.exposition(|_| Body::empty()),
            _ => method_not_allowed(),
        }
    }

    fn exposition(&self, body: impl FnOnce(String) -> Body) -> Response<Body> {
        let text = self.render();
        let length = HeaderValue::from(text.len());
        let mut response = Response::new(body(text));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(text::CONTENT_TYPE));
        headers.insert(CONTENT_LENGTH, length);
        response
    }
}

fn method_not_allowed() -> Response<Body> {
    let mut response = Response::new(Body::new("scrapes are made with GET or HEAD\n".to_owned()));
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    let headers = response.headers_mut();
    headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
