//! The look-up beside a map that knows the truth. Not in its own file, which a model checker compiles as well.

use std::collections::HashMap;

use super::key::Key;
use super::lookup::{Books, Lookup};
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
        assert_eq!(self.books.entries(), self.truth.len());
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
    assert!(both.books.pages() <= 5, "records are reused");
    assert!(lookup.capacity() <= 4096, "slots are reused");
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
    assert_eq!(books.pages(), 1);
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
