//! Declared histograms.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;

use super::view::{observing, view};
use crate::callsite::Declared;
use crate::family::Pin;
use crate::instrument::future::Timed;
use crate::instrument::timer::Timer;
use crate::label::{Labels, NoLabels};
use crate::metric::histogram::HistogramHandle;
use crate::observation::Observation;

/// How often values fell below each bound, and their sum: durations in seconds, sizes in bytes.
///
/// `metrics!` declares it; `L` are its labels. Without labels it is written to directly, with labels through the struct
/// of the same name. Its bounds are [`buckets::DEFAULT`](crate::buckets::DEFAULT) unless it names others.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// metrics! {
///     /// Seconds one task ran, by type.
///     #[metric(buckets = [0.1, 0.2, 0.5, 1.0])]
///     static TASK_SECONDS: Histogram<task_type>;
/// }
///
/// let task_type = "heavy";
/// TASK_SECONDS { task_type }.observe(0.25);
/// let heavy = TASK_SECONDS { task_type }.handle();
/// assert_eq!((heavy.count(), heavy.sum()), (1, 0.25));
/// ```
pub struct Histogram<L = ()> {
    cell: &'static Declared,
    labels: PhantomData<fn(L)>,
}

view!(Histogram, HistogramHandle, |cell, id| HistogramHandle::new(id, cell.bounds()));
observing!(Histogram, HistogramHandle);

impl<L> Histogram<L> {
    /// Counts a value, and keeps it as an example of its bucket; see [`HistogramHandle::observe_with_exemplar`].
    pub fn observe_with_exemplar(&self, value: impl Observation, exemplar: &[(&str, &str)])
    where
        L: NoLabels,
    {
        self.handle().observe_with_exemplar(value, exemplar);
    }
}

#[allow(clippy::needless_pass_by_value, reason = "`get(NAME { … })` is how a series is named")]
impl<L: Labels> Histogram<L> {
    /// The series with these labels, which tells its [`count`](HistogramHandle::count) and its
    /// [`sum`](HistogramHandle::sum); `None` if there is no such series.
    pub fn get<S: Labels<Family = L>>(&self, labels: S) -> Option<HistogramHandle> {
        self.find(&labels)
    }
}
