//! Infos: facts about the program, told by labels.

use crate::cell::{Layout, SeriesId};
use crate::descriptor::Descriptor;
use crate::sample::{Kind, Sink, Value};

/// Infos as a family sees them. A series is there or not; it needs no words but the tag.
pub(crate) struct InfoKind;

impl Kind for InfoKind {
    fn layout(&self, _: &Descriptor) -> Layout {
        Layout { words: 1, fold: |_, _, _| {} }
    }

    fn sums_up(&self) -> bool {
        false
    }

    fn tell(&self, _: SeriesId, _: &Descriptor, labels: &str, sink: &mut dyn Sink) {
        sink.number(labels, Value::Whole(1));
    }
}
