//! Callbacks: numbers that are asked for at each scrape.

use std::panic;

use crate::cell::{self, Layout, SeriesId};
use crate::descriptor::{Descriptor, Type};
use crate::sample::{Kind, Sink, Value};
use crate::sync::{Cell, thread_local};

thread_local! {
    /// Whether this thread is within such a function.
    static ASKING: Cell<bool> = const { Cell::new(false) };
}

/// A function that is asked for a number at each scrape.
pub struct Callback(fn() -> f64);

impl Callback {
    /// `ask` is called from the thread that renders; it should be quick.
    pub const fn new(ask: fn() -> f64) -> Self {
        Self(ask)
    }

    /// The number now; none if the function panicked.
    pub(crate) fn ask(&self) -> Option<f64> {
        ASKING.set(true);
        let number = panic::catch_unwind(self.0).ok();
        ASKING.set(false);
        number
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

    /// A metric whose function panics, or tells what its kind can't be (O-41), is left out of the scrape and counted.
    fn tell(&self, id: SeriesId, descriptor: &Descriptor, labels: &str, sink: &mut dyn Sink) {
        if ASKING.get() {
            // A function that scrapes would ask itself without end: such a scrape is one without callbacks.
            return;
        }
        let may_be = |value: &f64| descriptor.kind != Type::Counter || (value.is_finite() && *value >= 0.0);
        match self.ask().filter(may_be) {
            Some(value) => sink.number(labels, Value::Real(value)),
            None => cell::drop_value(id),
        }
    }
}
