//! Who keeps the id of a series, so that writing to it needs no look-up.

use std::collections::HashMap;

use crate::cell::SeriesId;
use crate::sync::{AtomicU64, Ordering};

/// A place in a static where the id of one certain series is kept.
///
/// The family resets it when it removes the series.
#[derive(Debug)]
pub struct Pin(AtomicU64);

impl Pin {
    /// A place that knows no series yet.
    pub const fn new() -> Self {
        Self(AtomicU64::new(SeriesId::UNKNOWN.to_bits()))
    }

    /// The series; [`SeriesId::UNKNOWN`] as long as nobody has looked it up.
    #[inline]
    pub(crate) fn id(&self) -> SeriesId {
        SeriesId::from_bits(self.0.load(Ordering::Relaxed))
    }

    pub(crate) fn set(&self, id: SeriesId) {
        self.0.store(id.to_bits(), Ordering::Relaxed);
    }
}

impl Default for Pin {
    fn default() -> Self {
        Self::new()
    }
}

/// The places where each series of a family is kept; most are kept nowhere.
#[derive(Default)]
pub(super) struct Pins(HashMap<u64, Vec<&'static Pin>>);

impl Pins {
    pub(super) fn set(&mut self, pin: &'static Pin, id: SeriesId) {
        pin.set(id);
        self.0.entry(id.to_bits()).or_default().push(pin);
    }

    /// Whoever has pinned the series looks it up again from now on.
    pub(super) fn reset(&mut self, id: SeriesId) {
        for pin in self.0.remove(&id.to_bits()).into_iter().flatten() {
            pin.set(SeriesId::UNKNOWN);
        }
    }
}
