//! Records of label values that anybody may read at any time, and only the holder of the family's write lock changes.
//!
//! ```text
//! record    tag | rest of the head | lengths | for each label its first and last 8 bytes | the words between those
//! ```
//!
//! A tag is never used twice. A reader compares all of a record between two looks at the tag: what was changed meanwhile
//! is no match.

use std::collections::BTreeMap;

use super::key::{Ends, Key, LENGTHS, length_in, middle_words};
use crate::sync::{AtomicU64, FIRST_PAGE, OnceCell, Ordering, zeros};

/// Every second page has twice as many words as the ones before: what is never used is a sixth on average.
const PAGES: usize = 34;

/// The words of a page.
const fn page_words(page: usize) -> usize {
    FIRST_PAGE << (page / 2)
}

/// Records whose heads are of `HEAD` words.
pub(super) struct Records<const HEAD: usize> {
    pages: [OnceCell<Box<[AtomicU64]>>; PAGES],
}

/// The tag of a record that matches nothing.
const VOID: u64 = u64::MAX;

/// Which records are free; for the holder of the lock.
#[derive(Default)]
pub(super) struct Free {
    by_size: BTreeMap<usize, Vec<Position>>,
    /// Where nothing was ever put.
    page: usize,
    start: usize,
}

impl<const HEAD: usize> Records<HEAD> {
    pub(super) const fn new() -> Self {
        Self { pages: [const { OnceCell::new() }; PAGES] }
    }

    /// [`matching`](Self::matching), where it is not hot.
    #[inline(never)]
    pub(super) fn matching_rarely(&self, position: Position, key: &Key<'_>) -> Option<[u64; HEAD]> {
        self.matching(position, key)
    }

    /// The head of the record that is here, if it has these values.
    #[allow(clippy::inline_always, reason = "where the number of labels is known, its loops are unrolled")]
    #[inline(always)]
    pub(super) fn matching(&self, position: Position, key: &Key<'_>) -> Option<[u64; HEAD]> {
        let words = self.words(position)?;
        let (words, middles) = words.split_at_checked(Self::fixed(key.values.len()))?;
        let head = std::array::from_fn(|at| words[at].load(Ordering::Acquire));
        // All of them without a branch: they are almost always the same. Acquire: what is compared is not read before the
        // tag, nor is the tag read again before it.
        let mut difference = 0;
        let (lengths, ends) = words[HEAD..].split_at(key.values.len().div_ceil(LENGTHS));
        for (at, own) in lengths.iter().enumerate() {
            difference |= own.load(Ordering::Acquire) ^ key.lengths(at);
        }
        for at in 0..key.values.len() {
            let Ends { first, last } = key.ends(at);
            difference |= ends[2 * at].load(Ordering::Acquire) ^ first;
            difference |= ends[2 * at + 1].load(Ordering::Acquire) ^ last;
        }
        if difference != 0 || (key.has_middles && !same_middles(middles, key)) {
            return None;
        }
        let still = words[0].load(Ordering::Relaxed) == head[0] && head[0] != VOID;
        still.then_some(head)
    }

    /// Writes a record; none if there is no room left.
    pub(super) fn write(&self, free: &mut Free, key: &Key<'_>, head: [u64; HEAD]) -> Option<Position> {
        let position = free.take(Self::size(key.values))?;
        let page = self.pages.get(position.page())?;
        page.get_or_init(|| zeros(page_words(position.page())));
        let words = self.words(position)?.get(HEAD..)?;
        // Release throughout: whoever sees one of these words sees that the old tag is gone.
        for (own, word) in words.iter().zip(Self::fixed_words(key).chain(key.middles())) {
            own.store(word, Ordering::Release);
        }
        self.set(position, head);
        Some(position)
    }

    /// Gives a record another head, under a tag that was never used.
    pub(super) fn set(&self, position: Position, head: [u64; HEAD]) {
        self.void(position);
        let Some(own) = self.words(position).and_then(<[AtomicU64]>::first_chunk::<HEAD>) else { return };
        // The tag last.
        for (own, word) in own.iter().zip(head).rev() {
            own.store(word, Ordering::Release);
        }
    }

    /// From now on the record matches nothing, and its place is free.
    pub(super) fn erase(&self, free: &mut Free, position: Position, key: &Key<'_>) {
        self.void(position);
        free.by_size.entry(Self::size(key.values)).or_default().push(position);
    }

    /// The same for a record of so many labels whose values are not at hand.
    pub(super) fn reclaim(&self, free: &mut Free, position: Position, labels: usize) {
        let size = self.size_of(position, labels).unwrap_or_default();
        self.void(position);
        free.by_size.entry(size).or_default().push(position);
    }

    /// From now on the record matches nothing.
    fn void(&self, position: Position) {
        if let Some(tag) = self.words(position).and_then(<[AtomicU64]>::first) {
            tag.store(VOID, Ordering::Relaxed);
        }
    }

    fn size(values: &[&str]) -> usize {
        Self::fixed(values.len()) + values.iter().map(|value| middle_words(value.len())).sum::<usize>()
    }

    /// The size of a record whose values are not at hand.
    fn size_of(&self, position: Position, labels: usize) -> Option<usize> {
        let words = self.words(position)?;
        let read = |at: usize| words.get(at).map_or(0, |word| word.load(Ordering::Relaxed));
        Some((0..labels).fold(Self::fixed(labels), |end, label| {
            end + middle_words(length_in(read(HEAD + label / LENGTHS), label % LENGTHS, || read(end)))
        }))
    }

    /// The words of a record of so many labels without those between the ends.
    const fn fixed(labels: usize) -> usize {
        HEAD + labels.div_ceil(LENGTHS) + 2 * labels
    }

    /// These words, without the head.
    #[inline]
    fn fixed_words(key: &Key<'_>) -> impl Iterator<Item = u64> {
        let ends = (0..key.values.len()).flat_map(|at| {
            let Ends { first, last } = key.ends(at);
            [first, last]
        });
        (0..key.values.len().div_ceil(LENGTHS)).map(|word| key.lengths(word)).chain(ends)
    }

    #[inline]
    fn words(&self, position: Position) -> Option<&[AtomicU64]> {
        self.pages.get(position.page())?.get()?.get(position.start()..)
    }
}

impl Free {
    pub(super) const EMPTY: Self = Self { by_size: BTreeMap::new(), page: 0, start: 0 };

    fn take(&mut self, size: usize) -> Option<Position> {
        if let Some(position) = self.by_size.get_mut(&size).and_then(Vec::pop) {
            return Some(position);
        }
        let (mut page, mut start) = (self.page, self.start);
        while start + size > page_words(page) {
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
const PAGE_SHIFT: u32 = 26;

const _: () = assert!(PAGES < 1 << (32 - PAGE_SHIFT) && page_words(PAGES - 1) <= 1 << PAGE_SHIFT);

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
