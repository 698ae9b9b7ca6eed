//! Samples that a collector handed over, kept until they are told.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::descriptor::Descriptor;
use crate::sample::{Distribution, Quantiles, Sink, Value};

/// The numbers of one series.
pub(crate) enum Numbers {
    Number(Value),
    State { states: Vec<String>, active: usize },
    Distribution { bounds: Vec<f64>, counts: Vec<u64>, sum: f64 },
    Quantiles { values: Vec<(f64, f64)>, sum: f64, count: u64 },
}

/// A family with its series, by the text of their labels.
pub(crate) struct Collected {
    pub(crate) descriptor: Descriptor,
    series: BTreeMap<String, Numbers>,
}

/// The families that one collector handed over.
pub(crate) type Families = BTreeMap<&'static str, Collected>;

impl Collected {
    pub(crate) fn new(descriptor: Descriptor) -> Self {
        Self { descriptor, series: BTreeMap::new() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.series.is_empty()
    }

    /// Adds a series; false if one with these labels is there.
    pub(crate) fn add(&mut self, labels: String, numbers: Numbers) -> bool {
        match self.series.entry(labels) {
            Entry::Vacant(free) => {
                free.insert(numbers);
                true
            }
            Entry::Occupied(_) => false,
        }
    }

    /// Adds all series of another family that describes the same, and returns the labels of those that are there.
    pub(crate) fn append(&mut self, other: Self) -> Vec<String> {
        let add =
            |(labels, numbers): (String, Numbers)| (!self.add(labels.clone(), numbers)).then_some(labels);
        other.series.into_iter().filter_map(add).collect()
    }

    /// All series, which are here no longer.
    pub(crate) fn take(&mut self) -> Self {
        Self { descriptor: self.descriptor, series: std::mem::take(&mut self.series) }
    }

    /// Tells the first series by labels, and lets go of it; false if there is none.
    pub(crate) fn tell_next(&mut self, sink: &mut dyn Sink) -> bool {
        let Some((labels, numbers)) = self.series.pop_first() else { return false };
        match numbers {
            Numbers::Number(value) => sink.number(&labels, value),
            Numbers::State { states, active } => {
                let states: Vec<&str> = states.iter().map(String::as_str).collect();
                sink.state(&labels, &states, active);
            }
            Numbers::Distribution { bounds, counts, sum } => {
                sink.distribution(&labels, &Distribution { bounds: &bounds, counts: &counts, sum });
            }
            Numbers::Quantiles { values, sum, count } => {
                sink.quantiles(&labels, &Quantiles { values: &values, sum, count });
            }
        }
        true
    }
}
