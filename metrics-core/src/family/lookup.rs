//! Finding what belongs to some label values without a lock.
//!
//! A table of hashes leads to records of label values. What is found is right, and what is not found is looked for again
//! under the lock: a reader that misses something, because the table was just being changed, loses some time and nothing
//! else.

use super::key::Key;
use super::records::{Free, Records};
use super::slots::Slots;

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
}

impl<const HEAD: usize> Lookup<HEAD> {
    pub(crate) const fn new() -> Self {
        Self { slots: Slots::new(), records: Records::new() }
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
        let has_room = self.slots.insert(books.entries + 1, key.hash, position);
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
        if let Some(position) = self.slots.remove(key.hash, is) {
            self.records.erase(&mut books.free, position, key);
            books.entries -= 1;
        }
    }

    /// Makes everything unfindable; all of it has so many labels.
    pub(crate) fn clear(&self, books: &mut Books, labels: usize) {
        self.slots.clear(|position| self.records.reclaim(&mut books.free, position, labels));
        books.entries = 0;
    }
}

impl Books {
    pub(crate) const EMPTY: Self = Self { entries: 0, free: Free::EMPTY };

    /// How many combinations can be found.
    pub(crate) fn entries(&self) -> usize {
        self.entries
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::sync::Ordering;

    fn key<'a>(values: &'a [&'a str]) -> Key<'a> {
        Key::new(0x9e37_79b9_7f4a_7c15, values)
    }

    fn id(number: u64) -> [u64; 2] {
        [number, !number]
    }

    /// A lookup beside a plain map that knows the truth.
    #[derive(Default)]
    struct Both {
        books: Books,
        truth: HashMap<Vec<String>, u64>,
    }

    impl Both {
        fn insert(&mut self, lookup: &Lookup<2>, values: &[&str], number: u64) {
            lookup.insert(&mut self.books, &key(values), id(number));
            self.truth.insert(values.iter().map(ToString::to_string).collect(), number);
        }

        fn remove(&mut self, lookup: &Lookup<2>, values: &[&str]) {
            lookup.remove(&mut self.books, &key(values));
            self.truth.remove(&values.iter().map(ToString::to_string).collect::<Vec<_>>());
        }

        fn check(&self, lookup: &Lookup<2>) {
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
        assert!(both.books.free.pages() <= 5, "records are reused");
        assert!(lookup.slots.capacity() <= 4096, "slots are reused");
    }

    #[test]
    fn a_value_may_be_longer_than_a_page() {
        let (lookup, mut books) = (Lookup::new(), Books::default());
        let long = "x".repeat(100_000);
        let nearly = format!("{}y{}", &long[1..50_000], &long[50_000..]);
        for (number, value) in [&long, &nearly].into_iter().enumerate() {
            assert!(lookup.insert(&mut books, &key(&[value]), id(number as u64)));
            assert!(lookup.insert(&mut books, &key(&[value, "short"]), id(number as u64 + 2)));
        }
        for (number, value) in [&long, &nearly].into_iter().enumerate() {
            assert_eq!(lookup.find(&key(&[value])), Some(id(number as u64)));
            assert_eq!(lookup.find(&key(&[value, "short"])), Some(id(number as u64 + 2)));
        }
        lookup.remove(&mut books, &key(&[&long]));
        assert_eq!(lookup.find(&key(&[&long])), None);
        assert_eq!(lookup.find(&key(&[&nearly])), Some(id(1)));
    }

    #[test]
    fn what_is_replaced_or_cleared_takes_no_further_room() {
        let (lookup, mut books) = (Lookup::new(), Books::default());
        let long = "x".repeat(40);
        for round in 0..100 {
            for number in 0..50 {
                let value = format!("{number}");
                assert!(lookup.insert(&mut books, &key(&[&value, &long]), id(round * 100 + number)));
                assert_eq!(lookup.find(&key(&[&value, &long])), Some(id(round * 100 + number)));
            }
            assert_eq!(books.entries(), 50);
            if round % 2 == 1 {
                lookup.clear(&mut books, 2);
                assert_eq!(lookup.find(&key(&["7", &long])), None);
            }
        }
        assert_eq!(books.free.pages(), 1);
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
                            assert!(
                                found.is_none_or(|found| found[0] % 1_000 == number && found[1] == !found[0])
                            );
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
