//! opentelemetry with its SDK and opentelemetry-prometheus.

use opentelemetry::KeyValue;
use opentelemetry::metrics::{Counter, Histogram, MeterProvider};
use opentelemetry_sdk::metrics::{Aggregation, Instrument, SdkMeterProvider, Stream};
use prometheus::Registry;

use super::{Family, OBSERVED, prometheus_rs};
use crate::inputs::BOUNDS;

/// A meter whose instruments are exposed by a registry of its own.
pub struct Meter {
    pub meter: opentelemetry::metrics::Meter,
    registry: Registry,
    /// Instruments record nothing once it is gone.
    _provider: SdkMeterProvider,
}

impl Meter {
    /// With what is the default.
    pub fn new() -> Self {
        Self::with(|_| None)
    }

    /// With exponential histograms.
    pub fn exponential() -> Self {
        let aggregation =
            || Aggregation::Base2ExponentialHistogram { max_size: 160, max_scale: 20, record_min_max: true };
        Self::with(move |_| Stream::builder().with_aggregation(aggregation()).build().ok())
    }

    /// With room for so many series; the default is 2 000.
    fn with_room(series: usize) -> Self {
        Self::with(move |_| Stream::builder().with_cardinality_limit(series).build().ok())
    }

    fn with(view: impl Fn(&Instrument) -> Option<Stream> + Send + Sync + 'static) -> Self {
        let registry = Registry::new();
        let exporter = opentelemetry_prometheus::exporter().with_registry(registry.clone()).build();
        let provider = SdkMeterProvider::builder()
            .with_reader(exporter.expect("a new registry"))
            .with_view(view)
            .build();
        Self { meter: provider.meter("benches"), registry, _provider: provider }
    }
}

impl Default for Meter {
    fn default() -> Self {
        Self::new()
    }
}

struct Counters {
    meter: Meter,
    family: Counter<u64>,
}

struct Histograms {
    meter: Meter,
    family: Histogram<f64>,
}

pub(super) fn counters(series: usize) -> Box<dyn Family> {
    let meter = Meter::with_room(series);
    let family = meter.meter.u64_counter("requests").with_description("Requests.").build();
    Box::new(Counters { meter, family })
}

pub(super) fn histograms(series: usize) -> Box<dyn Family> {
    let meter = Meter::with_room(series);
    let family = meter.meter.f64_histogram("request_seconds").with_description("Seconds.");
    let family = family.with_boundaries(BOUNDS.into()).build();
    Box::new(Histograms { meter, family })
}

impl Family for Counters {
    fn write(&self, tenant: &str, path: &str) {
        self.family.add(1, &labels(tenant, path));
    }

    fn render(&self) -> usize {
        prometheus_rs::render(&self.meter.registry)
    }
}

impl Family for Histograms {
    fn write(&self, tenant: &str, path: &str) {
        self.family.record(OBSERVED, &labels(tenant, path));
    }

    fn render(&self) -> usize {
        prometheus_rs::render(&self.meter.registry)
    }
}

fn labels(tenant: &str, path: &str) -> [KeyValue; 2] {
    [KeyValue::new("tenant", tenant.to_owned()), KeyValue::new("path", path.to_owned())]
}
