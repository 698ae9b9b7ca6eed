//! metrics-core, registered at run time: rendered as one text, or sent in pieces as its handler does.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use http_body::Body as _;
use metrics_core::{Body, Counter, CounterHandle, Family, Histogram, HistogramHandle, Registry, Scrape};

use super::OBSERVED;
use crate::inputs::BOUNDS;

/// How a registry is told; the length of what was.
type Tell = fn(&Registry) -> usize;

struct Counters {
    registry: Registry,
    tell: Tell,
    family: Family<CounterHandle, 2>,
}

struct Histograms {
    registry: Registry,
    tell: Tell,
    family: Family<HistogramHandle, 2>,
}

pub(super) fn counters(series: usize) -> Box<dyn super::Family> {
    Box::new(Counters::new(series, render))
}

pub(super) fn histograms(series: usize) -> Box<dyn super::Family> {
    Box::new(Histograms::new(series, render))
}

pub(super) fn streamed_counters(series: usize) -> Box<dyn super::Family> {
    Box::new(Counters::new(series, stream))
}

pub(super) fn streamed_histograms(series: usize) -> Box<dyn super::Family> {
    Box::new(Histograms::new(series, stream))
}

impl Counters {
    fn new(series: usize, tell: Tell) -> Self {
        let registry = Registry::new();
        let family = Counter::builder("requests_total", "Requests.").labels(["tenant", "path"]);
        let family = family.max_series(series).register(&registry).expect("a new metric");
        Self { registry, tell, family }
    }
}

impl Histograms {
    fn new(series: usize, tell: Tell) -> Self {
        let registry = Registry::new();
        let family = Histogram::builder("request_seconds", "Seconds.").labels(["tenant", "path"]);
        let family = family.max_series(series).buckets(BOUNDS).register(&registry).expect("a new metric");
        Self { registry, tell, family }
    }
}

impl super::Family for Counters {
    fn write(&self, tenant: &str, path: &str) {
        self.family.with([tenant, path]).inc();
    }

    fn render(&self) -> usize {
        (self.tell)(&self.registry)
    }
}

impl super::Family for Histograms {
    fn write(&self, tenant: &str, path: &str) {
        self.family.with([tenant, path]).observe(OBSERVED);
    }

    fn render(&self) -> usize {
        (self.tell)(&self.registry)
    }
}

/// All of it as one text.
fn render(registry: &Registry) -> usize {
    registry.render().len()
}

/// All of it as the handler sends it: each piece is thrown away as soon as it was made.
fn stream(registry: &Registry) -> usize {
    let scrape = Scrape::of([registry]);
    let response = wait(&mut pin!(scrape.respond(http::Request::new(()))));
    let (mut body, mut length) = (pin!(response.into_body()), 0);
    while let Some(bytes) = next(body.as_mut()) {
        length += bytes;
    }
    length
}

/// The length of the next piece.
fn next(mut body: Pin<&mut Body>) -> Option<usize> {
    loop {
        if let Poll::Ready(frame) = body.as_mut().poll_frame(&mut Context::from_waker(Waker::noop())) {
            return Some(frame?.expect("nothing breaks off").data_ref().map_or(0, bytes::Bytes::len));
        }
    }
}

/// Nothing in it waits for anybody else.
fn wait<F: Future>(future: &mut Pin<&mut F>) -> F::Output {
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}
