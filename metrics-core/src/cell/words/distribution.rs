//! The words of observations: a sequence number, the sum, then one word a bucket, `+Inf` last.
//!
//! A thread writes an observation as sum first, then one bucket, between two steps of the sequence; a reader takes
//! what it read only if the sequence stood still and even. The count is never stored: it is the sum of the buckets that
//! were just read, so that `+Inf` and `_count` agree in every scrape (T-11).
//!
//! Values are summed as an `f64`, times in ticks of the clock: behind a reading of the clock each step is waited for,
//! and adding integers is one step. A scrape adds the two up.

use crate::cell::{Block, Layout};
use crate::clock::Ticks;
use crate::sync::Ordering::{Acquire, Relaxed, Release};
use crate::sync::{READ_TRIES, pause};

const SEQUENCE: usize = 1;
const SUM: usize = 2;
const TICKS: usize = 3;
const FIRST: usize = 4;

/// The most buckets that fit the words of one series, `+Inf` included.
pub(crate) const MOST_BUCKETS: usize = crate::sync::CHUNK_WORDS - FIRST;

/// The words for so many buckets.
pub(crate) const fn layout(buckets: usize) -> Layout {
    Layout { words: FIRST + buckets, fold }
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
    base.add_f64(SUM, own.load_f64(SUM, Relaxed), Relaxed);
    // Neither is more than a quarter of what fits.
    let ticks = base.load(TICKS, Relaxed) + own.load(TICKS, Relaxed);
    if ticks > MOST_TICKS {
        base.add_f64(SUM, Ticks::new(ticks).seconds(), Relaxed);
    }
    base.store(TICKS, if ticks > MOST_TICKS { 0 } else { ticks }, Relaxed);
    for bucket in FIRST..words {
        base.add(bucket, own.load(bucket, Relaxed), Relaxed);
    }
}

/// Reads a block as it was between two observations: the buckets into `counts`, and the sum.
///
/// If its writer was suspended within one, nothing moves, and the sum is ahead of the buckets by that one observation
/// at most. If its writer observes without a pause, faster than it can be read, the sum is ahead by what was observed
/// during the last of a bounded number of tries. It is never behind.
pub(crate) fn settled(block: Block, counts: &mut [u64]) -> f64 {
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
            return sum + Ticks::new(ticks).seconds();
        }
        before = after;
        tries += 1;
        pause();
    }
}

/// A reader holds a lock: it takes what it has after a millisecond or so.
const MOST_TRIES: u32 = 5 * READ_TRIES;
