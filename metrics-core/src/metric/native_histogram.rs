//! Native histograms: how often values fell into exponential buckets, and their sum.

use std::fmt;

use crate::bounds::Bounds;
use crate::cell::words::{distribution, native as words};
use crate::cell::{self, Block, Handle, Layout, SeriesId};
use crate::descriptor::{Descriptor, Native, Type};
use crate::exemplars::{self, Place};
use crate::native::page::Head;
use crate::native::pages;
use crate::native::snapshot::NativeSnapshot;
use crate::observation::{Observation, Observe};
use crate::record::RECORD;
use crate::reentrant;
use crate::sample::{Distribution, Kind, Sink};
use crate::sync::{Cell, is_holding};
use crate::traces;

/// One series of a native histogram: `Copy`, found already, cheap to keep.
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
///     static READ_SECONDS: NativeHistogram<table>;
/// }
///
/// let query = READ_SECONDS { table: "users" }.handle();
/// query.observe(0.25);
/// query.observe(Duration::from_millis(500));
/// assert_eq!((query.count(), query.sum()), (2, 0.75));
/// ```
#[derive(Clone, Copy)]
pub struct NativeHistogramHandle {
    id: SeriesId,
    /// Of the classic buckets.
    bounds: &'static Bounds,
}

impl NativeHistogramHandle {
    pub(crate) fn new(id: SeriesId, bounds: &'static Bounds) -> Self {
        Self { id, bounds }
    }

    /// Counts a value: an `f64`, or a [`Duration`](std::time::Duration), which counts in seconds (CL-9).
    ///
    /// `NaN` is dropped and counted in `metrics_core_dropped_observations_total`: it would ruin the sum for ever. Infinite
    /// values are counted in buckets behind the last ones and in the sum.
    #[inline]
    pub fn observe(self, value: impl Observation) {
        if RECORD {
            self.record(value.to_f64());
        }
    }

    /// Counts a value, and keeps it as an example, with labels that say more, such as the id of a trace (O-50, O-53, P-6).
    ///
    /// Up to ten whose values are far apart are told in protobuf, and the latest one of each classic bucket in `OpenMetrics`
    /// and protobuf. Its names and values have at most 128 characters together, or it is dropped and counted in
    /// `metrics_core_dropped_exemplars_total`; the value counts all the same.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::metrics;
    ///
    /// metrics! {
    ///     /// Seconds a query took.
    ///     static SCAN_SECONDS: NativeHistogram;
    /// }
    ///
    /// SCAN_SECONDS.observe_with_exemplar(0.25, &[("trace_id", "4bf92f3577b34da6")]);
    /// assert_eq!(SCAN_SECONDS.handle().count(), 1);
    /// ```
    #[inline]
    pub fn observe_with_exemplar(self, value: impl Observation, exemplar: &[(&str, &str)]) {
        if !RECORD {
            return;
        }
        let value = value.to_f64();
        self.count_value(value);
        if !value.is_nan() {
            exemplars::keep(self.id, self.place(value), value, exemplar);
        }
    }

    fn place(self, value: f64) -> Place {
        Place::exponential(self.bounds.bucket(value))
    }

    /// What was counted so far: nothing if the series was removed.
    pub fn snapshot(self) -> NativeSnapshot {
        reentrant::outside(|| pages::snapshot(self.id)).map(|(snapshot, _)| snapshot).unwrap_or_default()
    }

    /// The number of values observed so far, 0 if the series was removed.
    pub fn count(self) -> u64 {
        self.snapshot().count
    }

    /// The sum of the values observed so far, 0 if the series was removed.
    pub fn sum(self) -> f64 {
        self.snapshot().sum
    }

    #[inline]
    fn count_value(self, value: f64) {
        if let Some((own, base)) = cell::own(self.id)
            && let Some((page, name, place)) = words::find(own, base, value)
            && let Some((own, base)) = cell::own(page)
        {
            let head = words::head(base);
            if head.is_whole(name) {
                return self.record_at(own, place, value);
            }
            if head.is_cut(name) {
                return self.record_cut(own, head, place, value);
            }
        }
        self.record_slowly(value);
    }

    /// Counts a value in a cell of a page.
    #[inline]
    fn record_at(self, own: Block, place: usize, value: f64) {
        let is_first = distribution::count(own, place) == 0;
        distribution::record(own, place, value);
        if is_first {
            self.limit(value);
        }
    }

    /// The same on a page that classic bounds cut.
    #[inline(never)]
    fn record_cut(self, own: Block, head: Head, place: usize, value: f64) {
        self.record_at(own, head.cell(place, self.bounds.bucket(value)), value);
    }

    /// A rare value, or one that belongs to a page that this thread does not know yet, or has no words for.
    #[cold]
    #[inline(never)]
    fn record_slowly(self, value: f64) {
        if cell::base(self.id).is_none() {
            return;
        }
        if is_holding() {
            return reentrant::drop_write();
        }
        if value.is_nan() {
            return cell::drop_value(self.id);
        }
        let Some((page, place)) = pages::find(self.id, value) else { return };
        let is_first = Cell::new(false);
        cell::write(page, |own, _| {
            is_first.set(distribution::count(own, place) == 0);
            distribution::record(own, place, value);
        });
        if is_first.get() {
            self.limit(value);
        }
    }

    /// A bucket was hit that this thread had not hit before.
    #[cold]
    #[inline(never)]
    fn limit(self, value: f64) {
        // From within our own code nothing waits for the lock: the next new bucket is as good.
        if !is_holding() && pages::limit(self.id) {
            self.record_slowly(value);
        }
    }
}

impl Handle for NativeHistogramHandle {
    fn id(self) -> SeriesId {
        self.id
    }

    fn at(self, id: SeriesId) -> Self {
        Self { id, ..self }
    }
}

impl Observe for NativeHistogramHandle {
    #[inline]
    fn record(self, value: f64) {
        self.count_value(value);
        // One for each octave, with room for the words of many series in between.
        let octave = (value.to_bits() >> (f64::MANTISSA_DIGITS - 1)) as usize;
        traces::offer(self.id, octave << 17, || (self.place(value), value));
    }
}

impl fmt::Debug for NativeHistogramHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NativeSnapshot { count, sum, .. } = self.snapshot();
        f.debug_struct("NativeHistogramHandle").field("count", &count).field("sum", &sum).finish()
    }
}

/// Native histograms as a family sees them.
pub(crate) struct NativeHistogramKind;

impl Kind for NativeHistogramKind {
    fn layout(&self, _: &Descriptor) -> Layout {
        words::LAYOUT
    }

    fn may_drop(&self) -> bool {
        true
    }

    fn sums_up(&self) -> bool {
        true
    }

    fn begin(&self, id: SeriesId, descriptor: &Descriptor) {
        pages::begin(id, native(descriptor));
    }

    fn end(&self, id: SeriesId) {
        pages::end(id);
    }

    fn tell(&self, id: SeriesId, descriptor: &Descriptor, labels: &str, sink: &mut dyn Sink) {
        if let Some((exponential, counts)) = pages::tell(id) {
            let bounds = native(descriptor).bounds;
            let classic = Distribution { bounds, counts: &counts, sum: exponential.sum };
            sink.native(labels, &exponential, &classic);
        }
    }
}

fn native(descriptor: &Descriptor) -> &Native {
    match &descriptor.kind {
        Type::Native(native) => native,
        _ => &Native::DEFAULT,
    }
}
