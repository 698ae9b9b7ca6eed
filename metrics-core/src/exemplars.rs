//! Exemplars: examples of what was counted, such as the trace of a slow request.
//!
//! They are kept beside the words, in a table of their own: a write without one does not know of it. A counter keeps
//! one, a histogram one for each bucket, and the latest one stays.

use std::collections::BTreeMap;

use crate::cell::{self, SeriesId};
use crate::clock;
use crate::encode::escape;
use crate::name;
use crate::sample::Exemplar;
use crate::sync::{AtomicBool, AtomicU64, Mutex, Ordering, is_holding, lock};

/// The most characters that the names and values of one's labels have together (O-52).
const MOST: usize = 128;

/// By the id of the series, which is not used twice.
static KEPT: Mutex<BTreeMap<u64, Vec<Exemplar>>> = Mutex::new(BTreeMap::new());

/// Whether there ever was one: a program that uses none takes no lock for them.
static ANY: AtomicBool = AtomicBool::new(false);

static DROPPED: AtomicU64 = AtomicU64::new(0);

/// Keeps an example of what was counted in a bucket of the series; 0 for a counter.
pub(crate) fn keep(id: SeriesId, bucket: usize, value: f64, labels: &[(&str, &str)]) {
    if !are_labels(labels) || is_holding() {
        DROPPED.fetch_add(1, Ordering::Relaxed);
        return;
    }
    let millis = (clock::unix_seconds() * 1e3) as u64;
    let exemplar = Exemplar { bucket, labels: written(labels), value, millis };
    ANY.store(true, Ordering::Relaxed);
    let mut kept = lock(&KEPT);
    // Under the lock, which whoever ends a series takes after it has ended it: none stays behind.
    if !cell::read(id, |_| {}) {
        return;
    }
    let own = kept.entry(id.to_bits()).or_default();
    match own.iter_mut().find(|there| there.bucket == bucket) {
        Some(there) => *there = exemplar,
        None => own.push(exemplar),
    }
}

/// Those of a series.
pub(crate) fn of(id: SeriesId) -> Vec<Exemplar> {
    if !ANY.load(Ordering::Relaxed) {
        return Vec::new();
    }
    lock(&KEPT).get(&id.to_bits()).cloned().unwrap_or_default()
}

/// The series has ended.
pub(crate) fn forget(id: SeriesId) {
    if ANY.load(Ordering::Relaxed) {
        lock(&KEPT).remove(&id.to_bits());
    }
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

fn written(labels: &[(&str, &str)]) -> Box<str> {
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
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::Arc;

    #[test]
    fn a_series_that_has_ended_keeps_none() {
        let tenant = cell::Tenant { layout: cell::words::counter::LAYOUT, faults: Arc::default() };
        let id = cell::create(&Arc::new(tenant));
        keep(id, 0, 1.0, &[("trace_id", "1")]);
        assert_eq!(of(id).len(), 1);
        cell::destroy(id);
        forget(id);
        keep(id, 0, 1.0, &[("trace_id", "2")]);
        assert_eq!(of(id), []);
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
