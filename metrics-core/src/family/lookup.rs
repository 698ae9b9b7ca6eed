//! Finding a series by its label values without a lock.
//!
//! A table of hashes leads to records, and both are words that anybody may read at any time and only the holder of the
//! family's write lock changes. A reader compares all of a record between two looks at the id in it: what was changed
//! meanwhile is no match. So what is found is right, and what is not found is looked for again under the lock: a
//! reader that misses a series, because the table was just being changed, loses some time and nothing else.
//!
//! ```text
//! slots     hash (32 bits) | position of the record (32 bits); linear probing; 0 is empty
//! record    id | for each label: its length and ends, and the words between them
//! ```

use std::collections::HashMap;

use super::key::{Ends, Key, middle, middle_words};
use crate::cell::SeriesId;
use crate::sync::{AtomicU64, OnceCell, Ordering};

/// Slots of the first table; each further one has twice as many.
const FIRST_SLOTS: usize = 16;
const TABLES: usize = 26;
/// Words of the first page of records; each further one has twice as many. A larger record is not kept.
const FIRST_PAGE: usize = 1024;
const PAGES: usize = 18;

/// What readers see.
pub(super) struct Lookup {
    tables: [OnceCell<Box<[AtomicU64]>>; TABLES],
    /// Which of the tables is the one in use.
    current: AtomicU64,
    pages: [OnceCell<Box<[AtomicU64]>>; PAGES],
}

/// What only the holder of the write lock knows.
#[derive(Default)]
pub(super) struct Books {
    entries: usize,
    /// Free records by size.
    free: HashMap<usize, Vec<Position>>,
    /// The first position that was never used.
    next: Position,
}

impl Lookup {
    pub(super) const fn new() -> Self {
        Self {
            tables: [const { OnceCell::new() }; TABLES],
            current: AtomicU64::new(0),
            pages: [const { OnceCell::new() }; PAGES],
        }
    }

    /// The series with these label values, unless it is missed.
    #[inline]
    pub(super) fn find(&self, key: &Key<'_>) -> Option<SeriesId> {
        let slots = self.slots()?;
        let mut at = home(key.hash);
        // At most half of the slots are taken: there is an empty one.
        loop {
            let slot = slots.get(at & (slots.len() - 1))?.load(Ordering::Acquire);
            if slot >> 32 == key.hash >> 32
                && let Some(id) = self.matching(slot, key)
            {
                return Some(id);
            }
            if slot == 0 {
                return None;
            }
            at += 1;
        }
    }

    /// Makes a series findable. It must not be there yet.
    pub(super) fn insert(&self, books: &mut Books, key: &Key<'_>, id: SeriesId) {
        let Some(position) = self.write_record(books, key, id) else { return };
        books.entries += 1;
        let capacity = self.slots().map_or(0, <[AtomicU64]>::len);
        if books.entries * 2 > capacity && !self.grow() {
            return;
        }
        if let Some(slots) = self.slots() {
            place(slots, slot(key.hash, position));
        }
    }

    /// Makes a series unfindable.
    pub(super) fn remove(&self, books: &mut Books, key: &Key<'_>) {
        let Some(slots) = self.slots() else { return };
        let found = probe(key.hash, slots.len()).find(|at| {
            let slot = slots[*at].load(Ordering::Relaxed);
            slot == 0 || (slot >> 32 == key.hash >> 32 && self.matching(slot, key).is_some())
        });
        let Some(at) = found else { return };
        let slot = slots[at].load(Ordering::Relaxed);
        if slot != 0 {
            self.erase_record(books, slot, key);
            close_gap(slots, at);
            books.entries -= 1;
        }
    }

    fn slots(&self) -> Option<&[AtomicU64]> {
        let current = self.current.load(Ordering::Acquire);
        self.tables.get(current as usize)?.get().map(|slots| &**slots)
    }

    /// Goes over to a table of twice the size; false if there is no larger one. The old one stays, as somebody may be reading it; all old ones together
    /// are no larger than the new one.
    fn grow(&self) -> bool {
        let old = self.slots();
        let next = if old.is_some() { self.current.load(Ordering::Relaxed) as usize + 1 } else { 0 };
        let Some(table) = self.tables.get(next) else { return false };
        let slots = table.get_or_init(|| (0..FIRST_SLOTS << next).map(|_| AtomicU64::new(0)).collect());
        for slot in old.unwrap_or_default() {
            let slot = slot.load(Ordering::Relaxed);
            if slot != 0 {
                place(slots, slot);
            }
        }
        self.current.store(next as u64, Ordering::Release);
        true
    }

    /// The words from a record's first one to the end of its page.
    #[inline]
    fn record(&self, slot: u64) -> Option<&[AtomicU64]> {
        let Position { page, start } = position(slot);
        self.pages.get(page)?.get()?.get(start..)
    }

