//! Writes from within our own code: of an allocator that counts its allocations with our metrics.

use crate::sync::{AtomicU64, Ordering, is_holding};

static DROPPED: AtomicU64 = AtomicU64::new(0);

/// The write needs a lock, and the thread holds one that may be the same: it is dropped and counted.
#[cold]
pub(crate) fn drop_write() {
    DROPPED.fetch_add(1, Ordering::Relaxed);
}

/// What somebody reads who need not know of that: nothing, from within our own code.
pub(crate) fn outside<T>(read: impl FnOnce() -> Option<T>) -> Option<T> {
    if is_holding() { None } else { read() }
}

pub(crate) fn dropped() -> u64 {
    DROPPED.load(Ordering::Relaxed)
}
