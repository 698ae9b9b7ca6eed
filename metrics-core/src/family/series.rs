//! One series of a family: its label values, its id, and who keeps that id.

use crate::cell::{self, SeriesId};
use crate::encode::escape;
use crate::sync::{AtomicU64, Mutex, Ordering, lock};

pub(super) struct Series {
    pub(super) id: SeriesId,
    pub(super) hash: u64,
    /// In the order of the descriptor's labels.
    pub(super) values: Box<[Box<str>]>,
    /// The labels as they are written in every scrape, escaped once.
    pub(super) text: Box<str>,
    /// It takes what the ceiling keeps out, and does not count towards it.
    pub(super) takes_the_rest: bool,
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

    /// The series; [`SeriesId::UNKNOWN`] as long as nobody has looked it up.
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

impl Series {
    pub(super) fn new(
        id: SeriesId,
        hash: u64,
        names: &[&str],
        values: &[&str],
        takes_the_rest: bool,
    ) -> Self {
        Self {
            id,
            hash,
            values: values.iter().map(|value| Box::from(*value)).collect(),
            text: label_text(names, values).into(),
            takes_the_rest,
            pins: Mutex::default(),
        }
    }

    /// Whether these are its label values: all of them compared in full, never a hash alone.
    pub(super) fn is(&self, values: &[&str]) -> bool {
        self.values.len() == values.len()
            && self.values.iter().zip(values).all(|(own, other)| **own == **other)
    }

    pub(super) fn pinned(&self, pin: Option<&'static Pin>) -> SeriesId {
        if let Some(pin) = pin {
            pin.set(self.id);
            lock(&self.pins).push(pin);
        }
        self.id
    }

    /// Whoever has pinned the series looks it up again from now on.
    pub(super) fn end(&self) {
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
