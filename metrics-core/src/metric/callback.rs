//! Callbacks: numbers that are asked for at each scrape.

use std::panic;

use crate::cell::{self, Layout, SeriesId};
use crate::descriptor::Descriptor;
use crate::sample::{Kind, Sink, Value};

/// A function that is asked for a number at each scrape.
pub struct Callback(fn() -> f64);

impl Callback {
    /// `ask` is called from the thread that renders; it should be quick.
    pub const fn new(ask: fn() -> f64) -> Self {
        Self(ask)
    }

    /// The number now; none if the function panicked.
    pub(crate) fn ask(&self) -> Option<f64> {
        panic::catch_unwind(self.0).ok()
    }
}

impl Kind for Callback {
    fn layout(&self, _: &Descriptor) -> Layout {
        Layout { words: 1, fold: |_, _, _| {} }
    }

    fn may_drop(&self) -> bool {
        true
    }

    fn sums_up(&self) -> bool {
        false
    }

    /// A metric whose function panics is left out of the scrape and counted.
    fn tell(&self, id: SeriesId, _: &Descriptor, labels: &str, sink: &mut dyn Sink) {
        match self.ask() {
            Some(value) => sink.number(labels, Value::Real(value)),
            None => cell::drop_value(id),
        }
    }
}
