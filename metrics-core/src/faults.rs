//! What a family could not take, counted: nothing is lost in silence.

use crate::sync::{AtomicU64, Ordering};

/// The two ways in which a write misses its series.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    overflowed: AtomicU64,
    dropped: AtomicU64,
}

impl Faults {
    /// A write met the ceiling of the family.
    pub(crate) fn overflow(&self) {
        self.overflowed.fetch_add(1, Ordering::Relaxed);
    }

    /// A value was not a possible one: `NaN`, or a negative step of a counter.
    pub(crate) fn drop_value(&self) {
        self.dropped.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn overflowed(&self) -> u64 {
        self.overflowed.load(Ordering::Relaxed)
    }

    pub(crate) fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }
}
