//! Summaries: the sum and count of all observations, and the quantiles of the latest ones.
//!
//! Sum and count are the words of a histogram with one bucket. Quantiles need a [`sketch`], one a series; the base
//! block of the series, which has no tag, holds its number in the tag's place.

use std::fmt;
use std::time::Duration;

use crate::cell::{self, Handle, Layout, SeriesId};
use crate::clock;
use crate::descriptor::{Descriptor, Type, Window};
use crate::observation::{self, Observation, Observe};
use crate::record::RECORD;
use crate::sample::{Kind, Quantiles, Sink};
use crate::sketch::{self, Sketch};
use crate::sync::Ordering::Relaxed;

/// Where the base block holds the number of the sketch.
const SKETCH: usize = 0;

/// The window of a summary that names none: the one of the Go client, without quantiles (CL-8).
pub(crate) const DEFAULT_WINDOW: Window =
    Window { quantiles: &[], max_age: Duration::from_mins(10), age_buckets: 5 };

/// One series of a summary: `Copy`, found already, cheap to keep.
///
/// A handle outlives its series: what is observed through it after the series was removed is dropped.
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

    /// The number of values observed so far, 0 if the series was removed.
    pub fn count(self) -> u64 {
        observation::snapshot(self.id, 1).map_or(0, |(counts, _)| counts[0])
    }

    /// The sum of the values observed so far, 0 if the series was removed.
    pub fn sum(self) -> f64 {
        observation::snapshot(self.id, 1).map_or(0.0, |(_, sum)| sum)
    }

    /// Each quantile with the value at it among the observations of the window, `NaN` if there were none.
    pub fn quantiles(self) -> Vec<(f64, f64)> {
        quantiles(self.id, self.window)
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
        observation::record(self.id, 0, value);
        if self.window.quantiles.is_empty() || value.is_nan() {
            return;
        }
        if let Some(sketch) = sketch_of(self.id) {
            sketch.observe(self.id, self.window, clock::uptime(), value);
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
    fn layout(&self, _: &Descriptor) -> Layout {
        observation::layout(1)
    }

    fn may_drop(&self) -> bool {
        true
    }

    fn sums_up(&self) -> bool {
        true
    }

    fn begin(&self, id: SeriesId, descriptor: &Descriptor) {
        if !window(descriptor).quantiles.is_empty()
            && let Some(number) = sketch::begin(id)
        {
            cell::write_base(id, &|base| base.store(SKETCH, number as u64 + 1, Relaxed));
        }
    }

    fn end(&self, id: SeriesId) {
        if let Some(number) = sketch_number(id) {
            sketch::end(number);
        }
    }

    fn tell(&self, id: SeriesId, descriptor: &Descriptor, labels: &str, sink: &mut dyn Sink) {
        if let Some((counts, sum)) = observation::snapshot(id, 1) {
            let values = quantiles(id, window(descriptor));
            sink.quantiles(labels, &Quantiles { values: &values, sum, count: counts[0] });
        }
    }
}

fn window(descriptor: &Descriptor) -> &Window {
    match &descriptor.kind {
        Type::Summary(window) => window,
        _ => &DEFAULT_WINDOW,
    }
}

fn quantiles(id: SeriesId, window: &Window) -> Vec<(f64, f64)> {
    let nothing = || window.quantiles.iter().map(|(quantile, _)| (*quantile, f64::NAN)).collect();
    sketch_of(id).map_or_else(nothing, |sketch| sketch.quantiles(id, window, clock::uptime()))
}

fn sketch_of(id: SeriesId) -> Option<&'static Sketch> {
    sketch::by_number(sketch_number(id)?)
}

/// The number is kept plus one: 0 is none.
fn sketch_number(id: SeriesId) -> Option<usize> {
    let kept = cell::base(id)?.load(SKETCH, Relaxed);
    (kept as usize).checked_sub(1)
}
