//! The model checker's atomics and locks, under the names that the runtime uses.

pub(crate) use loom::sync::atomic::{AtomicU32, AtomicU64, Ordering};
pub(crate) use loom::sync::{Mutex, MutexGuard as Locked};
/// Counting references is not what is checked, nor is making a page or a table once.
pub(crate) use once_cell::sync::OnceCell;
pub(crate) use std::sync::Arc;

/// Room for one small series: each word multiplies the work.
pub(crate) const CHUNK_WORDS: usize = 8;

/// Room for a few series with one short label.
pub(crate) const FIRST_SLOTS: usize = 8;
pub(crate) const FIRST_PAGE: usize = 16;

/// Room for values of two octaves.
pub(crate) const OCTAVE_BUCKETS: usize = 2;
pub(crate) const OCTAVES: usize = 2;

/// Room for values of a few buckets.
pub(crate) const PAGE_BUCKETS: usize = 2;
pub(crate) const KNOWN_PAGES: usize = 2;

/// A reader gives up soon, so that this way is checked too.
pub(crate) const READ_TRIES: u32 = 1;

/// Nothing: a yield would always let the writer finish, and the reader never give up.
pub(crate) fn pause() {}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> Locked<'_, T> {
    mutex.lock().unwrap()
}

pub(crate) fn zeros(count: usize) -> Box<[AtomicU64]> {
    (0..count).map(|_| AtomicU64::new(0)).collect()
}

/// A function that is not `const` here: no word of the model checker's can be made before the program runs.
macro_rules! const_fn {
    ($(#[$attribute:meta])* $visibility:vis const fn $($rest:tt)*) => {
        $(#[$attribute])* $visibility fn $($rest)*
    };
}
pub(crate) use const_fn;
