//! Finding what belongs to some label values without a lock.
//!
//! A table of hashes leads to records of label values. What is found is right, and what is not found is looked for again
//! under the lock: a reader that misses something, because the table was just being changed, loses some time and nothing
//! else.

use super::key::Key;
use super::records::{Free, Records};
use super::slots::{Moved, Slots};
use crate::sync::const_fn;

/// What readers see: for each combination of values some words, of which the first is a tag that is never used twice.
pub(crate) struct Lookup<const HEAD: usize> {
    slots: Slots,
    records: Records<HEAD>,
}

/// What only the holder of the write lock knows.
#[derive(Default)]
pub(crate) struct Books {
    entries: usize,
    free: Free,
    moved: Moved,
}

impl<const HEAD: usize> Lookup<HEAD> {
    const_fn! {
        pub(crate) const fn new() -> Self {
            Self { slots: Slots::new(), records: Records::new() }
        }
    }

    /// What belongs to these label values, unless it is missed: because the table is just being changed, or because
    /// other ones have half of their hash.
    #[allow(clippy::inline_always, reason = "where the number of labels is known, its loops are unrolled")]
    #[inline(always)]
    pub(crate) fn find_first(&self, key: &Key<'_>) -> Option<[u64; HEAD]> {
        self.records.matching(self.slots.first(key.hash)?, key)
    }

    /// What belongs to these label values. The holder of the lock never misses it.
    pub(crate) fn find(&self, key: &Key<'_>) -> Option<[u64; HEAD]> {
        self.slots.find(key.hash, |position| self.records.matching_rarely(position, key))
    }

    /// Makes something findable, or replaces it; false if there is no room left.
    pub(crate) fn insert(&self, books: &mut Books, key: &Key<'_>, head: [u64; HEAD]) -> bool {
        let is = |position| self.records.matching_rarely(position, key).map(|_| position);
        if let Some(position) = self.slots.find(key.hash, is) {
            self.records.set(position, head);
            return true;
        }
        let Some(position) = self.records.write(&mut books.free, key, head) else { return false };
        let has_room = self.slots.insert(&mut books.moved, books.entries + 1, key.hash, position);
        if has_room {
            books.entries += 1;
        } else {
            self.records.erase(&mut books.free, position, key);
        }
        has_room
    }

    /// Makes something unfindable.
    pub(crate) fn remove(&self, books: &mut Books, key: &Key<'_>) {
        let is = |position| self.records.matching_rarely(position, key).is_some();
        if let Some(position) = self.slots.remove(&books.moved, key.hash, is) {
            self.records.erase(&mut books.free, position, key);
            books.entries -= 1;
        }
    }

    #[cfg(test)]
    pub(super) fn capacity(&self) -> usize {
        self.slots.capacity()
    }

    /// Makes everything unfindable; all of it has so many labels.
    pub(crate) fn clear(&self, books: &mut Books, labels: usize) {
        self.slots
            .clear(&mut books.moved, |position| self.records.reclaim(&mut books.free, position, labels));
        books.entries = 0;
    }
}

impl Books {
    pub(crate) const EMPTY: Self = Self { entries: 0, free: Free::EMPTY, moved: Moved::NONE };

    /// How many combinations can be found.
    pub(crate) fn entries(&self) -> usize {
        self.entries
    }

    #[cfg(test)]
    pub(super) fn pages(&self) -> usize {
        self.free.pages()
    }
}
