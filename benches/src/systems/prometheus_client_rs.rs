//! prometheus-client (the official one).

use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family as ClientFamily;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::{Family, OBSERVED};
use crate::inputs::BOUNDS;
use crate::labels::Open;

struct Counters {
    registry: Registry,
    family: ClientFamily<Open, Counter>,
}

struct Histograms {
    registry: Registry,
    family: ClientFamily<Open, Histogram>,
}

pub(super) fn counters(_: usize) -> Box<dyn Family> {
    let mut registry = Registry::default();
    let family = ClientFamily::<Open, Counter>::default();
    registry.register("requests", "Requests", family.clone());
    Box::new(Counters { registry, family })
}

pub(super) fn histograms(_: usize) -> Box<dyn Family> {
    let mut registry = Registry::default();
    let family = ClientFamily::<Open, Histogram>::new_with_constructor(|| Histogram::new(BOUNDS));
    registry.register("request_seconds", "Seconds", family.clone());
    Box::new(Histograms { registry, family })
}

impl Family for Counters {
    fn write(&self, tenant: &str, path: &str) {
        self.family.get_or_create(&Open::new(tenant, path)).inc();
    }

    fn render(&self) -> usize {
        render(&self.registry)
    }
}

impl Family for Histograms {
    fn write(&self, tenant: &str, path: &str) {
        self.family.get_or_create(&Open::new(tenant, path)).observe(OBSERVED);
    }

    fn render(&self) -> usize {
        render(&self.registry)
    }
}

fn render(registry: &Registry) -> usize {
    let mut text = String::new();
    text::encode(&mut text, registry).expect("no errors in memory");
    text.len()
}
