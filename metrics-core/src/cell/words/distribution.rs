//! The words of observations: a sequence number, the sum, then one word a bucket, `+Inf` last.
//!
//! A thread writes an observation as sum first, then one bucket, between two steps of the sequence; a reader takes
//! what it read only if the sequence stood still and even. The count is never stored: it is the sum of the buckets that
//! were just read, so that `+Inf` and `_count` agree in every scrape (T-11).
//!
//! Values are summed as an `f64`, times in ticks of the clock: behind a reading of the clock each step is waited for,
//! and adding integers is one step. A scrape adds the two up.
//!
//! What a thread that ends has counted goes to the base, and no sum may be less for that, not by its last digit: it would be
//! taken for a reset. So values are added up without a loss, and times as integers, whoever does it.

use crate::cell::{Block, Layout};
use crate::clock::Ticks;
use crate::compensated::Compensated;
use crate::sync::Ordering::{Acquire, Relaxed, Release};
use crate::sync::{READ_TRIES, pause};

const SEQUENCE: usize = 1;
const SUM: usize = 2;
const TICKS: usize = 3;
const FIRST: usize = 4;
/// What the sum of the base lost by rounding. The base has no tag; but the first word of [values](layout_of_values) is their
/// owner's, and times they have none.
const LOST: usize = 0;
#[cfg(feature = "native")]
const LOST_OF_VALUES: usize = TICKS;

/// The most buckets that fit the words of one series, `+Inf` included.
pub(crate) const MOST_BUCKETS: usize = crate::sync::CHUNK_WORDS - FIRST;

/// The words for so many buckets.
pub(crate) const fn layout(buckets: usize) -> Layout {
    Layout { words: FIRST + buckets, fold }
}

/// The same for what counts no times. The first word of the base is free for another use.
#[cfg(feature = "native")]
pub(crate) const fn layout_of_values(buckets: usize) -> Layout {
    Layout { words: FIRST + buckets, fold: fold_values }
}

/// Counts `value` in a bucket.
#[inline]
pub(crate) fn record(own: Block, bucket: usize, value: f64) {
    let sum = own.load_f64(SUM, Relaxed) + value;
    observe(own, bucket, || own.store(SUM, sum.to_bits(), Release));
}

/// Counts a time in a bucket.
#[inline]
pub(crate) fn record_time(own: Block, bucket: usize, time: Ticks) {
    let sum = own.load(TICKS, Relaxed).wrapping_add(time.count());
    if sum.max(time.count()) > MOST_TICKS {
        return record(own, bucket, time.seconds());
    }
    observe(own, bucket, || own.store(TICKS, sum, Release));
}

/// What times add up to before they go to the sum of values: more than a century of seconds.
const MOST_TICKS: u64 = u64::MAX / 4;

#[inline]
fn observe(own: Block, bucket: usize, add_to_sum: impl Fn()) {
    let sequence = own.load(SEQUENCE, Relaxed);
    // Release from the first step on: a reader that gives up in the middle must have seen all earlier observations.
    own.store(SEQUENCE, sequence.wrapping_add(1), Release);
    add_to_sum();
    own.add(FIRST + bucket, 1, Release);
    own.store(SEQUENCE, sequence.wrapping_add(2), Release);
}

/// What was counted in a bucket so far. For the thread that writes the block.
#[inline]
pub(crate) fn count(own: Block, bucket: usize) -> u64 {
    own.load(FIRST + bucket, Relaxed)
}

fn fold(own: Block, base: Block, words: usize) {
    let mut sum = Sum { values: kept(base, LOST), ticks: base.load(TICKS, Relaxed), with_base: true };
    sum.values.add(own.load_f64(SUM, Relaxed));
    sum.add_ticks(own.load(TICKS, Relaxed));
    base.store(TICKS, sum.ticks, Relaxed);
    keep(base, LOST, sum.values);
    fold_buckets(own, base, words);
}

#[cfg(feature = "native")]
fn fold_values(own: Block, base: Block, words: usize) {
    let mut values = kept(base, LOST_OF_VALUES);
    values.add(own.load_f64(SUM, Relaxed));
    keep(base, LOST_OF_VALUES, values);
    fold_buckets(own, base, words);
}

fn fold_buckets(own: Block, base: Block, words: usize) {
    for bucket in FIRST..words {
        base.add(bucket, own.load(bucket, Relaxed), Relaxed);
    }
}

/// The sum of values in the base.
fn kept(base: Block, lost: usize) -> Compensated {
    Compensated { sum: base.load_f64(SUM, Relaxed), lost: base.load_f64(lost, Relaxed) }
}

fn keep(base: Block, lost: usize, values: Compensated) {
    let values = values.settled();
    base.store(SUM, values.sum.to_bits(), Relaxed);
    base.store(lost, values.lost.to_bits(), Relaxed);
}

/// The sum of all blocks of a series, the base first.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    values: Compensated,
    /// At most [`MOST_TICKS`].
    ticks: u64,
    with_base: bool,
}

impl Sum {
    /// Adds a block as [`settled`] reads it, its buckets into `counts`.
    pub(crate) fn add(&mut self, block: Block, counts: &mut [u64]) {
        let (values, ticks) = settled(block, counts);
        self.add_values(block, LOST, values);
        self.add_ticks(ticks);
    }

    /// The same of [values](layout_of_values).
    #[cfg(feature = "native")]
    pub(crate) fn add_of_values(&mut self, block: Block, counts: &mut [u64]) {
        let (values, _) = settled(block, counts);
        self.add_values(block, LOST_OF_VALUES, values);
    }

    fn add_values(&mut self, block: Block, lost: usize, values: f64) {
        self.values.add(values);
        if !self.with_base {
            self.values.lost += block.load_f64(lost, Relaxed);
            self.with_base = true;
        }
    }

    /// Neither is more than a quarter of what fits. What is more than that together is told as a value, which is exact, as
    /// it is a power of two: so the sum is the same, whichever blocks were added up before.
    fn add_ticks(&mut self, ticks: u64) {
        self.ticks += ticks;
        if self.ticks > MOST_TICKS {
            self.ticks -= MOST_TICKS + 1;
            self.values.add(Ticks::new(MOST_TICKS + 1).seconds());
        }
    }

    /// The sum, in seconds where times were counted.
    pub(crate) fn value(mut self) -> f64 {
        self.values.add(Ticks::new(self.ticks).seconds());
        self.values.value()
    }
}

/// Reads a block as it was between two observations: the buckets into `counts`, and the sums of values and of ticks.
///
/// If its writer was suspended within one, nothing moves, and the sum is ahead of the buckets by that one observation
/// at most. If its writer observes without a pause, faster than it can be read, the sum is ahead by what was observed
/// during the last of a bounded number of tries. It is never behind.
fn settled(block: Block, counts: &mut [u64]) -> (f64, u64) {
    let mut before = block.load(SEQUENCE, Acquire);
    let mut tries = 0;
    loop {
        for (bucket, count) in counts.iter_mut().enumerate() {
            *count = block.load(FIRST + bucket, Acquire);
        }
        let (sum, ticks) = (block.load_f64(SUM, Acquire), block.load(TICKS, Acquire));
        let after = block.load(SEQUENCE, Acquire);
        let stands_still = before == after && (after.is_multiple_of(2) || tries > READ_TRIES);
        if stands_still || tries > MOST_TRIES {
            return (sum, ticks);
        }
        before = after;
        tries += 1;
        pause();
    }
}

/// A reader holds a lock: it takes what it has after a millisecond or so.
const MOST_TRIES: u32 = 5 * READ_TRIES;
