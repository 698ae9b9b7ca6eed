//! What one or several registries tell together.
//!
//! Families of one name are told as one if they describe the same and their series differ. What can't be told beside
//! the rest, a family that differs, a sample name that is taken or a series that is there already, is left out: the
//! registry that was named first wins.

use std::collections::{BTreeMap, BTreeSet};

use crate::descriptor::{DEFAULT_MAX_SERIES, Descriptor, Place, Type};
use crate::family::Family;
use crate::name::OWN_PREFIX;
use crate::reentrant;
use crate::registry::{Member, Registry};
use crate::sample::{Sink, Value};
use crate::sync::Arc;
use crate::telling::Telling;

/// Families by name, each with the families of that name.
pub(crate) struct Exposition {
    blocks: BTreeMap<&'static str, Block>,
    left_out: u64,
}

struct Block {
    descriptor: Descriptor,
    families: Vec<Arc<Family>>,
}

impl Exposition {
    /// What the registries tell, the first one first.
    pub(crate) fn of(registries: &[&Registry]) -> Self {
        let mut all = Self { blocks: BTreeMap::new(), left_out: 0 };
        let mut taken = BTreeSet::new();
        for member in registries.iter().flat_map(|registry| registry.members()) {
            all.admit(member, &mut taken);
        }
        all
    }

    fn admit(&mut self, Member { descriptor, family }: Member, taken: &mut BTreeSet<String>) {
        if let Some(block) = self.blocks.get_mut(descriptor.name) {
            if block.descriptor.same_family(&descriptor) {
                // One registry named twice, or one metric in both, is no second metric.
                if !block.families.iter().any(|there| Arc::ptr_eq(there, &family)) {
                    block.families.push(family);
                }
            } else {
                self.left_out += 1;
            }
            return;
        }
        let names = descriptor.taken_names();
        if names.iter().any(|name| taken.contains(name)) {
            self.left_out += 1;
            return;
        }
        taken.extend(names);
        self.blocks.insert(descriptor.name, Block { descriptor, families: vec![family] });
    }

    /// Tells all samples, sorted by name, and then what the families could not take.
    pub(crate) fn tell(&self, sink: &mut dyn Sink) {
        for block in self.blocks.values() {
            sink.family(&block.descriptor);
            let mut telling = Telling::of(&block.families);
            while telling.tell(&block.descriptor, sink) {}
        }
        self.tell_faults(sink);
    }

    /// The two counters exist at 0 where they can be expected to grow: an alert can't see what is absent.
    fn tell_faults(&self, sink: &mut dyn Sink) {
        let theirs = || self.blocks.values().filter(|block| !block.descriptor.name.starts_with(OWN_PREFIX));
        sink.family(&DROPPED);
        for block in theirs() {
            let expected = block.families.iter().any(|family| family.may_drop());
            let dropped = block.families.iter().map(|family| family.faults.dropped()).sum();
            tell_fault(&block.descriptor, dropped, expected, sink);
        }
        sink.family(&OVERFLOW);
        for block in theirs() {
            let overflowed = block.families.iter().map(|family| family.faults.overflowed()).sum();
            tell_fault(&block.descriptor, overflowed, block.descriptor.is_open(), sink);
        }
        tell_rarity(&REENTRANT, reentrant::dropped(), sink);
        tell_rarity(&LEFT_OUT, self.left_out, sink);
    }
}

const DROPPED: Descriptor = own(
    "metrics_core_dropped_observations_total",
    "Values that were dropped: NaN, a step of a counter that is negative or not finite, a callback that panicked.",
    Type::Counter,
    &["metric"],
);

const OVERFLOW: Descriptor = own(
    "metrics_core_overflow_total",
    "Look-ups of a series beyond the family's ceiling: they went to the overflow series, those of gauges nowhere.",
    Type::Counter,
    &["metric"],
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

/// What most programs never see is told once it has happened.
fn tell_rarity(descriptor: &Descriptor, count: u64, sink: &mut dyn Sink) {
    if count > 0 {
        sink.family(descriptor);
        sink.number("", Value::Whole(count));
    }
}

fn tell_fault(descriptor: &Descriptor, count: u64, expected: bool, sink: &mut dyn Sink) {
    if expected || count > 0 {
        // A metric's name needs no escaping.
        sink.number(&format!("metric=\"{}\"", descriptor.name), Value::Whole(count));
    }
}
