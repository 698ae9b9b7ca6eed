//! The rows of a call site: the series that its attributes write, found together by the labels that they share.

use std::hash::{BuildHasher, RandomState};

use crate::callsite::Declared;
use crate::cell::{self, SeriesId};
use crate::family::{Books, Key, Lookup};
use crate::reentrant;
use crate::sync::{Mutex, OnceCell, is_holding, lock};

/// The most rows that are kept. A family has fewer series unless its ceiling was raised.
const MOST: usize = 4096;

/// The first words of a row: a tag that no row ever had before, and how many series had been removed when its series
/// were looked up. Their ids follow.
const TAG: usize = 0;
const REMOVALS: usize = 1;
const IDS: usize = 2;

/// The series of one call, found: as many as there are words behind the first two.
type Row<const HEAD: usize> = [u64; HEAD];

/// A call site's rows by the values that it asks for at each call.
///
/// It is a memory of what the families know: a row that was looked up before any series was removed since is looked up
/// again.
pub struct Rows<const HEAD: usize> {
    make: fn(&mut NewRow<'_>, &[&str]),
    lookup: Lookup<HEAD>,
    books: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    books: Books,
    tag: u64,
}

/// A row that is being made.
#[derive(Debug)]
pub struct NewRow<'a> {
    /// Where the next ids go.
    ids: std::slice::IterMut<'a, u64>,
    /// A series that stands for others is looked up at each call, so that these are counted.
    stands_for_others: bool,
}

impl NewRow<'_> {
    /// The next series: the one of this metric with these label values.
    pub fn add(&mut self, site: &'static Declared, values: &[&str]) {
        let (id, is_itself) = site.series_itself(values);
        self.stands_for_others |= !is_itself;
        if let Some(word) = self.ids.next() {
            *word = id.to_bits();
        }
    }
}

impl<const HEAD: usize> Rows<HEAD> {
    /// `make` looks up the series of a call with these values.
    pub const fn new(make: fn(&mut NewRow<'_>, &[&str])) -> Self {
        Self { make, lookup: Lookup::new(), books: Mutex::new(Kept { books: Books::EMPTY, tag: 0 }) }
    }

    /// The row of a call with these values.
    #[inline(never)]
    pub fn find<const LABELS: usize>(&'static self, values: [&str; LABELS]) -> Row<HEAD> {
        match self.lookup.find_first(&Key::new(seed(), &values)) {
            Some(row) if row[REMOVALS] == cell::removals() => row,
            _ => self.make(&values),
        }
    }

    #[cold]
    fn make(&'static self, values: &[&str]) -> Row<HEAD> {
        if is_holding() {
            reentrant::drop_write();
            return [SeriesId::NONE.to_bits(); HEAD];
        }
        let mut row = [SeriesId::NONE.to_bits(); HEAD];
        // Before the series are looked up: one that is removed meanwhile may be among them.
        row[REMOVALS] = cell::removals();
        let mut new = NewRow { ids: row[IDS..].iter_mut(), stands_for_others: false };
        (self.make)(&mut new, values);
        if !new.stands_for_others {
            self.keep(values, row);
        }
        row
    }

    fn keep(&self, values: &[&str], mut row: Row<HEAD>) {
        let key = Key::rarely(seed(), values);
        let mut kept = lock(&self.books);
        if kept.books.entries() == MOST {
            // Most of them are of series that are gone: the others are found again.
            self.lookup.clear(&mut kept.books, values.len());
        }
        let newer = |known: Row<HEAD>| known[REMOVALS] > row[REMOVALS];
        if self.lookup.find(&key).is_some_and(newer) {
            return;
        }
        kept.tag += 1;
        row[TAG] = kept.tag;
        self.lookup.insert(&mut kept.books, &key, row);
    }
}

/// The series at a place of a row.
#[inline]
pub(crate) fn series_of<const HEAD: usize>(row: &Row<HEAD>, place: usize) -> SeriesId {
    row.get(IDS + place).map_or(SeriesId::NONE, |id| SeriesId::from_bits(*id))
}

/// Nobody can foresee which values meet in a table.
#[inline]
fn seed() -> u64 {
    static SEED: OnceCell<u64> = OnceCell::new();
    *SEED.get_or_init(|| RandomState::new().hash_one(MOST))
}
