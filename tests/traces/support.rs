//! What the tests of exemplars from traces share: a tracer, and a scrape in `OpenMetrics`.

#[path = "../suite/openmetrics.rs"]
mod openmetrics;
#[allow(dead_code, reason = "the format 0.0.4 has no exemplars")]
#[path = "../suite/parser.rs"]
mod parser;

use http_body_util::BodyExt;
use metrics_core::{Registry, Scrape};
use opentelemetry::trace::{TraceContextExt, TracerProvider};
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use tracing_subscriber::layer::SubscriberExt;

/// Spans become traces, all or none of them.
///
/// # Panics
///
/// Never.
pub fn traced(are_sampled: bool) -> tracing::Dispatch {
    let sampler = if are_sampled { Sampler::AlwaysOn } else { Sampler::AlwaysOff };
    let tracer = SdkTracerProvider::builder().with_sampler(sampler).build().tracer("tests");
    let layer = tracing_opentelemetry::layer().with_tracer(tracer);
    tracing_subscriber::registry().with(layer).into()
}

/// The labels that an exemplar of the current span has.
pub fn here() -> String {
    let context = opentelemetry::Context::current();
    let span = context.span();
    let span = span.span_context();
    format!("{{trace_id=\"{}\",span_id=\"{}\"}}", span.trace_id(), span.span_id())
}

/// The `OpenMetrics` text of a registry.
///
/// # Panics
///
/// If it can't be had, or breaks a rule.
pub async fn scrape(registry: &Registry) -> String {
    let request = http::Request::builder().header("accept", "application/openmetrics-text; version=1.0.0");
    let response = Scrape::of([registry]).respond(request.body(()).expect("a request")).await;
    let body = response.into_body().collect().await.expect("a body").to_bytes();
    let text = String::from_utf8(body.to_vec()).expect("text");
    openmetrics::read(&text);
    text
}

/// The exemplar behind a sample: its labels and its value, and whether there is one.
///
/// # Panics
///
/// If there is no such sample.
pub fn exemplar<'a>(text: &'a str, series: &str) -> Option<(String, &'a str)> {
    let line = text.lines().find_map(|line| line.strip_prefix(series)).unwrap_or_else(|| panic!("{text}"));
    let (labels, rest) = line.split_once(" # ")?.1.split_once("} ")?;
    Some((format!("{labels}}}"), rest.split_once(' ')?.0))
}