    /// The id in a record if the record holds exactly these values.
    #[inline]
    fn matching(&self, slot: u64, key: &Key<'_>) -> Option<SeriesId> {
        let (id, mut words) = self.record(slot)?.split_first()?;
        // Acquire throughout: the second look at the id must not come before the comparison.
        let before = id.load(Ordering::Acquire);
        for (at, value) in key.values.iter().enumerate() {
            let ([length, first, last], rest) = words.split_first_chunk()?;
            let Ends { length: own_length, first: own_first, last: own_last } = key.ends(at);
            let differs = length.load(Ordering::Acquire) ^ own_length
                | first.load(Ordering::Acquire) ^ own_first
                | last.load(Ordering::Acquire) ^ own_last;
            if differs != 0 {
                return None;
            }
            words = if own_length > 16 { same_middle(rest, value)? } else { rest };
        }
        let after = id.load(Ordering::Relaxed);
        (before == after && after != SeriesId::NONE.to_bits()).then_some(SeriesId::from_bits(after))
    }

    fn write_record(&self, books: &mut Books, key: &Key<'_>, id: SeriesId) -> Option<Position> {
        let position = self.free_record(books, size_of_record(key.values))?;
        let (head, mut words) = self.record(slot(0, position))?.split_first()?;
        // Release throughout: whoever sees one of these words sees that the old id is gone.
        for (at, value) in key.values.iter().enumerate() {
            let (own, rest) = words.split_at_checked(3 + middle_words(value.len()))?;
            let Ends { length, first, last } = key.ends(at);
            for (own, word) in own.iter().zip([length, first, last].into_iter().chain(middle(value))) {
                own.store(word, Ordering::Release);
            }
            words = rest;
        }
        head.store(id.to_bits(), Ordering::Release);
        Some(position)
    }

    fn erase_record(&self, books: &mut Books, slot: u64, key: &Key<'_>) {
        if let Some(id) = self.record(slot).and_then(<[AtomicU64]>::first) {
            id.store(SeriesId::NONE.to_bits(), Ordering::Relaxed);
            books.free.entry(size_of_record(key.values)).or_default().push(position(slot));
        }
    }

    fn free_record(&self, books: &mut Books, size: usize) -> Option<Position> {
        if size > FIRST_PAGE {
            return None;
        }
        if let Some(position) = books.free.get_mut(&size).and_then(Vec::pop) {
            return Some(position);
        }
        let Position { mut page, mut start } = books.next;
        if start + size > FIRST_PAGE << page {
            (page, start) = (page + 1, 0);
        }
        let words = FIRST_PAGE << page;
        self.pages.get(page)?.get_or_init(|| (0..words).map(|_| AtomicU64::new(0)).collect());
        books.next = Position { page, start: start + size };
        Some(Position { page, start })
    }
}

fn size_of_record(values: &[&str]) -> usize {
    1 + values.iter().map(|value| 3 + middle_words(value.len())).sum::<usize>()
}

/// Where a record begins.
#[derive(Clone, Copy, Default)]
struct Position {
    page: usize,
    start: usize,
}

/// The bits of a slot that name the page, plus one so that no slot is 0; below them are those of the start.
const PAGE_SHIFT: u32 = 27;

const _: () = assert!(PAGES < 1 << (32 - PAGE_SHIFT) && FIRST_PAGE << (PAGES - 1) <= 1 << PAGE_SHIFT);

fn slot(hash: u64, Position { page, start }: Position) -> u64 {
    hash >> 32 << 32 | (page as u64 + 1) << PAGE_SHIFT | start as u64
}

#[inline]
fn position(slot: u64) -> Position {
    let low = slot as u32;
    Position {
        page: (low >> PAGE_SHIFT).wrapping_sub(1) as usize,
        start: (low & ((1 << PAGE_SHIFT) - 1)) as usize,
    }
}

/// Where a hash or slot wants to be: told by the bits of a hash that a slot keeps.
#[inline]
fn home(slot: u64) -> usize {
    (slot >> 32) as usize
}

/// All places from the wanted one on, each once.
fn probe(slot: u64, slots: usize) -> impl Iterator<Item = usize> {
    (0..slots).map(move |step| (home(slot) + step) & (slots - 1))
}

fn place(slots: &[AtomicU64], slot: u64) {
    let free = probe(slot, slots.len()).find(|at| slots[*at].load(Ordering::Relaxed) == 0);
    if let Some(at) = free {
        slots[at].store(slot, Ordering::Release);
    }
}

/// Takes the slot at `gap` out and moves later ones back, so that no probe ends too early and no slot is wasted.
fn close_gap(slots: &[AtomicU64], mut gap: usize) {
    let mask = slots.len() - 1;
    let mut at = gap;
    loop {
        at = (at + 1) & mask;
        let slot = slots[at].load(Ordering::Relaxed);
        if slot == 0 || at == gap {
            break;
        }
        let home = home(slot) & mask;
        // It may move back to the gap unless its home lies behind the gap.
        if (at.wrapping_sub(home) & mask) >= (at.wrapping_sub(gap) & mask) {
            slots[gap].store(slot, Ordering::Release);
            gap = at;
        }
    }
    slots[gap].store(0, Ordering::Release);
}

