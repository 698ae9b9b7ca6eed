//! A family: the series of one metric by their label values, with a ceiling.
//!
//! It is generic over the kind of metric by [`Kind`], so that it knows none of them.

mod series;

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use self::series::Series;
use crate::cell::{self, SeriesId};
use crate::descriptor::Descriptor;
use crate::faults::Faults;
use crate::sample::{Kind, Sink};
use crate::sync::{Arc, Mutex, RwLock, lock, read, write};

pub use self::series::Pin;

/// What stands in the place of each open label's value in the series that takes what the ceiling keeps out.
const OVERFLOW: &str = "__overflow__";

/// The series of one metric.
pub(crate) struct Family {
    pub(crate) descriptor: Descriptor,
    pub(crate) faults: Arc<Faults>,
    kind: &'static dyn Kind,
    hasher: RandomState,
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
            hasher: RandomState::default(),
            index: RwLock::new(Index { table: HashTable::new(), rest: 0, version: 0 }),
            order: Mutex::default(),
        }
    }

    /// The series with these label values, made if need be; past the ceiling the one that takes the rest.
    pub(crate) fn series(&self, values: &[&str]) -> SeriesId {
        let hash = self.hash(values);
        let known = read(&self.index).find(hash, values).map(|series| series.id);
        known.or_else(|| self.beyond_ceiling(values)).unwrap_or_else(|| self.make(hash, values, None))
    }

    /// The same, and keeps the id in `pin` for as long as the series lives.
    pub(crate) fn pin(&self, values: &[&str], pin: &'static Pin) -> SeriesId {
        self.make(self.hash(values), values, Some(pin))
    }

    /// The series with these label values, if there is one.
    pub(crate) fn find(&self, values: &[&str]) -> Option<SeriesId> {
        let hash = self.hash(values);
        read(&self.index).find(hash, values).map(|series| series.id)
    }

    /// Ends the series with these label values; false if there was none.
    pub(crate) fn remove(&self, values: &[&str]) -> bool {
        let hash = self.hash(values);
        let mut index = write(&self.index);
        let Ok(entry) = index.table.find_entry(hash, |series| series.is(values)) else { return false };
        let (series, _) = entry.remove();
        index.rest -= usize::from(series.takes_the_rest);
        index.version += 1;
        self.end(&series);
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
        let hash = self.hash(values);
        let mut index = write(&self.index);
        self.remove_from(&mut index, |series| !series.is(values));
        if index.find(hash, values).is_none() {
            self.insert(&mut index, hash, values, false);
        }
    }

    /// Ends all series.
    pub(crate) fn clear(&self) {
        self.remove_if(|_| true);
    }

    /// Tells the numbers of all series, sorted by label values (T-9, T-14).
    pub(crate) fn tell(&self, sink: &mut dyn Sink) {
        sink.family(&self.descriptor);
        for series in self.sorted().iter() {
            self.kind.tell(series.id, &self.descriptor, &series.text, sink);
        }
    }

    fn hash(&self, values: &[&str]) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        for value in values {
            hasher.write(value.as_bytes());
            // Or ("ab", "c") and ("a", "bc") would always meet.
            hasher.write_usize(value.len());
        }
        hasher.finish()
    }

    #[cold]
    fn make(&self, hash: u64, values: &[&str], pin: Option<&'static Pin>) -> SeriesId {
        let mut index = write(&self.index);
        if let Some(series) = index.find(hash, values) {
            return series.pinned(pin);
        }
        if !index.is_full(&self.descriptor) {
            return self.insert(&mut index, hash, values, false).pinned(pin);
        }
        self.faults.overflow();
        if !self.kind.sums_up() {
            return SeriesId::NONE;
        }
        let values = self.rest_of(values);
        let hash = self.hash(&values);
        match index.find(hash, &values) {
            Some(rest) => rest.id,
            None => self.insert(&mut index, hash, &values, true).id,
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
            index.find(self.hash(&values), &values)?.id
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

    fn insert(&self, index: &mut Index, hash: u64, values: &[&str], takes_the_rest: bool) -> Arc<Series> {
        let id = cell::create(self.kind.layout(&self.descriptor), Arc::clone(&self.faults));
        self.kind.begin(id, &self.descriptor);
        let series = Arc::new(Series::new(id, hash, self.descriptor.labels, values, takes_the_rest));
        index.table.insert_unique(hash, Arc::clone(&series), |series| series.hash);
        index.rest += usize::from(takes_the_rest);
        index.version += 1;
        series
    }

    fn end(&self, series: &Series) {
        self.kind.end(series.id);
        series.end();
    }

    fn remove_if(&self, goes: impl Fn(&Series) -> bool) -> usize {
        self.remove_from(&mut write(&self.index), goes)
    }

    fn remove_from(&self, index: &mut Index, goes: impl Fn(&Series) -> bool) -> usize {
        let before = index.table.len();
        let Index { table, rest, version } = index;
        table.retain(|series| {
            let goes = goes(series);
            if goes {
                self.end(series);
                *rest -= usize::from(series.takes_the_rest);
            }
            !goes
        });
        *version += 1;
        before - table.len()
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

impl Index {
    fn find(&self, hash: u64, values: &[&str]) -> Option<&Arc<Series>> {
        self.table.find(hash, |series| series.is(values))
    }

    fn is_full(&self, descriptor: &Descriptor) -> bool {
        self.table.len() - self.rest >= descriptor.max_series
    }
}
