//! Families with two labels as each library makes and renders them, for the rows about scrapes.

mod foundations;
mod measured_rs;
pub mod metrics_rs;
pub mod opentelemetry;
mod ours;
mod prometheus_client_rs;
mod prometheus_rs;

use crate::harness::Role;
use crate::inputs;

/// A family of series with two labels, alone in its registry.
pub trait Family: Send + Sync {
    /// Writes to a series, and makes it if it is not there: adds one, or observes.
    fn write(&self, tenant: &str, path: &str);

    /// Renders everything, throws it away, and returns its length.
    fn render(&self) -> usize;
}

/// A library. Its families have room for as many series as they are made for.
pub struct System {
    pub name: &'static str,
    pub role: Role,
    pub counters: fn(usize) -> Box<dyn Family>,
    pub histograms: fn(usize) -> Box<dyn Family>,
}

/// All that are compared.
pub const SYSTEMS: [System; 8] = [
    System { name: "metrics-core", role: Role::Ours, counters: ours::counters, histograms: ours::histograms },
    System {
        name: "metrics-core, streamed",
        role: Role::Ours,
        counters: ours::streamed_counters,
        histograms: ours::streamed_histograms,
    },
    System {
        name: "measured",
        role: Role::Peer,
        counters: measured_rs::counters,
        histograms: measured_rs::histograms,
    },
    System {
        name: "prometheus-client",
        role: Role::Peer,
        counters: prometheus_client_rs::counters,
        histograms: prometheus_client_rs::histograms,
    },
    System {
        name: "prometheus",
        role: Role::Peer,
        counters: prometheus_rs::counters,
        histograms: prometheus_rs::histograms,
    },
    System {
        name: "metrics",
        role: Role::Peer,
        counters: metrics_rs::counters,
        histograms: metrics_rs::histograms,
    },
    System {
        name: "foundations",
        role: Role::Peer,
        counters: foundations::counters,
        histograms: foundations::histograms,
    },
    System {
        name: "opentelemetry",
        role: Role::Peer,
        counters: opentelemetry::counters,
        histograms: opentelemetry::histograms,
    },
];

/// What is observed by [`Family::write`] of a histogram.
pub const OBSERVED: f64 = 0.3;

/// Makes so many series, each written to once.
pub fn fill(family: &dyn Family, series: usize) {
    for number in 0..series {
        let (tenant, path) = inputs::labels(number);
        family.write(&tenant, &path);
    }
}
