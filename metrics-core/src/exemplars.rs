//! Exemplars: examples of what was counted, such as the trace of a slow request.
//!
//! They are kept beside the words, in tables of their own: a write without one does not know of it. A counter keeps
//! one, a histogram one for each bucket, and the latest one stays. A native histogram, which has any number of buckets,
//! keeps a few more that are far apart.
//!
//! There are many tables, each with a lock, and the id of a series says which one it is in: writes to different series
//! hardly ever wait for each other, and a scrape holds a lock for as long as it takes to copy those of one series.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::cell::{self, SeriesId};
use crate::clock;
use crate::encode::escape;
use crate::name;
#[cfg(feature = "native")]
use crate::native::apart;
use crate::sync::{Arc, AtomicBool, AtomicU64, Mutex, Ordering, is_holding, lock};
#[cfg(feature = "traces")]
use crate::traces::current::Span;

/// The most characters that the names and values of one's labels have together (O-52).
const MOST: usize = 128;

/// So long, in milliseconds, an example that was given is not replaced by a trace that was found.
#[cfg(feature = "traces")]
const GIVEN_STAYS: u64 = 60_000;

/// One of the things that were counted, with what says more about it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Exemplar {
    place: Place,
    what: What,
    pub(crate) value: f64,
    /// When, in milliseconds since the Unix epoch.
    pub(crate) millis: u64,
}

/// What an exemplar points to.
#[derive(Clone, Debug, PartialEq)]
enum What {
    /// What was given: labels, escaped as those of a series are. Shared, as a scrape copies them under a lock.
    Given(Arc<str>),
    /// A span that was found, as numbers: there may be one for each bucket of each series.
    #[cfg(feature = "traces")]
    Found(Span),
}

/// Those of a series.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Exemplars {
    /// The latest one of each bucket.
    pub(crate) latest: Vec<Exemplar>,
    /// Of a native histogram: a few that are far apart, by value.
    #[cfg(feature = "native")]
    pub(crate) apart: Vec<Exemplar>,
}

/// The most that are kept because they are far apart, as in the Go client.
#[cfg(feature = "native")]
const MOST_APART: usize = 10;

/// Where a value was counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    bucket: usize,
    /// Whether there is an exponential bucket too.
    #[cfg(feature = "native")]
    is_exponential: bool,
}

impl Place {
    /// In a bucket; 0 for a counter.
    pub(crate) fn bucket(bucket: usize) -> Self {
        Self {
            bucket,
            #[cfg(feature = "native")]
            is_exponential: false,
        }
    }

    /// In an exponential bucket, and in this classic one.
    #[cfg(feature = "native")]
    pub(crate) fn exponential(classic: usize) -> Self {
        Self { bucket: classic, is_exponential: true }
    }
}

/// The number of tables.
const TABLES: usize = 64;

/// Those of some series, by the id of the series, which is not used twice. Aligned, as locks are written.
#[repr(align(128))]
struct Table(Mutex<BTreeMap<u64, Exemplars>>);

static KEPT: [Table; TABLES] = [const { Table(Mutex::new(BTreeMap::new())) }; TABLES];

/// Whether there ever was one: a program that uses none takes no lock for them.
static ANY: AtomicBool = AtomicBool::new(false);

static DROPPED: AtomicU64 = AtomicU64::new(0);

/// Keeps an example of what the series counted.
pub(crate) fn keep(id: SeriesId, place: Place, value: f64, labels: &[(&str, &str)]) {
    if !are_labels(labels) || is_holding() {
        DROPPED.fetch_add(1, Ordering::Relaxed);
        return;
    }
    put(id, Exemplar::new(place, value, What::Given(written(labels).into())));
}

/// Keeps a span that was found.
#[cfg(feature = "traces")]
pub(crate) fn keep_found(id: SeriesId, place: Place, value: f64, span: Span) {
    put(id, Exemplar::new(place, value, What::Found(span)));
}

fn put(id: SeriesId, exemplar: Exemplar) {
    // Who writes a word that all read makes them wait.
    if !ANY.load(Ordering::Relaxed) {
        ANY.store(true, Ordering::Relaxed);
    }
    let mut kept = lock(table(id));
    let own = match kept.entry(id.to_bits()) {
        // Whoever ends the series has not been here yet, and will take it away.
        Entry::Occupied(there) => there.into_mut(),
        // Under the lock, which whoever ends a series takes after it has ended it: none stays behind.
        Entry::Vacant(free) if cell::read(id, |_| {}) => free.insert(Exemplars::default()),
        Entry::Vacant(_) => return,
    };
    #[cfg(feature = "native")]
    if exemplar.place.is_exponential {
        own.put_apart(exemplar.clone());
    }
    own.put_latest(exemplar);
}

impl Exemplars {
    fn put_latest(&mut self, exemplar: Exemplar) {
        match self.latest.iter_mut().find(|there| there.is_in(exemplar.place.bucket)) {
            Some(there) if there.stays(&exemplar) => {}
            Some(there) => *there = exemplar,
            None => self.latest.push(exemplar),
        }
    }

    #[cfg(feature = "native")]
    fn put_apart(&mut self, exemplar: Exemplar) {
        let there: Vec<(f64, u64)> = self.apart.iter().map(|there| (there.value, there.millis)).collect();
        match apart::gives_way(&there, MOST_APART, (exemplar.value, exemplar.millis)) {
            Some(at) if self.apart[at].stays(&exemplar) => return,
            Some(at) => drop(self.apart.remove(at)),
            None => {}
        }
        let at = self.apart.partition_point(|there| there.value <= exemplar.value);
        self.apart.insert(at, exemplar);
    }
}

