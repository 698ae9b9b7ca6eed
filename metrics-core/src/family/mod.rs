//! A family: the series of one metric by their label values, with a ceiling.
//!
//! It is generic over the kind of metric by [`Kind`], so that it knows none of them.

mod key;
mod labels;
mod lines;
mod lookup;
mod pins;
mod records;
mod rest;
mod slots;
#[cfg(test)]
mod tests;

use std::hash::{BuildHasher, RandomState};

use self::pins::Pins;
use crate::cell::{self, SeriesId, Tenant};
use crate::clock;
use crate::descriptor::Descriptor;
use crate::exemplars;
use crate::faults::Faults;
use crate::reentrant;
use crate::sample::{Kind, Sink};
use crate::sync::{Arc, RwLock, is_holding, read, write};

pub(crate) use self::key::Key;
pub(crate) use self::labels::text as text_of_labels;
pub(crate) use self::lines::Lines;
pub(crate) use self::lookup::{Books, Lookup};
pub use self::pins::Pin;

/// The series of one metric.
pub struct Family {
    pub(crate) descriptor: Descriptor,
    pub(crate) faults: Arc<Faults>,
    kind: &'static dyn Kind,
    tenant: Arc<Tenant>,
    /// Nobody can foresee which labels meet in the table.
    seed: u64,
    /// The ids of the series; they are their own tags, as no id is used twice.
    lookup: Lookup<1>,
    index: RwLock<Index>,
}

/// What changes when series come and go.
#[derive(Default)]
struct Index {
    books: Books,
    lines: Lines,
    pins: Pins,
    /// The series that take what the ceiling keeps out; they do not count towards it.
    rest: Vec<SeriesId>,
}

impl Family {
    pub(crate) fn new(descriptor: Descriptor, kind: &'static dyn Kind) -> Self {
        let faults = Arc::default();
        let tenant = Arc::new(Tenant { layout: kind.layout(&descriptor), faults: Arc::clone(&faults) });
        Self {
            descriptor,
            faults,
            kind,
            tenant,
            seed: RandomState::new().hash_one(descriptor.name),
            lookup: Lookup::new(),
            index: RwLock::default(),
        }
    }

    /// Whether its count of dropped values exists from the start.
    pub(crate) fn may_drop(&self) -> bool {
        self.kind.may_drop()
    }

    /// The series with these label values, made if need be; past the ceiling the one that takes the rest.
    ///
    /// One function for each number of labels up to four, so that all loops over them are unrolled.
    #[inline]
    pub(crate) fn series(&self, values: &[&str]) -> SeriesId {
        match values.len() {
            1 => self.series_of::<1>(values),
            2 => self.series_of::<2>(values),
            3 => self.series_of::<3>(values),
            4 => self.series_of::<4>(values),
            _ => self.find_or_make(values),
        }
    }

    #[inline(never)]
    fn series_of<const LABELS: usize>(&self, values: &[&str]) -> SeriesId {
        let Some(values) = values.first_chunk::<LABELS>() else { return SeriesId::NONE };
        match self.lookup.find_first(&Key::new(self.seed, values)) {
            Some([id]) => SeriesId::from_bits(id),
            // Not by the key: it would have to be in memory for that.
            None => self.find_or_make(values),
        }
    }

    /// The same, and whether the series stands for these values alone.
    pub(crate) fn series_itself(&self, values: &[&str]) -> (SeriesId, bool) {
        let id = self.series(values);
        (id, id != SeriesId::NONE && self.known(&self.key(values)) == Some(id))
    }

    #[cold]
    fn find_or_make(&self, values: &[&str]) -> SeriesId {
        if is_holding() {
            reentrant::drop_write();
            return SeriesId::NONE;
        }
        let key = self.key(values);
        if let Some(id) = self.known(&key) {
            return id;
        }
        let index = read(&self.index);
        let known = self.known(&key).or_else(|| self.beyond_ceiling(&index, values));
        drop(index);
        known.unwrap_or_else(|| self.make(&key, None))
    }

    /// The same, and keeps the id in `pin` for as long as the series lives.
    pub(crate) fn pin(&self, values: &[&str], pin: &'static Pin) -> SeriesId {
        if is_holding() {
            reentrant::drop_write();
            return SeriesId::NONE;
        }
        let key = self.key(values);
        let index = read(&self.index);
        let beyond = if self.known(&key).is_none() { self.beyond_ceiling(&index, values) } else { None };
        drop(index);
        beyond.unwrap_or_else(|| self.make(&key, Some(pin)))
    }

    /// The series with these label values, if there is one.
    pub(crate) fn find(&self, values: &[&str]) -> Option<SeriesId> {
        if is_holding() {
            return None;
        }
        let _index = read(&self.index);
        self.known(&self.key(values))
    }

