//! metrics-core, registered at run time.

use metrics_core::{Counter, CounterHandle, Family, Histogram, HistogramHandle, Registry};

use super::OBSERVED;
use crate::inputs::BOUNDS;

struct Counters {
    registry: Registry,
    family: Family<CounterHandle, 2>,
}

struct Histograms {
    registry: Registry,
    family: Family<HistogramHandle, 2>,
}

pub(super) fn counters(series: usize) -> Box<dyn super::Family> {
    let registry = Registry::new();
    let family =
        Counter::builder("requests_total", "Requests.").labels(["tenant", "path"]).max_series(series);
    let family = family.register(&registry).expect("a new metric");
    Box::new(Counters { registry, family })
}

pub(super) fn histograms(series: usize) -> Box<dyn super::Family> {
    let registry = Registry::new();
    let family =
        Histogram::builder("request_seconds", "Seconds.").labels(["tenant", "path"]).max_series(series);
    let family = family.buckets(BOUNDS).register(&registry).expect("a new metric");
    Box::new(Histograms { registry, family })
}

impl super::Family for Counters {
    fn write(&self, tenant: &str, path: &str) {
        self.family.with([tenant, path]).inc();
    }

    fn render(&self) -> usize {
        render(&self.registry)
    }
}

impl super::Family for Histograms {
    fn write(&self, tenant: &str, path: &str) {
        self.family.with([tenant, path]).observe(OBSERVED);
    }

    fn render(&self) -> usize {
        render(&self.registry)
    }
}

/// All of it as one text.
fn render(registry: &Registry) -> usize {
    registry.render().len()
}
