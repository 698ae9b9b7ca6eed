//! A family: the series of one metric by their label values, with a ceiling.
//!
//! It is generic over the kind of metric by [`Kind`], so that it knows none of them.

mod key;
mod lookup;
mod series;

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

use self::key::Key;
use self::lookup::{Books, Lookup};
use self::series::Series;
use crate::cell::{self, SeriesId};
use crate::descriptor::Descriptor;
use crate::faults::Faults;
use crate::reentrant;
use crate::sample::{Kind, Sink};
use crate::sync::{Arc, Mutex, RwLock, is_holding, lock, read, write};

pub use self::series::Pin;

/// What stands in the place of each open label's value in the series that takes what the ceiling keeps out.
const OVERFLOW: &str = "__overflow__";

/// The series of one metric.
pub struct Family {
    pub(crate) descriptor: Descriptor,
    pub(crate) faults: Arc<Faults>,
    kind: &'static dyn Kind,
    /// Nobody can foresee which labels meet in the table.
    seed: u64,
    lookup: Lookup,
    index: RwLock<Index>,
    order: Mutex<Order>,
}

/// The series by the hash of their label values.
struct Index {
    table: HashTable<Arc<Series>>,
    /// How many of them take what the ceiling keeps out.
    rest: usize,
    /// Raised whenever a series comes or goes.
    version: u64,
    books: Books,
}

/// The series sorted by label values, as of some version.
#[derive(Default)]
struct Order {
    version: u64,
    series: Arc<[Arc<Series>]>,
}

impl Family {
    pub(crate) fn new(descriptor: Descriptor, kind: &'static dyn Kind) -> Self {
        Self {
            descriptor,
            faults: Arc::default(),
            kind,
            seed: RandomState::new().hash_one(descriptor.name),
            lookup: Lookup::new(),
            index: RwLock::new(Index {
                table: HashTable::new(),
                rest: 0,
                version: 0,
                books: Books::default(),
            }),
            order: Mutex::default(),
        }
    }

    /// Whether its count of dropped values exists from the start.
    pub(crate) fn may_drop(&self) -> bool {
        self.kind.may_drop()
    }

    /// The series with these label values, made if need be; past the ceiling the one that takes the rest.
    #[inline]
    pub(crate) fn series(&self, values: &[&str]) -> SeriesId {
        let key = self.key(values);
        self.lookup.find(&key).unwrap_or_else(|| self.find_or_make(&key))
    }

    #[cold]
    fn find_or_make(&self, key: &Key<'_>) -> SeriesId {
        if is_holding() {
            reentrant::drop_write();
            return SeriesId::NONE;
        }
        let known = read(&self.index).find(key).map(|series| series.id);
        known.or_else(|| self.beyond_ceiling(key.values)).unwrap_or_else(|| self.make(key, None))
    }

    /// The same, and keeps the id in `pin` for as long as the series lives.
    pub(crate) fn pin(&self, values: &[&str], pin: &'static Pin) -> SeriesId {
        if is_holding() {
            reentrant::drop_write();
            return SeriesId::NONE;
        }
        self.make(&self.key(values), Some(pin))
    }

    /// The series with these label values, if there is one.
    pub(crate) fn find(&self, values: &[&str]) -> Option<SeriesId> {
        read(&self.index).find(&self.key(values)).map(|series| series.id)
    }

    /// Ends the series with these label values; false if there was none.
    pub(crate) fn remove(&self, values: &[&str]) -> bool {
        let hash = self.key(values).hash;
        let mut index = write(&self.index);
        let Ok(entry) = index.table.find_entry(hash, |series| series.is(values)) else { return false };
        let (series, _) = entry.remove();
        index.rest -= usize::from(series.takes_the_rest);
        index.version += 1;
        self.end(&series, &mut index.books);
        true
    }

    /// Ends every series that carries all these labels; how many there were.
    pub(crate) fn remove_matching(&self, wanted: &[(&str, &str)]) -> usize {
        let place = |name: &str| self.descriptor.labels.iter().position(|label| *label == name);
        let wanted: Option<Vec<(usize, &str)>> =
            wanted.iter().map(|(name, value)| Some((place(name)?, *value))).collect();
        // A label that the family does not have matches no series.
        wanted.map_or(0, |wanted| {
            self.remove_if(|series| {
                wanted.iter().all(|(at, value)| series.values.get(*at).is_some_and(|own| **own == **value))
            })
        })
    }

    /// Leaves one series, the one with these label values.
    pub(crate) fn replace(&self, values: &[&str]) {
        let key = self.key(values);
        let mut index = write(&self.index);
        self.remove_from(&mut index, |series| !series.is(values));
        if index.find(&key).is_none() {
            self.insert(&mut index, &key, false);
        }
    }

    /// Ends all series.
    pub(crate) fn clear(&self) {
        self.remove_if(|_| true);
    }