impl Exemplar {
    fn new(place: Place, value: f64, what: What) -> Self {
        Self { place, what, value, millis: (clock::unix_seconds() * 1e3) as u64 }
    }

    /// Its labels, escaped.
    pub(crate) fn labels(&self) -> Cow<'_, str> {
        match &self.what {
            What::Given(labels) => Cow::Borrowed(labels),
            #[cfg(feature = "traces")]
            What::Found(span) => Cow::Owned(span.labels()),
        }
    }

    /// Whether its value fell into this classic bucket; 0 for a counter's.
    pub(crate) fn is_in(&self, bucket: usize) -> bool {
        self.place.bucket == bucket
    }

    /// Whether it stays although another one comes: one that was given knows more than a trace that was found.
    fn stays(&self, other: &Self) -> bool {
        match (&self.what, &other.what) {
            #[cfg(feature = "traces")]
            (What::Given(_), What::Found(_)) => other.millis.saturating_sub(self.millis) < GIVEN_STAYS,
            _ => false,
        }
    }
}

/// Those of a series.
pub(crate) fn of(id: SeriesId) -> Exemplars {
    if !ANY.load(Ordering::Relaxed) {
        return Exemplars::default();
    }
    lock(table(id)).get(&id.to_bits()).cloned().unwrap_or_default()
}

/// The series has ended.
pub(crate) fn forget(id: SeriesId) {
    if ANY.load(Ordering::Relaxed) {
        lock(table(id)).remove(&id.to_bits());
    }
}

/// The table that a series has its exemplars in: neighbours have different ones.
fn table(id: SeriesId) -> &'static Mutex<BTreeMap<u64, Exemplars>> {
    let spread = id.to_bits().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - TABLES.ilog2());
    &KEPT[spread as usize % TABLES].0
}

/// How many were not kept, because their labels can't be an exemplar's.
pub(crate) fn dropped() -> u64 {
    DROPPED.load(Ordering::Relaxed)
}

fn are_labels(labels: &[(&str, &str)]) -> bool {
    let characters: usize =
        labels.iter().map(|(name, value)| name.chars().count() + value.chars().count()).sum();
    let distinct = |at: usize| labels[..at].iter().all(|(before, _)| *before != labels[at].0);
    characters <= MOST
        && labels.iter().all(|(name, _)| name::is_label_name(name))
        && (0..labels.len()).all(distinct)
}

fn written(labels: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in labels {
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
    use std::thread;

    use super::*;

    fn series() -> SeriesId {
        let tenant = cell::Tenant { layout: cell::words::counter::LAYOUT, faults: Arc::default() };
        cell::create(&Arc::new(tenant))
    }

    #[test]
    fn a_series_does_not_wait_for_another_ones_exemplars() {
        let ids: Vec<SeriesId> = (0..8).map(|_| series()).collect();
        let other = ids.iter().find(|id| !std::ptr::eq(table(**id), table(ids[0])));
        let other = *other.expect("eight neighbours are not all in one table");
        let first = lock(table(ids[0]));
        thread::spawn(move || keep(other, Place::bucket(0), 1.0, &[("trace_id", "1")])).join().unwrap();
        drop(first);
        assert_eq!(of(other).latest.len(), 1);
    }

    #[test]
    fn a_series_that_has_ended_keeps_none() {
        let id = series();
        keep(id, Place::bucket(0), 1.0, &[("trace_id", "1")]);
        assert_eq!(of(id).latest.len(), 1);
        cell::destroy(id);
        forget(id);
        keep(id, Place::bucket(0), 1.0, &[("trace_id", "2")]);
        assert_eq!(of(id), Exemplars::default());
    }

    #[cfg(feature = "traces")]
    #[test]
    fn what_was_given_stays_for_a_minute() {
        let id = series();
        let example = |what: What, millis| {
            put(id, Exemplar { millis, ..Exemplar::new(Place::bucket(0), 1.0, what) });
            of(id).latest[0].labels().into_owned()
        };
        let given = |text: &str| What::Given(text.into());
        let span = |number| Span { trace: [0xa; 16], span: [0, 0, 0, 0, 0, 0, 0, number] };
        let found = |number| What::Found(span(number));
        let labels = |number| span(number).labels();
        assert_eq!(example(found(1), 1), labels(1));
        assert_eq!(example(found(2), 2), labels(2));
        assert_eq!(example(given("given"), 3), "given");
        assert_eq!(example(found(3), 2 + GIVEN_STAYS), "given");
        assert_eq!(example(found(4), 3 + GIVEN_STAYS), labels(4));
        assert_eq!(example(given("again"), 4 + GIVEN_STAYS), "again");
        assert_eq!(example(given("and again"), 5 + GIVEN_STAYS), "and again");
    }

    /// O-52
    #[test]
    fn the_labels_have_128_characters_at_most() {
        let long = "ß".repeat(120);
        assert!(are_labels(&[("trace_id", &long)]));
        assert!(!are_labels(&[("trace_ids", &long)]));
        assert!(!are_labels(&[("a", "1"), ("a", "2")]) && !are_labels(&[("1", "")]));
        assert!(are_labels(&[]));
    }
}
