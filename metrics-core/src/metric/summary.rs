//! Summaries: the sum and count of all observations, and the quantiles of the latest ones.
//!
//! Sum and count are the words of a histogram with one bucket. Quantiles need a [`sketch`], one a series.

use std::fmt;
use std::time::Duration;

use crate::cell::{Handle, Layout, SeriesId};
use crate::descriptor::{Descriptor, Type, Window};
use crate::observation::{self, Observation, Observe};
use crate::record::RECORD;
use crate::reentrant;
use crate::sample::{Kind, Quantiles, Sink};
use crate::sketch;

/// The window of a summary that names none: the one of the Go client, without quantiles (CL-8).
pub(crate) const DEFAULT_WINDOW: Window =
    Window { quantiles: &[], max_age: Duration::from_mins(10), age_buckets: 5 };

/// One series of a summary: `Copy`, found already, cheap to keep.
///
/// A handle outlives its series: what is observed through it after the series was removed is dropped.
///
/// # Quantiles
///
/// Each is the middle of a bucket so narrow that it is within 0.2 % of the value at exactly that rank among those of the
/// window; the first and the last rank are told exactly. The window looks back for `max_age` and moves on in
/// `age_buckets` steps, by time: whether somebody scrapes or not.
///
/// A value that is counted for quantiles costs one more reading of the clock, and no lock once a thread has observed the
/// series 16 times, but for one now and then if nobody scrapes for longer than a step of the window. Such a thread has
/// counts of its own: 1 KiB for the series, and 2 KiB for each power of two that lies between its least and greatest
/// values, but never more than 65 KiB. A thread has them for 256 series at most, and for 16 at most once all threads
/// together have 4 096; values of other series, or beyond 32 powers of two, are counted by all threads together, under
/// a lock. What all threads share takes 2 KiB for each power of two in each step of the window.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// metrics! {
///     /// Seconds a page took, by page.
///     #[metric(quantiles = [0.5 => 0.05, 0.99 => 0.001])]
///     static PAGE_SECONDS: Summary<page>;
/// }
///
/// let home = PAGE_SECONDS { page: "home" }.handle();
/// home.observe(0.25);
/// home.observe(0.5);
/// assert_eq!((home.count(), home.sum()), (2, 0.75));
/// assert_eq!(home.quantiles(), [(0.5, 0.25), (0.99, 0.5)]);
/// ```
#[derive(Clone, Copy)]
pub struct SummaryHandle {
    id: SeriesId,
    window: &'static Window,
}

impl SummaryHandle {
    pub(crate) fn new(id: SeriesId, window: &'static Window) -> Self {
        Self { id, window }
    }

    /// Counts a value: an `f64`, or a [`Duration`], which counts in seconds (CL-8).
    ///
    /// `NaN` is dropped and counted in `metrics_core_dropped_observations_total`: it would ruin the sum for ever.
    #[inline]
    pub fn observe(self, value: impl Observation) {
        if RECORD {
            self.record(value.to_f64());
        }
    }

    fn observed(self) -> Option<(u64, f64)> {
        reentrant::outside(|| observation::observed(self.id, 1))
    }

    /// The number of values observed so far, 0 if the series was removed.
    pub fn count(self) -> u64 {
        self.observed().map_or(0, |(count, _)| count)
    }

    /// The sum of the values observed so far, 0 if the series was removed.
    pub fn sum(self) -> f64 {
        self.observed().map_or(0.0, |(_, sum)| sum)
    }

    /// Each quantile with the value at it among the observations of the window, `NaN` if there were none.
    pub fn quantiles(self) -> Vec<(f64, f64)> {
        sketch::quantiles(self.id, self.window)
    }
}

impl Handle for SummaryHandle {
    fn id(self) -> SeriesId {
        self.id
    }

    fn at(self, id: SeriesId) -> Self {
        Self { id, ..self }
    }
}

impl Observe for SummaryHandle {
    fn record(self, value: f64) {
        if self.window.quantiles.is_empty() || value.is_nan() {
            observation::record(self.id, 0, value);
        } else {
            sketch::record(self.id, value);
        }
    }
}

impl fmt::Debug for SummaryHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SummaryHandle").field("count", &self.count()).field("sum", &self.sum()).finish()
    }
}

/// Summaries as a family sees them.
pub(crate) struct SummaryKind;

impl Kind for SummaryKind {
    fn layout(&self, descriptor: &Descriptor) -> Layout {
        if window(descriptor).quantiles.is_empty() { observation::layout(1) } else { sketch::LAYOUT }
    }

    fn may_drop(&self) -> bool {
        true
    }

    fn sums_up(&self) -> bool {
        true
    }

    fn begin(&self, id: SeriesId, descriptor: &Descriptor) {
        let window = window(descriptor);
        if !window.quantiles.is_empty() {
            sketch::begin(id, window);
        }
    }

    fn end(&self, id: SeriesId) {
        sketch::end(id);
    }

    fn tell(&self, id: SeriesId, descriptor: &Descriptor, labels: &str, sink: &mut dyn Sink) {
        if let Some((count, sum)) = observation::observed(id, 1) {
            let values = sketch::quantiles(id, window(descriptor));
            sink.quantiles(labels, &Quantiles { values: &values, sum, count });
        }
    }
}

fn window(descriptor: &Descriptor) -> &Window {
    match &descriptor.kind {
        Type::Summary(window) => window,
        _ => &DEFAULT_WINDOW,
    }
}
