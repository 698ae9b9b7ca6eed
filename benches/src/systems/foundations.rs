//! foundations-metrics.

use foundations_metrics::{
    Counter, EncodeMetric, Family as FoundationsFamily, Histogram, HistogramBuilder, NamedMetric,
    encode_to_text,
};

use super::{Family, OBSERVED};
use crate::inputs::BOUNDS;
use crate::labels::Open;

type CounterFamily = FoundationsFamily<Open, Counter>;
type HistogramFamily = FoundationsFamily<Open, Histogram, HistogramBuilder>;

/// Its registry is one for the process and forgets nothing, so the metric is encoded as the registry would do it.
struct Counters {
    family: CounterFamily,
    named: NamedMetric<CounterFamily>,
}

struct Histograms {
    family: HistogramFamily,
    named: NamedMetric<HistogramFamily>,
}

pub(super) fn counters(_: usize) -> Box<dyn Family> {
    let family = CounterFamily::default();
    let named = NamedMetric::new("requests_total", "Requests.", family.clone());
    Box::new(Counters { family, named })
}

pub(super) fn histograms(_: usize) -> Box<dyn Family> {
    let family = HistogramFamily::new_with_constructor(HistogramBuilder { buckets: &BOUNDS });
    let named = NamedMetric::new("request_seconds", "Seconds.", family.clone());
    Box::new(Histograms { family, named })
}

impl Family for Counters {
    fn write(&self, tenant: &str, path: &str) {
        self.family.get_or_create(&Open::new(tenant, path)).inc();
    }

    fn render(&self) -> usize {
        encode_to_text(&self.named.encode()).len()
    }
}

impl Family for Histograms {
    fn write(&self, tenant: &str, path: &str) {
        self.family.get_or_create(&Open::new(tenant, path)).observe(OBSERVED);
    }

    fn render(&self) -> usize {
        encode_to_text(&self.named.encode()).len()
    }
}
