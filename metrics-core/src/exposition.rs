//! What one or several registries tell together.
//!
//! Families of one name are told as one if they describe the same and their series differ. What can't be told beside
//! the rest, a family that differs, a sample name that is taken or a series that is there already, is left out: the
//! registry that was named first wins.

use std::collections::{BTreeMap, BTreeSet};

use crate::collected::Collected;
use crate::collection::Mistakes;
use crate::collector::{self, Registered};
use crate::descriptor::{DEFAULT_MAX_SERIES, Descriptor, Place, Type};
use crate::encode::escape;
use crate::exemplars;
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
    /// The sample names of all blocks.
    taken: BTreeSet<String>,
    collectors: Vec<Arc<Registered>>,
    left_out: u64,
}

struct Block {
    descriptor: Descriptor,
    source: Source,
}

/// Where the series of a block come from.
enum Source {
    Families(Vec<Arc<Family>>),
    Collectors(Collected),
}

impl Exposition {
    /// What the registries tell, the first one first, and then what their collectors do.
    pub(crate) fn of(registries: &[&Registry]) -> Self {
        let mut all =
            Self { blocks: BTreeMap::new(), taken: BTreeSet::new(), collectors: Vec::new(), left_out: 0 };
        for member in registries.iter().flat_map(|registry| registry.members()) {
            all.admit(member);
        }
        if !collector::is_running() {
            for registry in registries {
                all.collect(registry);
            }
        }
        all
    }

    fn admit(&mut self, Member { descriptor, family }: Member) {
        match self.blocks.get_mut(descriptor.name) {
            Some(Block { descriptor: there, source: Source::Families(families) })
                if there.same_family(&descriptor) =>
            {
                // One registry named twice, or one metric in both, is no second metric.
                if !families.iter().any(|there| Arc::ptr_eq(there, &family)) {
                    families.push(family);
                }
            }
            Some(_) => self.left_out += 1,
            None => {
                let source = Source::Families(vec![family]);
                if self.insert(Block { descriptor, source }).is_err() {
                    self.left_out += 1;
                }
            }
        }
    }

    /// Asks the collectors of a registry that were not asked yet.
    fn collect(&mut self, registry: &Registry) {
        for collector in registry.collectors() {
            if self.collectors.iter().any(|asked| Arc::ptr_eq(asked, &collector)) {
                continue;
            }
            let (families, mut mistakes) = collector.collect(registry.prefix());
            // Where nothing was told, or all of it a mistake, there is nothing to describe.
            for family in families.into_values().filter(|family| !family.is_empty()) {
                self.admit_collected(family, &mut mistakes);
            }
            collector.settle(&mistakes);
            self.collectors.push(collector);
        }
    }

    fn admit_collected(&mut self, family: Collected, mistakes: &mut Mistakes) {
        let descriptor = family.descriptor;
        let name = descriptor.name;
        match self.blocks.get_mut(name) {
            Some(Block { descriptor: there, source: Source::Collectors(told) })
                if there.same_family(&descriptor) =>
            {
                for labels in told.append(family) {
                    mistakes.add(format!("`{name}{{{labels}}}` is told by another collector"));
                }
            }
            Some(_) => mistakes.add(format!("`{name}` is the name of another metric")),
            None => {
                if let Err(taken) = self.insert(Block { descriptor, source: Source::Collectors(family) }) {
                    mistakes.add(format!("`{name}`: its sample `{taken}` is a name of another metric"));
                }
            }
        }
    }

    /// Puts a block where no other is; else says which of its sample names is another's.
    fn insert(&mut self, block: Block) -> Result<(), String> {
        let names = block.descriptor.taken_names();
        if let Some(taken) = names.iter().find(|name| self.taken.contains(*name)) {
            return Err(taken.clone());
        }
        self.taken.extend(names);
        self.blocks.insert(block.descriptor.name, block);
        Ok(())
    }

    /// Tells all samples, sorted by name, and then what the families could not take.
    pub(crate) fn tell(&self, sink: &mut dyn Sink) {
        // What is told of the target goes first (O-62).
        let is_target =
            |block: &&Block| block.descriptor.kind == Type::Info && block.descriptor.name == "target";
        let first = self.blocks.values().filter(is_target);
        let rest = self.blocks.values().filter(|block| !is_target(block));
        for Block { descriptor, source } in first.chain(rest) {
            sink.family(descriptor);
            match source {
                Source::Families(families) => {
                    let mut telling = Telling::of(families);
                    while telling.tell(descriptor, sink) {}
                }
                Source::Collectors(told) => told.tell(sink),
            }
        }
        self.tell_faults(sink);
    }

    /// The two counters exist at 0 where they can be expected to grow: an alert can't see what is absent.
    fn tell_faults(&self, sink: &mut dyn Sink) {
        let theirs = || self.families().filter(|(descriptor, _)| !descriptor.name.starts_with(OWN_PREFIX));
        sink.family(&DROPPED);
        for (descriptor, families) in theirs() {
            let expected = families.iter().any(|family| family.may_drop());
            let dropped = families.iter().map(|family| family.faults.dropped()).sum();
            tell_fault(descriptor, dropped, expected, sink);
        }
        sink.family(&OVERFLOW);
        for (descriptor, families) in theirs() {
            let overflowed = families.iter().map(|family| family.faults.overflowed()).sum();
            tell_fault(descriptor, overflowed, descriptor.is_open(), sink);
        }
        self.tell_collectors(sink);
        tell_rarity(&EXEMPLARS, exemplars::dropped(), sink);
        tell_rarity(&REENTRANT, reentrant::dropped(), sink);
        tell_rarity(&LEFT_OUT, self.left_out, sink);
    }

    fn families(&self) -> impl Iterator<Item = (&Descriptor, &[Arc<Family>])> {
        self.blocks.values().filter_map(|Block { descriptor, source }| match source {
            Source::Families(families) => Some((descriptor, &families[..])),
            Source::Collectors(_) => None,
        })
    }

    /// Collectors of one name, in several registries, are told as one.
    fn tell_collectors(&self, sink: &mut dyn Sink) {
        let mut failures = BTreeMap::<&str, u64>::new();
        for collector in &self.collectors {
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

const COLLECTOR_FAILURES: Descriptor = own(
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