    /// The same; whoever does not hold the lock may miss it.
    fn known(&self, key: &Key<'_>) -> Option<SeriesId> {
        self.lookup.find(key).map(|[id]| SeriesId::from_bits(id))
    }

    /// Ends the series with these label values; false if there was none.
    pub(crate) fn remove(&self, values: &[&str]) -> bool {
        self.change(|index| self.end(index, values)).unwrap_or_default()
    }

    /// Changes which series there are; none from within our own code, where nothing waits for the lock.
    fn change<R>(&self, change: impl FnOnce(&mut Index) -> R) -> Option<R> {
        if is_holding() {
            reentrant::drop_write();
            return None;
        }
        Some(change(&mut write(&self.index)))
    }

    /// Ends every series that carries all these labels; how many there were.
    pub(crate) fn remove_matching(&self, wanted: &[(&str, &str)]) -> usize {
        let place = |name: &str| self.descriptor.labels.iter().position(|label| *label == name);
        let wanted: Option<Vec<(usize, &str)>> =
            wanted.iter().map(|(name, value)| Some((place(name)?, *value))).collect();
        // A label that the family does not have matches no series.
        wanted.map_or(0, |wanted| {
            self.remove_if(|values| {
                wanted.iter().all(|(at, value)| values.get(*at).is_some_and(|own| own == value))
            })
        })
    }

    /// Leaves one series, the one with these label values.
    pub(crate) fn replace(&self, values: &[&str]) {
        self.change(|index| {
            self.remove_from(index, |others| others != values);
            let key = self.key(values);
            if self.known(&key).is_none() {
                self.insert(index, &key);
            }
        });
    }

    /// Ends all series.
    pub(crate) fn clear(&self) {
        self.remove_if(|_| true);
    }

    fn key<'a>(&self, values: &'a [&'a str]) -> Key<'a> {
        Key::rarely(self.seed, values)
    }

    #[cold]
    fn make(&self, key: &Key<'_>, pin: Option<&'static Pin>) -> SeriesId {
        let mut index = write(&self.index);
        let known = self.known(key);
        if known.is_none() && index.is_full(&self.descriptor) {
            return self.make_rest(&mut index, key.values);
        }
        let id = known.unwrap_or_else(|| self.insert(&mut index, key));
        if let Some(pin) = pin.filter(|_| id != SeriesId::NONE) {
            index.pins.set(pin, id);
        }
        id
    }

    /// Makes a series; none if there is no memory that could name it.
    fn insert(&self, index: &mut Index, key: &Key<'_>) -> SeriesId {
        let id = cell::create(&self.tenant);
        if id == SeriesId::NONE {
            self.faults.overflow();
            return id;
        }
        // Before anybody can find it.
        self.kind.begin(id, &self.descriptor);
        if !self.lookup.insert(&mut index.books, key, [id.to_bits()]) {
            self.faults.overflow();
            self.kind.end(id);
            cell::destroy(id);
            return SeriesId::NONE;
        }
        let created = clock::unix_seconds() as u32;
        index.lines.insert(&labels::text(self.descriptor.labels, key.values), id, created);
        id
    }

    /// Ends the series with these label values; false if there is none.
    fn end(&self, index: &mut Index, values: &[&str]) -> bool {
        let key = self.key(values);
        let Some(id) = self.known(&key) else { return false };
        self.lookup.remove(&mut index.books, &key);
        index.lines.remove(&labels::text(self.descriptor.labels, values));
        index.rest.retain(|rest| *rest != id);
        self.kind.end(id);
        index.pins.reset(id);
        cell::destroy(id);
        exemplars::forget(id);
        true
    }

    fn remove_if(&self, goes: impl Fn(&[&str]) -> bool) -> usize {
        self.change(|index| self.remove_from(index, goes)).unwrap_or_default()
    }

    /// Ends every series whose label values `goes` says yes to; how many there were.
    fn remove_from(&self, index: &mut Index, goes: impl Fn(&[&str]) -> bool) -> usize {
        let before = index.books.entries();
        for (text, _) in index.lines.clone().iter() {
            let values = labels::values(self.descriptor.labels, text);
            let values: Vec<&str> = values.iter().map(|value| &**value).collect();
            if goes(&values) {
                self.end(index, &values);
            }
        }
        before - index.books.entries()
    }

    /// Tells the numbers of these series, which are given with their labels, without those that were removed meanwhile.
    pub(crate) fn tell(&self, series: &[(&str, SeriesId)], descriptor: &Descriptor, sink: &mut dyn Sink) {
        self.kind.tell_all(series, descriptor, sink);
    }

    /// The series as they are now, in order.
    pub(crate) fn lines(&self) -> Lines {
        read(&self.index).lines.clone()
    }
}

/// A family that nobody can reach any more gives its words back.
impl Drop for Family {
    fn drop(&mut self) {
        // Whoever lets go of it may hold a lock, but not this one.
        self.remove_from(&mut write(&self.index), |_| true);
    }
}
