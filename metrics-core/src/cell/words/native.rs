//! The words of a native histogram: where its thread finds the pages that it writes.
//!
//! Nothing is counted here, so there is nothing to fold. A page has words of its own, those of a
//! [`distribution`](super::distribution). The base holds the number of what all threads share, and the era: whenever the
//! series gets another resolution, a new one begins, and every thread learns it before its next write.

use crate::cell::{Block, Layout, SeriesId};
use crate::native::key;
use crate::native::page::{Grid, Head, Name};
use crate::sync::Ordering::{Acquire, Relaxed, Release};

/// Where the base block, which has no tag, holds the number of what the threads share, plus one.
const SHARED: usize = 0;
/// The era, in the base and as the thread knows it.
const ERA: usize = 1;
/// How many steps the schema is coarser than the finest, and the zero threshold.
const COARSER: usize = 2;
const ZERO: usize = 3;
/// The bits of the least magnitude that is a usual one, and how many more bits are.
const LEAST: usize = 4;
const USUAL: usize = 5;
/// The ids of pages, each at the place of its number modulo the number of places.
const FIRST: usize = 6;
const PLACES: usize = crate::sync::KNOWN_PAGES;

pub(crate) const LAYOUT: Layout = Layout { words: FIRST + PLACES, fold: |_, _, _| {} };

/// The number of what the threads share.
pub(crate) fn shared(base: Block) -> Option<usize> {
    (base.load(SHARED, Relaxed) as usize).checked_sub(1)
}

/// Begins a series. For the holder of the lock.
pub(crate) fn set_shared(base: Block, number: usize) {
    base.store(SHARED, number as u64 + 1, Relaxed);
}

/// Begins an era. For the holder of the lock.
pub(crate) fn set_era(base: Block, era: u64) {
    base.store(ERA, era, Release);
}

/// The page that takes `value`, as far as this thread knows it, and the place of its bucket there; none if the thread does
/// not know the era, or the value is a rare one.
#[inline]
pub(crate) fn find(own: Block, base: Block, value: f64) -> Option<(SeriesId, Name, usize)> {
    if own.load(ERA, Relaxed) != base.load(ERA, Acquire) {
        return None;
    }
    let magnitude = value.abs();
    // One comparison for most values: what is not usual is small, infinite, or no number.
    let is_usual = magnitude.to_bits().wrapping_sub(own.load(LEAST, Relaxed)) < own.load(USUAL, Relaxed);
    let (name, bucket) = if is_usual {
        Name::usual(value, own.load(COARSER, Relaxed) as u32)
    } else if magnitude <= own.load_f64(ZERO, Relaxed) {
        (Name::ZERO, 0)
    } else {
        return None;
    };
    Some((SeriesId::from_bits(own.load(place(name), Relaxed)), name, bucket))
}

/// Keeps what the thread has to know of an era.
pub(crate) fn learn(own: Block, era: u64, grid: Grid) {
    if own.load(ERA, Relaxed) != era {
        own.store(COARSER, u64::from(key::coarser(grid.schema)), Relaxed);
        own.store(ZERO, grid.zero.to_bits(), Relaxed);
        let usual = grid.usual_bits();
        own.store(LEAST, usual.start, Relaxed);
        own.store(USUAL, usual.end - usual.start, Relaxed);
        for place in FIRST..FIRST + PLACES {
            own.store(place, SeriesId::NONE.to_bits(), Relaxed);
        }
        own.store(ERA, era, Relaxed);
    }
}

/// Keeps where a page is.
pub(crate) fn keep(own: Block, name: Name, page: SeriesId) {
    own.store(place(name), page.to_bits(), Relaxed);
}

/// Begins a page, whose base block has no tag either. For the holder of the lock.
pub(crate) fn set_head(base: Block, head: Head) {
    base.store(SHARED, head.to_bits(), Relaxed);
}

/// Which page it is that has this base.
#[inline]
pub(crate) fn head(base: Block) -> Head {
    Head::from_bits(base.load(SHARED, Relaxed))
}

#[inline]
fn place(name: Name) -> usize {
    FIRST + name.spread() % PLACES
}
