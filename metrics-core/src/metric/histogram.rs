//! Histograms: how often values fell below each bound, and their sum.
//!
//! A thread writes an observation as sum first, then one bucket, between two steps of a sequence number; a reader takes
//! what it read only if the sequence stood still and even. The count is never stored: it is the sum of the buckets that
//! were just read, so that `+Inf` and `_count` agree in every scrape (T-11).

use std::fmt;
use std::time::Duration;

use crate::buckets;
use crate::cell::{self, Block, Handle, Layout, SeriesId};
use crate::descriptor::{Descriptor, Type};
use crate::sample::{Distribution, Kind, Sink};
use crate::sync::Ordering::{Acquire, Relaxed, Release};

/// The words of a series: the sequence, the sum, then one word a bucket, `+Inf` last.
const SEQUENCE: usize = 1;
const SUM: usize = 2;
const FIRST: usize = 3;

const _: () = assert!(FIRST + buckets::MAX < cell::WORDS_PER_SERIES, "the largest histogram fits its words");

/// How often a reader tries again before it takes a writer for suspended in the middle of an observation.
const TRIES: u32 = 2_000;

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
    bounds: &'static [f64],
}

impl HistogramHandle {
    pub(crate) fn new(id: SeriesId, bounds: &'static [f64]) -> Self {
        Self { id, bounds }
    }

    /// Counts a value: an `f64`, or a [`Duration`], which counts in seconds (CL-9).
    ///
    /// `NaN` is dropped and counted in `metrics_core_dropped_observations_total`: it would ruin the sum for ever. Infinite
    /// values are counted in their bucket and in the sum.
    #[inline]
    pub fn observe(self, value: impl Observation) {
        let value = value.to_f64();
        if value.is_nan() {
            return cell::drop_value(self.id);
        }
        let bucket = FIRST + buckets::index(self.bounds, value);
        cell::write(self.id, |own| {
            own.add(SEQUENCE, 1, Relaxed);
            own.add_f64(SUM, value, Release);
            own.add(bucket, 1, Release);
            own.add(SEQUENCE, 1, Release);
        });
    }

    /// The number of values observed so far, 0 if the series was removed.
    pub fn count(self) -> u64 {
        snapshot(self.id, self.bounds).map_or(0, |(counts, _)| counts.iter().sum())
    }

    /// The sum of the values observed so far, 0 if the series was removed.
    pub fn sum(self) -> f64 {
        snapshot(self.id, self.bounds).map_or(0.0, |(_, sum)| sum)
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

impl fmt::Debug for HistogramHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HistogramHandle").field("count", &self.count()).field("sum", &self.sum()).finish()
    }
}

/// What a histogram can observe: an `f64`, or a [`Duration`] in seconds.
#[diagnostic::on_unimplemented(
    message = "a histogram can't observe a `{Self}`",
    label = "expected `f64` or `Duration`",
    note = "write a whole number with a point, as in `5.0`, or `n as f64`"
)]
pub trait Observation {
    /// The value; of a duration the seconds.
    fn to_f64(self) -> f64;
}

impl Observation for f64 {
    #[inline]
    fn to_f64(self) -> f64 {
        self
    }
}

impl Observation for Duration {
    #[inline]
    fn to_f64(self) -> f64 {
        self.as_secs_f64()
    }
}

/// Histograms as a family sees them.
pub(crate) struct HistogramKind;

impl Kind for HistogramKind {
    fn layout(&self, descriptor: &Descriptor) -> Layout {
        Layout { words: FIRST + bounds(descriptor).len() + 1, fold }
    }

    fn sums_up(&self) -> bool {
        true
    }

    fn tell(&self, id: SeriesId, descriptor: &Descriptor, labels: &str, sink: &mut dyn Sink) {
        let bounds = bounds(descriptor);
        if let Some((counts, sum)) = snapshot(id, bounds) {
            let counts = &counts[..=bounds.len()];
            sink.distribution(labels, &Distribution { bounds, counts, sum });
        }
    }
}

fn bounds(descriptor: &Descriptor) -> &'static [f64] {
    match descriptor.kind {
        Type::Histogram(bounds) => bounds,
        Type::Counter | Type::Gauge => &[],
    }
}

fn fold(own: Block, base: Block, words: usize) {
    base.add_f64(SUM, own.load_f64(SUM, Relaxed), Relaxed);
    for bucket in FIRST..words {
        base.add(bucket, own.load(bucket, Relaxed), Relaxed);
    }
}

/// The buckets, each on its own, and the sum.
type Snapshot = ([u64; buckets::MAX + 1], f64);

fn snapshot(id: SeriesId, bounds: &[f64]) -> Option<Snapshot> {
    let mut total = ([0; buckets::MAX + 1], 0.0);
    let lives = cell::read(id, &mut |block| {
        let (counts, sum) = settled(block, bounds.len() + 1);
        for (all, one) in total.0.iter_mut().zip(counts) {
            *all += one;
        }
        total.1 += sum;
    });
    lives.then_some(total)
}

/// A block as it was between two observations. If its writer was suspended within one, nothing moves, and the sum is
/// ahead of the buckets by that one observation at most.
fn settled(block: Block, buckets: usize) -> Snapshot {
    let mut before = block.load(SEQUENCE, Acquire);
    let mut tries = 0_u32;
    loop {
        let read = read_once(block, buckets);
        let after = block.load(SEQUENCE, Acquire);
        if before == after && (after.is_multiple_of(2) || tries > TRIES) {
            return read;
        }
        before = after;
        tries = tries.saturating_add(1);
        std::hint::spin_loop();
    }
}

fn read_once(block: Block, buckets: usize) -> Snapshot {
    let mut counts = [0; buckets::MAX + 1];
    for (bucket, count) in counts.iter_mut().enumerate().take(buckets) {
        *count = block.load(FIRST + bucket, Acquire);
    }
    (counts, block.load_f64(SUM, Acquire))
}
