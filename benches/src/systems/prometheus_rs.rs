//! prometheus (rust-prometheus).

use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, TextEncoder};

use super::{Family, OBSERVED};
use crate::inputs::BOUNDS;

struct Counters {
    registry: Registry,
    family: IntCounterVec,
}

struct Histograms {
    registry: Registry,
    family: HistogramVec,
}

pub(super) fn counters(_: usize) -> Box<dyn Family> {
    let registry = Registry::new();
    let family =
        IntCounterVec::new(Opts::new("requests_total", "Requests."), &["tenant", "path"]).expect("names");
    registry.register(Box::new(family.clone())).expect("a new metric");
    Box::new(Counters { registry, family })
}

pub(super) fn histograms(_: usize) -> Box<dyn Family> {
    let registry = Registry::new();
    let options = HistogramOpts::new("request_seconds", "Seconds.").buckets(BOUNDS.into());
    let family = HistogramVec::new(options, &["tenant", "path"]).expect("names");
    registry.register(Box::new(family.clone())).expect("a new metric");
    Box::new(Histograms { registry, family })
}

impl Family for Counters {
    fn write(&self, tenant: &str, path: &str) {
        self.family.with_label_values(&[tenant, path]).inc();
    }

    fn render(&self) -> usize {
        render(&self.registry)
    }
}

impl Family for Histograms {
    fn write(&self, tenant: &str, path: &str) {
        self.family.with_label_values(&[tenant, path]).observe(OBSERVED);
    }

    fn render(&self) -> usize {
        render(&self.registry)
    }
}

/// Also what `opentelemetry-prometheus` is rendered by.
pub(super) fn render(registry: &Registry) -> usize {
    TextEncoder::new().encode_to_string(&registry.gather()).expect("no errors in memory").len()
}
