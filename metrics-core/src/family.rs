//! A family: the series of one metric by their label values, with a ceiling.
//!
//! It is generic over the kind of metric by [`Kind`], so that it knows none of them.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::cell::{self, SeriesId};
use crate::descriptor::Descriptor;
use crate::encode::escape;
use crate::faults::Faults;
use crate::sample::{Kind, Sink};
use crate::sync::{Arc, AtomicU64, Mutex, Ordering, RwLock, lock, read, write};

/// What stands in the place of each label value in the series that takes what the ceiling keeps out.
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
    overflow: Option<Arc<Series>>,
    /// Raised whenever a series comes or goes.
    version: u64,
}

/// The series sorted by label values, as of some version.
#[derive(Default)]
struct Order {
    version: u64,
    series: Arc<[Arc<Series>]>,
}

struct Series {
    id: SeriesId,
    hash: u64,
    /// In the order of the descriptor's labels.
    values: Box<[Box<str>]>,
    /// The labels as they are written in every scrape, escaped once.
    text: Box<str>,
    pins: Mutex<Vec<&'static Pin>>,
}

/// A place in a static where the id of one certain series is kept, so that writing to it needs no look-up.
///
/// The family resets it when it removes the series.
#[derive(Debug)]
pub struct Pin(AtomicU64);

impl Pin {
    /// A place that knows no series yet.
    pub const fn new() -> Self {
        Self(AtomicU64::new(SeriesId::UNKNOWN.to_bits()))
    }

    /// The series, or [`SeriesId::NONE`], a place where nobody writes, as long as it is not known.
    #[inline]
    pub(crate) fn id(&self) -> SeriesId {
        SeriesId::from_bits(self.0.load(Ordering::Relaxed))
    }

    pub(crate) fn set(&self, id: SeriesId) {
        self.0.store(id.to_bits(), Ordering::Relaxed);
    }
}

impl Default for Pin {
    fn default() -> Self {
        Self::new()
    }
}

impl Family {
    pub(crate) fn new(descriptor: Descriptor, kind: &'static dyn Kind) -> Self {
        let index = Index { table: HashTable::new(), overflow: None, version: 0 };
        Self {
            descriptor,
            faults: Arc::default(),
            kind,
            hasher: RandomState::default(),
            index: RwLock::new(index),
            order: Mutex::default(),
        }
    }

    /// The series with these label values, made if need be; past the ceiling the one that takes the rest.
    pub(crate) fn series(&self, values: &[&str]) -> SeriesId {
        let hash = self.hash(values);
        let known = read(&self.index).find(hash, values).map(|series| series.id);
        known.or_else(|| self.beyond_ceiling()).unwrap_or_else(|| self.make(hash, values, None))
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
        entry.remove().0.end();
        index.version += 1;
        true
    }

    /// Ends every series that carries all these labels; how many there were.
    pub(crate) fn remove_matching(&self, wanted: &[(&str, &str)]) -> usize {
        let wanted: Option<Vec<(usize, &str)>> = wanted
            .iter()
            .map(|(name, value)| {
                Some((self.descriptor.labels.iter().position(|label| label == name)?, *value))
            })
            .collect();
        // A label that the family does not have matches no series.
        wanted.map_or(0, |wanted| {
            self.remove_if(|series| {
                wanted.iter().all(|(at, value)| series.values.get(*at).is_some_and(|own| **own == **value))
            })
        })
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
        if index.table.len() >= self.descriptor.max_series {
            return self.overflow(&mut index);
        }
        let series = self.new_series(hash, values);
        let id = series.pinned(pin);
        index.table.insert_unique(hash, series, |series| series.hash);
        index.version += 1;
        id
    }

    /// Where the rest goes once the ceiling is reached, found without the lock that only one can have: a flood of
    /// labels must not queue up there.
    #[cold]
    fn beyond_ceiling(&self) -> Option<SeriesId> {
        let index = read(&self.index);
        let rest = match &index.overflow {
            _ if index.table.len() < self.descriptor.max_series => return None,
            Some(series) => series.id,
            None if self.kind.sums_up() => return None,
            None => SeriesId::NONE,
        };
        self.faults.overflow();
        Some(rest)
    }

    fn overflow(&self, index: &mut Index) -> SeriesId {
        self.faults.overflow();
        if !self.kind.sums_up() {
            return SeriesId::NONE;
        }
        let Index { overflow, version, .. } = index;
        let series = overflow.get_or_insert_with(|| {
            *version += 1;
            let values = vec![OVERFLOW; self.descriptor.labels.len()];
            self.new_series(self.hash(&values), &values)
        });
        series.id
    }

    fn new_series(&self, hash: u64, values: &[&str]) -> Arc<Series> {
        Arc::new(Series {
            hash,
            id: cell::create(self.kind.layout(&self.descriptor), Arc::clone(&self.faults)),
            values: values.iter().map(|value| Box::from(*value)).collect(),
            text: label_text(self.descriptor.labels, values).into(),
            pins: Mutex::default(),
        })
    }

    fn remove_if(&self, goes: impl Fn(&Series) -> bool) -> usize {
        let mut index = write(&self.index);
        let Index { table, overflow, version } = &mut *index;
        let mut removed = 0;
        let mut stays = |series: &Arc<Series>| {
            let stays = !goes(series);
            if !stays {
                series.end();
                removed += 1;
            }
            stays
        };
        table.retain(|series| stays(series));
        if overflow.as_ref().is_some_and(|series| !stays(series)) {
            *overflow = None;
        }
        *version += 1;
        removed
    }

    /// The series in order. Sorted anew only if some came or went, and outside the lock that writers need.
    fn sorted(&self) -> Arc<[Arc<Series>]> {
        let mut order = lock(&self.order);
        let index = read(&self.index);
        if order.version != index.version {
            let all = index.table.iter().chain(&index.overflow);
            let mut series: Vec<Arc<Series>> = all.cloned().collect();
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
}

impl Series {
    /// Whether these are its label values: all of them compared in full, never a hash alone.
    fn is(&self, values: &[&str]) -> bool {
        self.values.len() == values.len()
            && self.values.iter().zip(values).all(|(own, other)| **own == **other)
    }

    fn pinned(&self, pin: Option<&'static Pin>) -> SeriesId {
        if let Some(pin) = pin {
            pin.set(self.id);
            lock(&self.pins).push(pin);
        }
        self.id
    }

    /// Whoever has pinned the series looks it up again from now on.
    fn end(&self) {
        for pin in lock(&self.pins).drain(..) {
            pin.set(SeriesId::UNKNOWN);
        }
        cell::destroy(self.id);
    }
}

/// `a="1",b="2"`, escaped, without the labels whose value is empty: they are absent (DM-3).
fn label_text(names: &[&str], values: &[&str]) -> String {
    let mut text = String::new();
    for (name, value) in names.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(name);
        text.push_str("=\"");
        escape::label_value(&mut text, value);
        text.push('"');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_text_leaves_absent_labels_out() {
        assert_eq!(label_text(&["a", "b", "c"], &["1", "", "x\"y"]), r#"a="1",c="x\"y""#);
        assert_eq!(label_text(&[], &[]), "");
    }
}
