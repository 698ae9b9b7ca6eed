//! Declared summaries.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;

use super::view::{observing, view};
use crate::callsite::Declared;
use crate::family::Pin;
use crate::instrument::future::Timed;
use crate::instrument::timer::Timer;
use crate::label::{Labels, NoLabels};
use crate::metric::summary::SummaryHandle;
use crate::observation::Observation;

/// The sum and count of all observations, and the quantiles of the latest ones.
///
/// `metrics!` declares it; `L` are its labels. Without labels it is written to directly, with labels through the struct
/// of the same name.
///
/// Without `quantiles`, the default, it is a sum and a count. With them it looks back over `max_age` (10 minutes), in
/// `age_buckets` (5) steps that move on by time. Quantiles of several processes can't be added up: where you have
/// several, take a [`Histogram`](crate::Histogram).
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// metrics! {
///     /// Seconds a request took, by endpoint.
///     #[metric(quantiles = [0.5 => 0.05, 0.99 => 0.001], max_age = "5m")]
///     static REQUEST_SECONDS: Summary<endpoint>;
/// }
///
/// let endpoint = "/";
/// REQUEST_SECONDS { endpoint }.observe(0.25);
/// let text = metrics_core::render();
/// assert!(text.contains("\nrequest_seconds{endpoint=\"/\",quantile=\"0.99\"} 0.25\n"));
/// assert!(text.contains("\nrequest_seconds_count{endpoint=\"/\"} 1\n"));
/// ```
pub struct Summary<L = ()> {
    cell: &'static Declared,
    labels: PhantomData<fn(L)>,
}

view!(Summary, SummaryHandle, |cell, id| SummaryHandle::new(id, cell.window));
observing!(Summary, SummaryHandle);

#[allow(clippy::needless_pass_by_value, reason = "`get(NAME { … })` is how a series is named")]
impl<L: Labels> Summary<L> {
    /// The series with these labels, which tells its [`count`](SummaryHandle::count) and its
    /// [`sum`](SummaryHandle::sum); `None` if there is no such series.
    pub fn get<S: Labels<Family = L>>(&self, labels: S) -> Option<SummaryHandle> {
        self.find(&labels)
    }
}
