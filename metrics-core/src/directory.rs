//! Things by number, found without a lock and never moved: pages of 1 024, made when they are first needed.

use crate::sync::{Mutex, OnceCell, lock};

const PAGE: usize = 1024;
const PAGES: usize = 2048;

/// Up to two million things by number.
pub(crate) struct Directory<T> {
    pages: [OnceCell<Box<[OnceCell<T>]>>; PAGES],
}

impl<T> Directory<T> {
    /// The largest number and one.
    pub(crate) const CAPACITY: usize = PAGE * PAGES;

    #[allow(clippy::large_stack_arrays, reason = "directories are statics")]
    pub(crate) const fn new() -> Self {
        Self { pages: [const { OnceCell::new() }; PAGES] }
    }

    pub(crate) fn get(&self, number: usize) -> Option<&T> {
        self.pages.get(number / PAGE)?.get()?.get(number % PAGE)?.get()
    }

    /// The thing with this number, made if need be; none beyond the capacity.
    pub(crate) fn get_or_make(&self, number: usize, make: impl FnOnce() -> T) -> Option<&T> {
        let page = self.pages.get(number / PAGE)?;
        let page = page.get_or_init(|| (0..PAGE).map(|_| OnceCell::new()).collect());
        Some(page.get(number % PAGE)?.get_or_init(make))
    }
}

/// Things that are never freed but handed on, each by its number. Whose one is now, it has to know itself.
pub(crate) struct HandedOn<T> {
    things: Directory<T>,
    numbers: Mutex<Numbers>,
}

/// Which numbers are to be had.
struct Numbers {
    free: Vec<usize>,
    next: usize,
}

impl<T> HandedOn<T> {
    pub(crate) const fn new() -> Self {
        Self { things: Directory::new(), numbers: Mutex::new(Numbers { free: Vec::new(), next: 0 }) }
    }

    pub(crate) fn get(&self, number: usize) -> Option<&T> {
        self.things.get(number)
    }

    /// A thing that nobody has, and its number; none if there are as many as there can be.
    pub(crate) fn take(&self, make: impl FnOnce() -> T) -> Option<(usize, &T)> {
        let mut numbers = lock(&self.numbers);
        let number = numbers.free.pop().unwrap_or_else(|| {
            numbers.next += 1;
            numbers.next - 1
        });
        drop(numbers);
        Some((number, self.things.get_or_make(number, make)?))
    }

    pub(crate) fn give_back(&self, number: usize) {
        lock(&self.numbers).free.push(number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_made_once_and_found_again() {
        static SQUARES: Directory<usize> = Directory::new();
        for number in [0, 1, 1023, 1024, Directory::<usize>::CAPACITY - 1] {
            assert_eq!(SQUARES.get(number), None);
            assert_eq!(SQUARES.get_or_make(number, || number * number), Some(&(number * number)));
            assert_eq!(SQUARES.get_or_make(number, || 0), SQUARES.get(number));
        }
        assert_eq!(SQUARES.get_or_make(Directory::<usize>::CAPACITY, || 0), None);
    }

    #[test]
    fn what_was_given_back_is_handed_on() {
        static WORDS: HandedOn<String> = HandedOn::new();
        let make = || "new".to_owned();
        assert_eq!(WORDS.take(make), Some((0, &"new".to_owned())));
        assert_eq!(WORDS.take(make).map(|(number, _)| number), Some(1));
        WORDS.give_back(0);
        assert_eq!(WORDS.take(make).map(|(number, _)| number), Some(0));
        assert_eq!(WORDS.get(2), None);
    }
}
