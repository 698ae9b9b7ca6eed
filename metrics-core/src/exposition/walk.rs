//! Telling an exposition in steps, so that nobody waits until all of it was told.

use super::faults::{self, BY_FAMILY};
use super::{Block, Exposition, Source};
use crate::collected::Collected;
use crate::collector::Registered;
use crate::descriptor::{Descriptor, Type};
use crate::filter::Filter;
use crate::sample::{Sink, Value};
use crate::sync::Arc;
use crate::telling::Telling;

/// How far an exposition has been told: all samples, sorted by name, and then what the families could not take.
pub(crate) struct Walk {
    blocks: Vec<Block>,
    collectors: Vec<Arc<Registered>>,
    filter: Filter,
    left_out: u64,
    next: Next,
}

/// What comes next.
enum Next {
    /// The family at this place.
    Family(usize),
    /// More series of it.
    Series(usize, Series),
    /// What the family could not take, as this one of [`BY_FAMILY`] counts it.
    Fault(usize, usize),
    Collectors,
    Rarities,
    Nothing,
}

/// The series of one family that were not told yet.
enum Series {
    Told(Telling),
    Collected(Collected),
}

impl Walk {
    pub(crate) fn of(exposition: Exposition) -> Self {
        let Exposition { blocks, collectors, filter, left_out, .. } = exposition;
        // What is told of the target goes first (O-62).
        let is_target =
            |block: &Block| block.descriptor.kind == Type::Info && block.descriptor.name == "target";
        let (mut first, rest): (Vec<_>, Vec<_>) = blocks.into_values().partition(is_target);
        first.extend(rest);
        Self { blocks: first, collectors, filter, left_out, next: Next::Family(0) }
    }

    /// Where nothing is recorded, there is nothing to tell.
    pub(crate) fn nothing() -> Self {
        Self { next: Next::Nothing, ..Self::of(Exposition::of(&[], Filter::default())) }
    }

    /// Tells a few series or one word about a family; false once everything was told.
    pub(crate) fn step(&mut self, sink: &mut dyn Sink) -> bool {
        self.next = match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Family(at) => self.family(at, sink),
            Next::Series(at, series) => self.series(at, series, sink),
            Next::Fault(count, at) => self.fault(count, at, sink),
            Next::Collectors => self.collectors(sink),
            Next::Rarities => self.rarities(sink),
            Next::Nothing => return false,
        };
        true
    }

    fn family(&mut self, at: usize, sink: &mut dyn Sink) -> Next {
        let Some(block) = self.blocks.get_mut(at) else { return Next::Fault(0, 0) };
        if !self.filter.wants(&block.descriptor) {
            return Next::Family(at + 1);
        }
        sink.family(&block.descriptor);
        let series = match &mut block.source {
            Source::Families(families) => Series::Told(Telling::of(families)),
            Source::Collectors(collected) => Series::Collected(collected.take()),
        };
        Next::Series(at, series)
    }

    fn series(&self, at: usize, mut series: Series, sink: &mut dyn Sink) -> Next {
        let descriptor: &Descriptor = &self.blocks[at].descriptor;
        let more = match &mut series {
            Series::Told(telling) => telling.tell(descriptor, sink),
            Series::Collected(collected) => collected.tell_next(sink),
        };
        if more { Next::Series(at, series) } else { Next::Family(at + 1) }
    }

    fn fault(&self, number: usize, at: usize, sink: &mut dyn Sink) -> Next {
        let Some(count) = BY_FAMILY.get(number) else { return Next::Collectors };
        if !self.filter.wants(&count.descriptor) {
            return Next::Fault(number + 1, 0);
        }
        if at == 0 {
            sink.family(&count.descriptor);
        }
        let Some(block) = self.blocks.get(at) else { return Next::Fault(number + 1, 0) };
        count.tell(block, sink);
        Next::Fault(number, at + 1)
    }

    fn collectors(&self, sink: &mut dyn Sink) -> Next {
        if self.filter.wants(&faults::COLLECTOR_FAILURES) {
            faults::tell_collectors(&self.collectors, sink);
        }
        Next::Rarities
    }

    /// They are told once they have happened.
    fn rarities(&self, sink: &mut dyn Sink) -> Next {
        for (descriptor, count) in faults::rarities(self.left_out) {
            if count > 0 && self.filter.wants(&descriptor) {
                sink.family(&descriptor);
                sink.number("", Value::Whole(count));
            }
        }
        Next::Nothing
    }
}
