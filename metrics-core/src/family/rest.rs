//! The ceiling on the series of a family, and the series that takes what it keeps out.

use super::{Family, Index};
use crate::cell::SeriesId;
use crate::descriptor::Descriptor;

/// What stands in the place of each open label's value in the series that takes what the ceiling keeps out.
const OVERFLOW: &str = "__overflow__";

impl Family {
    /// The series that takes the rest, made if need be.
    pub(super) fn make_rest(&self, index: &mut Index, values: &[&str]) -> SeriesId {
        self.faults.overflow();
        if !self.kind.sums_up() {
            return SeriesId::NONE;
        }
        let values = self.rest_of(values);
        let key = self.key(&values);
        self.known(&key).unwrap_or_else(|| {
            let id = self.insert(index, &key);
            if id != SeriesId::NONE {
                index.rest.push(id);
            }
            id
        })
    }

    /// Where the rest goes once the ceiling is reached, found without the lock that only one can have: a flood of
    /// labels must not queue up there.
    #[cold]
    pub(super) fn beyond_ceiling(&self, index: &Index, values: &[&str]) -> Option<SeriesId> {
        if !index.is_full(&self.descriptor) {
            return None;
        }
        let id =
            if self.kind.sums_up() { self.known(&self.key(&self.rest_of(values)))? } else { SeriesId::NONE };
        self.faults.overflow();
        Some(id)
    }

    /// The label values of the series that takes the rest: closed labels keep theirs.
    fn rest_of<'a>(&self, values: &[&'a str]) -> Vec<&'a str> {
        let open = |at: usize| self.descriptor.values.get(at).is_none_or(|closed| closed.is_empty());
        values.iter().enumerate().map(|(at, value)| if open(at) { OVERFLOW } else { *value }).collect()
    }
}

impl Index {
    pub(super) fn is_full(&self, descriptor: &Descriptor) -> bool {
        self.books.entries() - self.rest.len() >= descriptor.max_series
    }
}