    #[inline]
    fn key<'a>(&self, values: &'a [&'a str]) -> Key<'a> {
        Key::new(self.seed, values)
    }

    #[cold]
    fn make(&self, key: &Key<'_>, pin: Option<&'static Pin>) -> SeriesId {
        let mut index = write(&self.index);
        if let Some(series) = index.find(key) {
            return series.pinned(pin);
        }
        if !index.is_full(&self.descriptor) {
            return self.insert(&mut index, key, false).pinned(pin);
        }
        self.faults.overflow();
        if !self.kind.sums_up() {
            return SeriesId::NONE;
        }
        let values = self.rest_of(key.values);
        let rest = self.key(&values);
        match index.find(&rest) {
            Some(rest) => rest.id,
            None => self.insert(&mut index, &rest, true).id,
        }
    }

    /// Where the rest goes once the ceiling is reached, found without the lock that only one can have: a flood of
    /// labels must not queue up there.
    #[cold]
    fn beyond_ceiling(&self, values: &[&str]) -> Option<SeriesId> {
        let index = read(&self.index);
        if !index.is_full(&self.descriptor) {
            return None;
        }
        let id = if self.kind.sums_up() {
            let values = self.rest_of(values);
            index.find(&self.key(&values))?.id
        } else {
            SeriesId::NONE
        };
        self.faults.overflow();
        Some(id)
    }

    /// The label values of the series that takes the rest: closed labels keep theirs.
    fn rest_of<'a>(&self, values: &[&'a str]) -> Vec<&'a str> {
        let open = |at: usize| self.descriptor.values.get(at).is_none_or(|closed| closed.is_empty());
        values.iter().enumerate().map(|(at, value)| if open(at) { OVERFLOW } else { *value }).collect()
    }

    fn insert(&self, index: &mut Index, key: &Key<'_>, takes_the_rest: bool) -> Arc<Series> {
        let id = cell::create(self.kind.layout(&self.descriptor), Arc::clone(&self.faults));
        self.kind.begin(id, &self.descriptor);
        let series = Arc::new(Series::new(id, key.hash, self.descriptor.labels, key.values, takes_the_rest));
        index.table.insert_unique(key.hash, Arc::clone(&series), |series| series.hash);
        self.lookup.insert(&mut index.books, key, id);
        index.rest += usize::from(takes_the_rest);
        index.version += 1;
        series
    }

    fn end(&self, series: &Series, books: &mut Books) {
        let values: Vec<&str> = series.values.iter().map(|value| &**value).collect();
        self.lookup.remove(books, &self.key(&values));
        self.kind.end(series.id);
        series.end();
    }

    fn remove_if(&self, goes: impl Fn(&Series) -> bool) -> usize {
        self.remove_from(&mut write(&self.index), goes)
    }

    fn remove_from(&self, index: &mut Index, goes: impl Fn(&Series) -> bool) -> usize {
        let before = index.table.len();
        let Index { table, rest, version, books } = index;
        table.retain(|series| {
            let goes = goes(series);
            if goes {
                self.end(series, books);
                *rest -= usize::from(series.takes_the_rest);
            }
            !goes
        });
        *version += 1;
        before - table.len()
    }

    fn tell_series(&self, descriptor: &Descriptor, series: &Series, sink: &mut dyn Sink) {
        self.kind.tell(series.id, descriptor, &series.text, sink);
    }

    /// The series in order. Sorted anew only if some came or went, and outside the lock that writers need.
    fn sorted(&self) -> Arc<[Arc<Series>]> {
        let mut order = lock(&self.order);
        let index = read(&self.index);
        if order.version != index.version {
            let mut series: Vec<Arc<Series>> = index.table.iter().cloned().collect();
            order.version = index.version;
            drop(index);
            series.sort_unstable_by(|one, other| one.values.cmp(&other.values));
            order.series = series.into();
        }
        Arc::clone(&order.series)
    }
}

/// Tells the numbers of all series, sorted by label values (T-9, T-14), under the description that they share. Where two
/// families have a series with the same labels, the first one's is told (T-10).
pub(crate) fn tell(descriptor: &Descriptor, families: &[Arc<Family>], sink: &mut dyn Sink) {
    sink.family(descriptor);
    if let [family] = families {
        let all = family.sorted();
        return all.iter().for_each(|series| family.tell_series(descriptor, series, sink));
    }
    let mut all: Vec<(&Arc<Family>, Arc<Series>)> = Vec::new();
    for family in families {
        all.extend(family.sorted().iter().map(|series| (family, Arc::clone(series))));
    }
    all.sort_by(|(_, one), (_, other)| one.values.cmp(&other.values));
    all.dedup_by(|(_, later), (_, earlier)| later.values == earlier.values);
    for (family, series) in all {
        family.tell_series(descriptor, &series, sink);
    }
}

/// A family that nobody can reach any more gives its words back.
impl Drop for Family {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Index {
    fn find(&self, key: &Key<'_>) -> Option<&Arc<Series>> {
        self.table.find(key.hash, |series| series.is(key.values))
    }

    fn is_full(&self, descriptor: &Descriptor) -> bool {
        self.table.len() - self.rest >= descriptor.max_series
    }
}
