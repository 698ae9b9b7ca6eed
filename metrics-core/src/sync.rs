//! The only place that names atomics, locks, cells and thread-locals: a model checker is switched in here.

pub(crate) use once_cell::sync::OnceCell;
pub(crate) use std::cell::{Cell, RefCell};
pub(crate) use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
pub(crate) use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
pub(crate) use std::thread_local;

use std::ops::{Deref, DerefMut};

/// The words of a chunk; a model checker takes fewer.
pub(crate) const CHUNK_WORDS: usize = 128;

/// The slots of the smallest table for looking up, and the words of the smallest page of records.
pub(crate) const FIRST_SLOTS: usize = 32;
pub(crate) const FIRST_PAGE: usize = 1024;

/// The buckets of an octave, and the most octaves that one thread counts of a series by itself.
pub(crate) const OCTAVE_BUCKETS: usize = 256;
pub(crate) const OCTAVES: usize = 32;

/// The exponential buckets of a page, and the pages of a series that a thread finds by itself.
#[cfg(feature = "native")]
pub(crate) const PAGE_BUCKETS: usize = 8;
#[cfg(feature = "native")]
pub(crate) const KNOWN_PAGES: usize = 16;

/// So many words of zero.
///
/// The memory comes as zeros from the allocator, and turning its integers into words is nothing that a compiler does: a
/// large table costs no more than its first pages, until it is used.
pub(crate) fn zeros(count: usize) -> Box<[AtomicU64]> {
    vec![0_u64; count].into_iter().map(AtomicU64::new).collect()
}

/// A function that is `const`, but not for a model checker, which can make no word before the program runs.
macro_rules! const_fn {
    ($function:item) => {
        $function
    };
}
pub(crate) use const_fn;

/// How often a reader tries again before it takes a writer for suspended; a model checker tries less.
pub(crate) const READ_TRIES: u32 = 2_000;

/// What a reader does between two tries.
pub(crate) fn pause() {
    std::hint::spin_loop();
}

thread_local! {
    /// How many of our locks this thread holds.
    static HELD: Cell<u32> = const { Cell::new(0) };
}

/// Whether this thread holds one of our locks: then it is within our own code, and what wants another lock now, an
/// allocator that counts its allocations, must not get it.
pub(crate) fn is_holding() -> bool {
    HELD.get() > 0
}

/// A lock that is held, and known to be.
pub(crate) struct Held<G>(G);

/// What [`lock`] returns.
pub(crate) type Locked<'a, T> = Held<MutexGuard<'a, T>>;

impl<G> Held<G> {
    fn new(guard: G) -> Self {
        HELD.set(HELD.get() + 1);
        Self(guard)
    }
}

impl<G> Drop for Held<G> {
    fn drop(&mut self) {
        HELD.set(HELD.get() - 1);
    }
}

impl<G: Deref> Deref for Held<G> {
    type Target = G::Target;

    fn deref(&self) -> &G::Target {
        &self.0
    }
}

impl<G: DerefMut> DerefMut for Held<G> {
    fn deref_mut(&mut self) -> &mut G::Target {
        &mut self.0
    }
}

/// Locks, poisoned or not: an instrument never takes its host down because another thread panicked, and every
/// critical section here leaves its data whole at each step.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> Locked<'_, T> {
    Held::new(mutex.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Locks for reading, poisoned or not.
pub(crate) fn read<T>(lock: &RwLock<T>) -> Held<RwLockReadGuard<'_, T>> {
    Held::new(lock.read().unwrap_or_else(PoisonError::into_inner))
}

/// Locks for writing, poisoned or not.
pub(crate) fn write<T>(lock: &RwLock<T>) -> Held<RwLockWriteGuard<'_, T>> {
    Held::new(lock.write().unwrap_or_else(PoisonError::into_inner))
}
