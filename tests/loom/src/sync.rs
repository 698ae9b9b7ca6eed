//! The model checker's atomics and locks, under the names that the runtime uses.

pub(crate) use loom::sync::atomic::{AtomicU64, Ordering};
pub(crate) use loom::sync::{Mutex, MutexGuard as Locked};
/// Counting references is not what is checked.
pub(crate) use std::sync::Arc;

/// Room for one small series: each word multiplies the work.
pub(crate) const CHUNK_WORDS: usize = 8;

/// A reader gives up soon, so that this way is checked too.
pub(crate) const READ_TRIES: u32 = 1;

/// Nothing: a yield would always let the writer finish, and the reader never give up.
pub(crate) fn pause() {}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> Locked<'_, T> {
    mutex.lock().unwrap()
}
