//! What one or several registries tell together.
//!
//! Families of one name are told as one if they describe the same and their series differ. What can't be told beside
//! the rest, a family that differs, a sample name that is taken or a series that is there already, is left out: the
//! registry that was named first wins.

pub(crate) mod faults;
pub(crate) mod walk;

use std::collections::{BTreeMap, BTreeSet};

use crate::collected::Collected;
use crate::collection::Mistakes;
use crate::collector::{self, Registered};
use crate::descriptor::Descriptor;
use crate::family::Family;
use crate::filter::Filter;
use crate::registry::{Member, Registry};
use crate::sync::Arc;

/// Families by name, each with the families of that name.
pub(crate) struct Exposition {
    blocks: BTreeMap<&'static str, Block>,
    /// The sample names of all blocks.
    taken: BTreeSet<String>,
    collectors: Vec<Arc<Registered>>,
    filter: Filter,
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
    /// What the registries tell, the first one first, and then what their collectors do; of that, what the filter asks
    /// for.
    pub(crate) fn of(registries: &[&Registry], filter: Filter) -> Self {
        let (blocks, taken, collectors) = Default::default();
        let mut all = Self { blocks, taken, collectors, filter, left_out: 0 };
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

    /// Asks the collectors of a registry that were not asked yet, and may have something that the filter asks for.
    fn collect(&mut self, registry: &Registry) {
        for collector in registry.collectors() {
            if self.collectors.iter().any(|asked| Arc::ptr_eq(asked, &collector)) {
                continue;
            }
            if collector.may_tell(registry.prefix(), |name| self.filter.may_want(name)) {
                self.ask(&collector, registry.prefix());
            }
            // Also where it was not asked: how often it failed is known.
            self.collectors.push(collector);
        }
    }

    fn ask(&mut self, collector: &Registered, prefix: &'static str) {
        let (families, mut mistakes) = collector.collect(prefix);
        // Where nothing was told, or all of it a mistake, there is nothing to describe.
        for family in families.into_values().filter(|family| !family.is_empty()) {
            self.admit_collected(family, &mut mistakes);
        }
        collector.settle(&mistakes);
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
}
