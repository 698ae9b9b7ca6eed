//! The only place that names atomics, locks, cells and thread-locals: a model checker is switched in here.

pub(crate) use once_cell::sync::OnceCell;
pub(crate) use std::cell::{Cell, RefCell};
pub(crate) use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
pub(crate) use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
pub(crate) use std::thread_local;

/// The words of a chunk; a model checker takes fewer.
pub(crate) const CHUNK_WORDS: usize = 128;

/// How often a reader tries again before it takes a writer for suspended; a model checker tries less.
pub(crate) const READ_TRIES: u32 = 2_000;

/// What a reader does between two tries.
pub(crate) fn pause() {
    std::hint::spin_loop();
}

/// Locks, poisoned or not: an instrument never takes its host down because another thread panicked, and every
/// critical section here leaves its data whole at each step.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Locks for reading, poisoned or not.
pub(crate) fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

/// Locks for writing, poisoned or not.
pub(crate) fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
