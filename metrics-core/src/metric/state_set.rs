//! State sets: which one of some states holds.

use crate::cell::{self, Layout, SeriesId};
use crate::descriptor::{Descriptor, Type};
use crate::reentrant;
use crate::sample::{Kind, Sink};
use crate::sync::Ordering::Relaxed;
use crate::sync::is_holding;

/// The base block has no tag; there it is the place of the state that holds.
const ACTIVE: usize = 0;

/// The one series of a state set.
#[derive(Clone, Copy)]
pub(crate) struct StateSetHandle {
    id: SeriesId,
}

impl StateSetHandle {
    pub(crate) fn new(id: SeriesId) -> Self {
        Self { id }
    }

    pub(crate) fn set(self, active: usize) {
        if is_holding() {
            return reentrant::drop_write();
        }
        cell::write_base(self.id, &|base| base.store(ACTIVE, active as u64, Relaxed));
    }

    pub(crate) fn get(self) -> usize {
        cell::base(self.id).map_or(0, |base| base.load(ACTIVE, Relaxed) as usize)
    }
}

/// State sets as a family sees them. Nobody adds to a state: it is in the base alone.
pub(crate) struct StateSetKind;

impl Kind for StateSetKind {
    fn layout(&self, _: &Descriptor) -> Layout {
        Layout { words: 1, fold: |_, _, _| {} }
    }

    fn sums_up(&self) -> bool {
        false
    }

    fn tell(&self, id: SeriesId, descriptor: &Descriptor, labels: &str, sink: &mut dyn Sink) {
        if let Type::StateSet(states) = descriptor.kind {
            sink.state(labels, states, StateSetHandle::new(id).get());
        }
    }
}
