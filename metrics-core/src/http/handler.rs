//! The handler function that a service mounts at `/metrics`.

use std::future::poll_fn;
use std::task::Poll;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT, ALLOW, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, VARY};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};

use super::body::Body;
use super::coding::Coding;
use super::negotiate::negotiate;
use super::stream::Stream;
use crate::filter::Filter;
use crate::scrape::Scrape;
use crate::scrapes::{self, Scraping};

/// What Prometheus and its relatives say how long they wait in, in seconds.
const TIMEOUT: &str = "x-prometheus-scrape-timeout-seconds";

/// Answers a scrape of the global registry.
///
/// It takes and returns the types of the `http` crate, whatever the request's body is, so that axum, tonic and plain
/// hyper mount it as it is. `GET` and `HEAD` are answered, whatever they accept, in the best format that they can read:
/// `OpenMetrics` 1.0, with the feature `protobuf` delimited protobuf, and else the text format 0.0.4, which every
/// scraper reads.
///
/// - A body of up to 32 KiB comes with its length, a longer one is told while it is sent. Where others want the thread,
///   they get it between two small slices of work.
/// - With the features `gzip` and `zstd` it is compressed for those who accept it.
/// - `?name[]=a&name[]=b` asks for these metrics only, by their names or those of their samples.
/// - Past the time in `X-Prometheus-Scrape-Timeout-Seconds` the body breaks off with an error: a short but well-formed
///   one would make the series that are missing stale.
///
/// Other methods get 405, a filter of more than 1 024 names 400, and whoever comes while 40 scrapes are under way 503.
/// All of it is counted in `metrics_core_scrapes_total` and its neighbours.
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
    pub async fn respond<B>(&self, request: Request<B>) -> Response<Body> {
        let (request, _) = request.into_parts();
        if !matches!(request.method, Method::GET | Method::HEAD) {
            scrapes::refuse_method();
            return method_not_allowed();
        }
        let filter = match Filter::from_query(request.uri.query().unwrap_or_default()) {
            Ok(filter) => filter,
            Err(too_much) => {
                scrapes::refuse_request();
                return message(StatusCode::BAD_REQUEST, format!("{too_much}\n"));
            }
        };
        let Some(scraping) = Scraping::begin(self.most()) else { return busy() };
        let deadline = deadline(&request.headers);
        let coding = Coding::negotiate(&request.headers);
        let name = coding.name();
        let accept = request.headers.get_all(ACCEPT).iter();
        let format = negotiate(accept.filter_map(|header| header.to_str().ok()));
        let stream = Stream::new(self.walk(filter), self.encoder(format), coding, deadline, scraping);
        let mut response = answer(stream, request.method == Method::HEAD).await;
        let headers = response.headers_mut();
        if let Ok(content_type) = HeaderValue::from_str(&format.content_type()) {
            headers.insert(CONTENT_TYPE, content_type);
        }
        headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Encoding"));
        if let Some(name) = name {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        response
    }
}

/// Tells the first chunk: a body that fits it comes with its length.
async fn answer(mut stream: Stream, only_head: bool) -> Response<Body> {
    while !stream.is_ready() {
        stream.tell();
        let_others().await;
    }
    let whole = stream.take_whole();
    let length = whole.as_ref().map(Bytes::len);
    let mut response = Response::new(match whole {
        _ if only_head => {
            stream.waive();
            if length.is_some() { Body::empty() } else { Body::left() }
        }
        Some(whole) => Body::new(whole),
        None => Body::streaming(stream),
    });
    if let Some(length) = length {
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

/// Gives others a turn on the thread.
async fn let_others() {
    let mut had_theirs = false;
    poll_fn(|context| {
        if had_theirs {
            return Poll::Ready(());
        }
        had_theirs = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// When the scraper stops waiting; never, if it does not say so.
fn deadline(headers: &HeaderMap) -> Option<Instant> {
    let seconds = headers.get(TIMEOUT)?.to_str().ok()?.trim().parse::<f64>().ok()?;
    let timeout = Duration::try_from_secs_f64(seconds).ok().filter(|timeout| !timeout.is_zero())?;
    Instant::now().checked_add(timeout)
}

fn busy() -> Response<Body> {
    let mut response = message(StatusCode::SERVICE_UNAVAILABLE, "too many scrapes at once\n");
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

fn method_not_allowed() -> Response<Body> {
    let mut response = message(StatusCode::METHOD_NOT_ALLOWED, "scrapes are made with GET or HEAD\n");
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

fn message(status: StatusCode, text: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Body::new(text));
    *response.status_mut() = status;
    let plain_text = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, plain_text);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_limited(timeout: &'static str) -> bool {
        deadline(&HeaderMap::from_iter([(TIMEOUT.parse().unwrap(), HeaderValue::from_static(timeout))]))
            .is_some()
    }

    #[test]
    fn the_timeout_is_read_as_scrapers_write_it() {
        for timeout in ["1", "1.5", "1.500", "10", " 2 ", "1e-3"] {
            assert!(is_limited(timeout), "{timeout}");
        }
        for none in ["", "x", "0", "-1", "NaN", "inf", "1e300", "1,5", "1s"] {
            assert!(!is_limited(none), "{none}");
        }
    }
}
