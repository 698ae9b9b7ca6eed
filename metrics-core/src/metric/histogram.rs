//! Histograms: how often values fell below each bound, and their sum.

use std::fmt;

use crate::bounds::Bounds;
use crate::cell::{Handle, Layout, SeriesId};
use crate::clock::Ticks;
use crate::descriptor::{Descriptor, Type};
use crate::exemplars::{self, Place};
use crate::observation::{self, Observation, Observe, Tally};
use crate::record::RECORD;
use crate::reentrant;
use crate::sample::{Distribution, Kind, Sink};
use crate::traces;

/// One series of a histogram: `Copy`, found already, cheap to keep.
///
/// A handle outlives its series: what is observed through it after the series was removed is dropped.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
/// use std::time::Duration;
///
/// metrics! {
///     /// Seconds a query took, by table.
///     #[metric(buckets = [0.01, 0.1, 1.0])]
///     static QUERY_SECONDS: Histogram<table>;
/// }
///
/// let query = QUERY_SECONDS { table: "users" }.handle();
/// query.observe(0.25);
/// query.observe(Duration::from_millis(500));
/// assert_eq!((query.count(), query.sum()), (2, 0.75));
/// ```
#[derive(Clone, Copy)]
pub struct HistogramHandle {
    id: SeriesId,
    bounds: &'static Bounds,
}

impl HistogramHandle {
    pub(crate) fn new(id: SeriesId, bounds: &'static Bounds) -> Self {
        Self { id, bounds }
    }

    /// Counts a value: an `f64`, or a [`Duration`](std::time::Duration), which counts in seconds (CL-9).
    ///
    /// `NaN` is dropped and counted in `metrics_core_dropped_observations_total`: it would ruin the sum for ever. Infinite
    /// values are counted in their bucket and in the sum.
    #[inline]
    pub fn observe(self, value: impl Observation) {
        if RECORD {
            self.record(value.to_f64());
        }
    }

    /// Counts a value, and keeps it as an example of its bucket, with labels that say more, such as the id of a trace
    /// (O-50, O-53).
    ///
    /// The latest one of each bucket is told in `OpenMetrics` and protobuf. Its names and values have at most 128
    /// characters together, or it is dropped and counted in `metrics_core_dropped_exemplars_total`; the value counts
    /// all the same.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::metrics;
    ///
    /// metrics! {
    ///     /// Seconds a query took.
    ///     static FETCH_SECONDS: Histogram;
    /// }
    ///
    /// FETCH_SECONDS.observe_with_exemplar(0.25, &[("trace_id", "4bf92f3577b34da6")]);
    /// assert_eq!(FETCH_SECONDS.handle().count(), 1);
    /// ```
    #[inline]
    pub fn observe_with_exemplar(self, value: impl Observation, exemplar: &[(&str, &str)]) {
        if !RECORD {
            return;
        }
        let value = value.to_f64();
        let bucket = self.bounds.bucket(value);
        observation::record(self.id, bucket, value);
        if !value.is_nan() {
            exemplars::keep(self.id, Place::bucket(bucket), value, exemplar);
        }
    }

    fn observed(self) -> Option<(u64, f64)> {
        reentrant::outside(|| observation::observed(self.id, self.bounds.upper().len() + 1))
    }

    /// The number of values observed so far, 0 if the series was removed.
    pub fn count(self) -> u64 {
        self.observed().map_or(0, |(count, _)| count)
    }

    /// The sum of the values observed so far, 0 if the series was removed.
    pub fn sum(self) -> f64 {
        self.observed().map_or(0.0, |(_, sum)| sum)
    }
}

impl Handle for HistogramHandle {
    fn id(self) -> SeriesId {
        self.id
    }

    fn at(self, id: SeriesId) -> Self {
        Self { id, ..self }
    }
}

impl Observe for HistogramHandle {
    #[inline]
    fn record(self, value: f64) {
        let bucket = self.bounds.bucket(value);
        observation::record(self.id, bucket, value);
        traces::offer(self.id, bucket, || (Place::bucket(bucket), value));
    }

    #[inline]
    fn record_time(self, time: Ticks) {
        let bucket = self.bounds.bucket_of(time);
        observation::record_time(self.id, bucket, time);
        traces::offer(self.id, bucket, || (Place::bucket(bucket), time.seconds()));
    }
}

impl fmt::Debug for HistogramHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HistogramHandle").field("count", &self.count()).field("sum", &self.sum()).finish()
    }
}

/// Histograms as a family sees them.
pub(crate) struct HistogramKind;

impl Kind for HistogramKind {
    fn layout(&self, descriptor: &Descriptor) -> Layout {
        observation::layout(bounds(descriptor).len() + 1)
    }

    fn may_drop(&self) -> bool {
        true
    }

    fn sums_up(&self) -> bool {
        true
    }

    fn tell(&self, id: SeriesId, descriptor: &Descriptor, labels: &str, sink: &mut dyn Sink) {
        self.tell_all(&[(labels, id)], descriptor, sink);
    }

    fn tell_all(&self, series: &[(&str, SeriesId)], descriptor: &Descriptor, sink: &mut dyn Sink) {
        let (bounds, mut tally) = (bounds(descriptor), Tally::new());
        for (labels, id) in series {
            if let Some((counts, sum)) = tally.read(*id, bounds.len() + 1) {
                sink.distribution(labels, &Distribution { bounds, counts, sum });
            }
        }
    }
}

fn bounds(descriptor: &Descriptor) -> &'static [f64] {
    match descriptor.kind {
        Type::Histogram(bounds) => bounds,
        _ => &[],
    }
}
