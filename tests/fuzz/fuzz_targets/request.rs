//! Whatever the headers and the query of a request are, there is an answer of a known kind, and nothing panics.
#![no_main]

use std::sync::OnceLock;

use arbitrary::Arbitrary;
use http::{HeaderValue, Request};
use http_body_util::BodyExt;
use libfuzzer_sys::fuzz_target;
use metrics_core::{Counter, Histogram, Registry, Scrape};
use tokio::runtime::{Builder, Runtime};

/// What a stranger chooses.
#[derive(Arbitrary, Debug)]
struct Asked<'a> {
    accept: Vec<&'a [u8]>,
    accept_encoding: Vec<&'a [u8]>,
    timeout: Option<&'a [u8]>,
    query: &'a str,
    only_head: bool,
}

impl Asked<'_> {
    /// None if it is no request that an HTTP server hands on.
    fn request(&self) -> Option<Request<()>> {
        let mut request = Request::builder()
            .method(if self.only_head { "HEAD" } else { "GET" })
            .uri(format!("/metrics?{}", self.query));
        let headers = (self.accept.iter().map(|value| ("accept", *value)))
            .chain(self.accept_encoding.iter().map(|value| ("accept-encoding", *value)))
            .chain(self.timeout.map(|value| ("x-prometheus-scrape-timeout-seconds", value)));
        for (name, value) in headers {
            request = request.header(name, HeaderValue::from_bytes(value).ok()?);
        }
        request.body(()).ok()
    }
}

fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        let registry = Registry::new();
        let counter = Counter::builder("fuzz_total", "Counted.").labels(["label"]).register(&registry);
        counter.expect("it is valid").with(["a\"\\\n"]).inc();
        Histogram::builder("fuzz_seconds", "Observed.").register(&registry).expect("it is valid");
        registry
    })
}

fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Builder::new_current_thread().build().expect("a runtime"))
}

const FORMATS: [&str; 3] = ["text/plain; ", "application/openmetrics-text; ", "application/vnd.google.protobuf; "];

fuzz_target!(|asked: Asked<'_>| {
    let Some(request) = asked.request() else { return };
    runtime().block_on(async {
        let response = Scrape::of([registry()]).respond(request).await;
        let (head, body) = response.into_parts();
        assert!(matches!(head.status.as_u16(), 200 | 400), "{}", head.status);
        let content_type = head.headers["content-type"].to_str().expect("it is text");
        assert!(FORMATS.iter().any(|format| content_type.starts_with(format)), "{content_type}");
        // Past the deadline that it named itself the body breaks off; else it is whole.
        let Ok(body) = body.collect().await else { return assert!(asked.timeout.is_some()) };
        let body = body.to_bytes();
        assert!(body.len() < 64 * 1024, "nothing grows: {}", body.len());
        let is_plain = !asked.only_head && head.status == 200 && !head.headers.contains_key("content-encoding");
        if is_plain && content_type.starts_with(FORMATS[1]) {
            assert!(body.ends_with(b"# EOF\n"));
        }
    });
});