/// The words behind the middle of a value, if it is this one. Out of line, as most values are short.
#[cold]
#[inline(never)]
fn same_middle<'a>(words: &'a [AtomicU64], value: &str) -> Option<&'a [AtomicU64]> {
    let (own, rest) = words.split_at_checked(middle_words(value.len()))?;
    own.iter().zip(middle(value)).all(|(own, word)| own.load(Ordering::Acquire) == word).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key<'a>(values: &'a [&'a str]) -> Key<'a> {
        Key::new(0x9e37_79b9_7f4a_7c15, values)
    }

    fn id(number: u64) -> SeriesId {
        SeriesId::from_bits(number)
    }

    /// A lookup beside a plain map that knows the truth.
    #[derive(Default)]
    struct Both {
        books: Books,
        truth: HashMap<Vec<String>, u64>,
    }

    impl Both {
        fn insert(&mut self, lookup: &Lookup, values: &[&str], number: u64) {
            lookup.insert(&mut self.books, &key(values), id(number));
            self.truth.insert(values.iter().map(ToString::to_string).collect(), number);
        }

        fn remove(&mut self, lookup: &Lookup, values: &[&str]) {
            lookup.remove(&mut self.books, &key(values));
            self.truth.remove(&values.iter().map(ToString::to_string).collect::<Vec<_>>());
        }

        fn check(&self, lookup: &Lookup) {
            for (values, number) in &self.truth {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                assert_eq!(lookup.find(&key(&values)), Some(id(*number)), "{values:?}");
            }
            assert_eq!(self.books.entries, self.truth.len());
        }
    }

    #[test]
    fn values_that_differ_are_different() {
        let long = "x".repeat(100);
        let nearly = format!("{}y{}", "x".repeat(50), "x".repeat(49));
        let all = [
            "",
            "\0",
            "\0\0",
            "a",
            "a\0",
            "ab",
            "ba",
            "abc",
            "abcd",
            "abcde",
            "abcdefg",
            "abcdefgh",
            "abcdefghi",
            "abcdefgh\0",
            "aaaaaaaaa",
            "aaaaaaaaaa",
            &long,
            &nearly,
        ];
        let lookup = Lookup::new();
        let mut both = Both::default();
        for (one, first) in all.iter().enumerate() {
            for (two, second) in all.iter().enumerate() {
                // One hash for all: only the comparison tells them apart.
                let values = [*first, *second];
                let mut key = key(&values);
                key.hash = 7 << 32;
                assert_eq!(lookup.find(&key), None, "{values:?}");
                lookup.insert(&mut both.books, &key, id((one * 100 + two) as u64));
                assert_eq!(lookup.find(&key), Some(id((one * 100 + two) as u64)));
            }
        }
    }

    #[test]
    fn it_grows_shrinks_and_reuses() {
        let lookup = Lookup::new();
        let mut both = Both::default();
        let mut state = 1_u64;
        for step in 0..30_000_u64 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let number = (state >> 33) % 700;
            let values = [format!("value {number}"), "v".repeat(number as usize % 30)];
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let there = both.truth.contains_key(&values.iter().map(ToString::to_string).collect::<Vec<_>>());
            if there {
                both.remove(&lookup, &values);
                assert_eq!(lookup.find(&key(&values)), None);
            } else {
                both.insert(&lookup, &values, step);
            }
            if step % 1_000 == 0 {
                both.check(&lookup);
            }
        }
        both.check(&lookup);
        assert!(both.books.next.page < 5, "records are reused");
        assert!(lookup.slots().unwrap().len() <= 2048, "slots are reused");
    }

    #[test]
    fn a_value_that_is_too_long_is_not_kept() {
        let lookup = Lookup::new();
        let long = "x".repeat(9_000);
        lookup.insert(&mut Books::default(), &key(&[&long]), id(1));
        assert_eq!(lookup.find(&key(&[&long])), None);
    }

    #[test]
    fn readers_find_the_right_one_or_nothing_while_it_changes() {
        let lookup = Lookup::new();
        let mut books = Books::default();
        let done = crate::sync::AtomicBool::new(false);
        let steady: Vec<String> = (0..20).map(|number| format!("steady {number}")).collect();
        for (number, value) in steady.iter().enumerate() {
            lookup.insert(&mut books, &key(&[value]), id(number as u64));
        }
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while !done.load(Ordering::Relaxed) {
                        for (number, value) in steady.iter().enumerate() {
                            let found = lookup.find(&key(&[value]));
                            assert!(found.is_none_or(|found| found == id(number as u64)));
                        }
                        for number in 0..200_u64 {
                            let value = format!("{number}");
                            let found = lookup.find(&key(&[&value]));
                            assert!(found.is_none_or(|found| found.to_bits() % 1_000 == number));
                        }
                    }
                });
            }
            for round in 1..2_000_u64 {
                let value = format!("{}", round % 200);
                lookup.insert(&mut books, &key(&[&value]), id(round * 1_000 + round % 200));
                lookup.remove(&mut books, &key(&[&value]));
            }
            done.store(true, Ordering::Relaxed);
        });
    }
}
