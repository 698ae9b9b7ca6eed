//! Records of label values that anybody may read at any time, and only the holder of the family's write lock changes.
//!
//! ```text
//! record    id | for each label its length, first and last 8 bytes | for each label the words between them
//! ```
//!
//! A reader compares all of a record between two looks at the id in it: what was changed meanwhile is no match.

use std::collections::HashMap;

use super::key::{Ends, Key, middle_words};
use crate::cell::SeriesId;
use crate::sync::{AtomicU64, OnceCell, Ordering};

/// Words of the first page; each further one has twice as many.
const FIRST_PAGE: usize = 1024;
const PAGES: usize = 18;

pub(super) struct Records {
    pages: [OnceCell<Box<[AtomicU64]>>; PAGES],
}

/// Which records are free; for the holder of the lock.
#[derive(Default)]
pub(super) struct Free {
    by_size: HashMap<usize, Vec<Position>>,
    /// Where nothing was ever put.
    page: usize,
    start: usize,
}

impl Records {
    pub(super) const fn new() -> Self {
        Self { pages: [const { OnceCell::new() }; PAGES] }
    }

    /// The series whose record is here, if it has these values.
    #[inline]
    pub(super) fn matching(&self, position: Position, key: &Key<'_>) -> Option<SeriesId> {
        let words = self.words(position)?;
        let (head, rest) = words.split_at_checked(1 + 3 * key.values.len())?;
        let id = head[0].load(Ordering::Acquire);
        // All of them without a branch: they are almost always the same.
        let mut difference = 0;
        for (at, own) in head[1..].chunks_exact(3).enumerate() {
            let Ends { length, first, last } = key.ends(at);
            // Acquire: what is compared is not read before the id, nor is the id read again before it.
            difference |= own[0].load(Ordering::Acquire) ^ length;
            difference |= own[1].load(Ordering::Acquire) ^ first;
            difference |= own[2].load(Ordering::Acquire) ^ last;
        }
        if difference != 0 || (key.has_middles && !same_middles(rest, key)) {
            return None;
        }
        let still = head[0].load(Ordering::Relaxed) == id && id != SeriesId::NONE.to_bits();
        still.then(|| SeriesId::from_bits(id))
    }

    /// Writes a record; none if there is no room left.
    pub(super) fn write(&self, free: &mut Free, key: &Key<'_>, id: SeriesId) -> Option<Position> {
        let position = free.take(size(key.values))?;
        let page = self.pages.get(position.page())?;
        page.get_or_init(|| (0..FIRST_PAGE << position.page()).map(|_| AtomicU64::new(0)).collect());
        let (head, words) = self.words(position)?.split_first()?;
        let ends = (0..key.values.len()).flat_map(|at| {
            let Ends { length, first, last } = key.ends(at);
            [length, first, last]
        });
        // Release throughout: whoever sees one of these words sees that the old id is gone.
        for (own, word) in words.iter().zip(ends.chain(key.middles())) {
            own.store(word, Ordering::Release);
        }
        head.store(id.to_bits(), Ordering::Release);
        Some(position)
    }

    /// From now on the record matches nothing, and its place is free.
    pub(super) fn erase(&self, free: &mut Free, position: Position, key: &Key<'_>) {
        if let Some(id) = self.words(position).and_then(<[AtomicU64]>::first) {
            id.store(SeriesId::NONE.to_bits(), Ordering::Relaxed);
            free.by_size.entry(size(key.values)).or_default().push(position);
        }
    }

    #[inline]
    fn words(&self, position: Position) -> Option<&[AtomicU64]> {
        self.pages.get(position.page())?.get()?.get(position.start()..)
    }
}

impl Free {
    fn take(&mut self, size: usize) -> Option<Position> {
        if let Some(position) = self.by_size.get_mut(&size).and_then(Vec::pop) {
            return Some(position);
        }
        let (mut page, mut start) = (self.page, self.start);
        while start + size > FIRST_PAGE << page {
            (page, start) = (page + 1, 0);
            if page == PAGES {
                return None;
            }
        }
        (self.page, self.start) = (page, start + size);
        Some(Position::new(page, start))
    }

    #[cfg(test)]
    pub(super) fn pages(&self) -> usize {
        self.page + 1
    }
}

fn size(values: &[&str]) -> usize {
    1 + values.iter().map(|value| 3 + middle_words(value.len())).sum::<usize>()
}

/// Out of line, as most values are short.
#[cold]
#[inline(never)]
fn same_middles(words: &[AtomicU64], key: &Key<'_>) -> bool {
    let mut words = words.iter();
    key.middles().all(|word| words.next().is_some_and(|own| own.load(Ordering::Acquire) == word))
}

/// Where a record begins: its page, plus one so that no position is 0, and the first of its words in there.
#[derive(Clone, Copy)]
pub(super) struct Position(u32);

/// The bits of the start are below those of the page.
const PAGE_SHIFT: u32 = 27;

const _: () = assert!(PAGES < 1 << (32 - PAGE_SHIFT) && FIRST_PAGE << (PAGES - 1) <= 1 << PAGE_SHIFT);

impl Position {
    fn new(page: usize, start: usize) -> Self {
        Self((page as u32 + 1) << PAGE_SHIFT | start as u32)
    }

    #[inline]
    pub(super) fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    pub(super) fn to_bits(self) -> u32 {
        self.0
    }

    #[inline]
    fn page(self) -> usize {
        (self.0 >> PAGE_SHIFT).wrapping_sub(1) as usize
    }

    #[inline]
    fn start(self) -> usize {
        (self.0 & ((1 << PAGE_SHIFT) - 1)) as usize
    }
}
