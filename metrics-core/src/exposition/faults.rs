//! What families could not take, told at the end of a scrape.
//!
//! A count exists at 0 where it can be expected to grow: an alert can't see what is absent.

use std::collections::BTreeMap;

use super::{Block, Source};
use crate::collector::Registered;
use crate::descriptor::{DEFAULT_MAX_SERIES, Descriptor, Place, Type};
use crate::encode::escape;
use crate::exemplars;
use crate::family::Family;
use crate::name::OWN_PREFIX;
use crate::reentrant;
use crate::sample::{Sink, Value};
use crate::sync::Arc;

/// A count for each family.
pub(super) struct Count {
    pub(super) descriptor: Descriptor,
    /// How many, and whether there could be some.
    of: fn(&Descriptor, &[Arc<Family>]) -> (u64, bool),
}

/// In the order in which they are told.
pub(super) const BY_FAMILY: [Count; 2] = [
    Count {
        descriptor: own(
            "metrics_core_dropped_observations_total",
            "Values that were dropped: NaN, a step of a counter that is negative or not finite, a callback that panicked.",
            Type::Counter,
            &["metric"],
        ),
        of: dropped,
    },
    Count {
        descriptor: own(
            "metrics_core_overflow_total",
            "Look-ups of a series beyond the family's ceiling: they went to the overflow series, those of gauges nowhere.",
            Type::Counter,
            &["metric"],
        ),
        of: overflowed,
    },
];

pub(super) const COLLECTOR_FAILURES: Descriptor = own(
    "metrics_core_collector_failures_total",
    "Samples of collectors that could not be exposed, and collectors that returned an error or panicked.",
    Type::Counter,
    &["collector"],
);

const EXEMPLARS: Descriptor = own(
    "metrics_core_dropped_exemplars_total",
    "Exemplars that were dropped: their labels are too long, or no labels.",
    Type::Counter,
    &[],
);

const LEFT_OUT: Descriptor = own(
    "metrics_core_left_out_families",
    "Metrics of one of the scraped registries that have the name of another one's, but are not the same.",
    Type::Gauge,
    &[],
);

const REENTRANT: Descriptor = own(
    "metrics_core_reentrant_writes_total",
    "Writes that were dropped because they came from within the library, from an allocator that counts.",
    Type::Counter,
    &[],
);

impl Count {
    /// Tells it for one family.
    pub(super) fn tell(&self, block: &Block, sink: &mut dyn Sink) {
        // What collectors hand over is counted by collector.
        let Source::Families(families) = &block.source else { return };
        if block.descriptor.name.starts_with(OWN_PREFIX) {
            return;
        }
        let (count, expected) = (self.of)(&block.descriptor, families);
        if expected || count > 0 {
            // A metric's name needs no escaping.
            sink.number(&format!("metric=\"{}\"", block.descriptor.name), Value::Whole(count));
        }
    }
}

/// What most programs never see, with how often it has happened.
pub(super) fn rarities(left_out: u64) -> [(Descriptor, u64); 3] {
    [(EXEMPLARS, exemplars::dropped()), (REENTRANT, reentrant::dropped()), (LEFT_OUT, left_out)]
}

fn dropped(_: &Descriptor, families: &[Arc<Family>]) -> (u64, bool) {
    let expected = families.iter().any(|family| family.may_drop());
    (families.iter().map(|family| family.faults.dropped()).sum(), expected)
}

fn overflowed(descriptor: &Descriptor, families: &[Arc<Family>]) -> (u64, bool) {
    let count = families.iter().map(|family| family.faults.overflowed()).sum();
    (count, descriptor.is_open())
}

/// Tells how often collectors failed; those of one name, in several registries, together.
pub(super) fn tell_collectors(collectors: &[Arc<Registered>], sink: &mut dyn Sink) {
    let mut failures = BTreeMap::<&str, u64>::new();
    for collector in collectors {
        *failures.entry(&collector.name).or_default() += collector.failures();
    }
    if !failures.is_empty() {
        sink.family(&COLLECTOR_FAILURES);
    }
    for (collector, count) in failures {
        let mut labels = "collector=\"".to_owned();
        escape::label_value(&mut labels, collector);
        labels.push('"');
        sink.number(&labels, Value::Whole(count));
    }
}

const fn own(
    name: &'static str,
    help: &'static str,
    kind: Type,
    labels: &'static [&'static str],
) -> Descriptor {
    Descriptor {
        name,
        help,
        kind,
        unit: "",
        labels,
        values: &[],
        foreseen: false,
        max_series: DEFAULT_MAX_SERIES,
        place: Place::UNKNOWN,
    }
}
