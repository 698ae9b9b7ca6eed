//! measured, with labels that are interned when they are first seen.

use measured::metric::histogram::Thresholds;
use measured::text::BufferedTextEncoder;
use measured::{CounterVec, HistogramVec, MetricGroup};

use super::{Family, OBSERVED};
use crate::inputs::BOUNDS;
use crate::labels::{Dynamic, DynamicSet};

#[derive(MetricGroup)]
#[metric(new())]
struct Counters {
    /// Requests.
    requests_total: CounterVec<DynamicSet>,
}

#[derive(MetricGroup)]
#[metric(new())]
struct Histograms {
    /// Seconds.
    #[metric(metadata = Thresholds::with_buckets(BOUNDS))]
    request_seconds: HistogramVec<DynamicSet, 11>,
}

pub(super) fn counters(_: usize) -> Box<dyn Family> {
    Box::new(Counters::new())
}

pub(super) fn histograms(_: usize) -> Box<dyn Family> {
    Box::new(Histograms::new())
}

impl Family for Counters {
    fn write(&self, tenant: &str, path: &str) {
        self.requests_total.inc(Dynamic { tenant, path });
    }

    fn render(&self) -> usize {
        render(self)
    }
}

impl Family for Histograms {
    fn write(&self, tenant: &str, path: &str) {
        self.request_seconds.observe(Dynamic { tenant, path }, OBSERVED);
    }

    fn render(&self) -> usize {
        render(self)
    }
}

fn render(group: &impl MetricGroup<BufferedTextEncoder>) -> usize {
    let mut encoder = BufferedTextEncoder::new();
    group.collect_group_into(&mut encoder).unwrap_or_default();
    encoder.finish().len()
}
