//! Observations: what can be observed, and the words that hold what was.
//!
//! A thread writes an observation as sum first, then one bucket, between two steps of a sequence number; a reader takes
//! what it read only if the sequence stood still and even. The count is never stored: it is the sum of the buckets that
//! were just read, so that `+Inf` and `_count` agree in every scrape (T-11).

use std::time::Duration;

use crate::buckets;
use crate::cell::{self, Block, Handle, Layout, SeriesId};
use crate::sync::Ordering::{Acquire, Relaxed, Release};

/// The words of a series: the sequence, the sum, then one word a bucket, `+Inf` last.
const SEQUENCE: usize = 1;
const SUM: usize = 2;
const FIRST: usize = 3;

const _: () = assert!(FIRST + buckets::MAX < cell::WORDS_PER_SERIES, "the largest histogram fits its words");

/// How often a reader tries again before it takes a writer for suspended in the middle of an observation.
const TRIES: u32 = 2_000;

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

/// A series that takes observations, whatever becomes of them.
pub trait Observe: Handle {
    /// Counts a value; of a duration the seconds.
    #[doc(hidden)]
    fn record(self, value: f64);
}

/// The words for observations in so many buckets, `+Inf` included.
pub(crate) fn layout(buckets: usize) -> Layout {
    Layout { words: FIRST + buckets, fold }
}

/// Counts `value` in a bucket; `NaN` is dropped and counted as such.
#[inline]
pub(crate) fn record(id: SeriesId, bucket: usize, value: f64) {
    if value.is_nan() {
        return cell::drop_value(id);
    }
    cell::write(id, |own| {
        own.add(SEQUENCE, 1, Relaxed);
        own.add_f64(SUM, value, Release);
        own.add(FIRST + bucket, 1, Release);
        own.add(SEQUENCE, 1, Release);
    });
}

fn fold(own: Block, base: Block, words: usize) {
    base.add_f64(SUM, own.load_f64(SUM, Relaxed), Relaxed);
    for bucket in FIRST..words {
        base.add(bucket, own.load(bucket, Relaxed), Relaxed);
    }
}

/// The buckets, each on its own, and the sum.
pub(crate) type Snapshot = ([u64; buckets::MAX + 1], f64);

/// What was observed so far in so many buckets; none if the series was removed.
pub(crate) fn snapshot(id: SeriesId, buckets: usize) -> Option<Snapshot> {
    let mut total = ([0; buckets::MAX + 1], 0.0);
    let lives = cell::read(id, &mut |block| {
        let (counts, sum) = settled(block, buckets);
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
