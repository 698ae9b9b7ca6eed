//! metrics with metrics-exporter-prometheus.

use std::sync::OnceLock;

use metrics::{counter, histogram, with_local_recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

use super::{Family, OBSERVED};
use crate::inputs::BOUNDS;

/// Installs the recorder that the macros write to, once, with buckets for what is called seconds.
///
/// Its handle is to run the upkeep: without it, every observation is kept until the next scrape.
pub fn install() -> &'static PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| builder().install_recorder().expect("the only recorder"))
}

fn builder() -> PrometheusBuilder {
    let seconds = metrics_exporter_prometheus::Matcher::Suffix("_seconds".into());
    PrometheusBuilder::new().set_buckets_for_metric(seconds, &BOUNDS).expect("buckets")
}

struct Counters(PrometheusRecorder);

struct Histograms(PrometheusRecorder);

pub(super) fn counters(_: usize) -> Box<dyn Family> {
    Box::new(Counters(builder().build_recorder()))
}

pub(super) fn histograms(_: usize) -> Box<dyn Family> {
    Box::new(Histograms(builder().build_recorder()))
}

impl Family for Counters {
    fn write(&self, tenant: &str, path: &str) {
        with_local_recorder(&self.0, || {
            counter!("requests_total", "tenant" => tenant.to_owned(), "path" => path.to_owned()).increment(1);
        });
    }

    fn render(&self) -> usize {
        self.0.handle().render().len()
    }
}

impl Family for Histograms {
    fn write(&self, tenant: &str, path: &str) {
        with_local_recorder(&self.0, || {
            histogram!("request_seconds", "tenant" => tenant.to_owned(), "path" => path.to_owned())
                .record(OBSERVED);
        });
    }

    fn render(&self) -> usize {
        self.0.handle().render().len()
    }
}
