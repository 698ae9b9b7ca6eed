//! The words of observations: a sequence number, the sum, then one word a bucket, `+Inf` last.
//!
//! A thread writes an observation as sum first, then one bucket, between two steps of the sequence; a reader takes
//! what it read only if the sequence stood still and even. The count is never stored: it is the sum of the buckets that
//! were just read, so that `+Inf` and `_count` agree in every scrape (T-11).

use crate::cell::{Block, Layout};
use crate::sync::Ordering::{Acquire, Relaxed, Release};
use crate::sync::{READ_TRIES, pause};

const SEQUENCE: usize = 1;
const SUM: usize = 2;
const FIRST: usize = 3;

/// The most buckets that fit the words of one series, `+Inf` included.
pub(crate) const MOST_BUCKETS: usize = crate::sync::CHUNK_WORDS - FIRST;

/// The words for so many buckets.
pub(crate) fn layout(buckets: usize) -> Layout {
    Layout { words: FIRST + buckets, fold }
}

/// Counts `value` in a bucket.
#[inline]
pub(crate) fn record(own: Block, bucket: usize, value: f64) {
    // Release from the first step on: a reader that gives up in the middle must have seen all earlier observations.
    own.add(SEQUENCE, 1, Release);
    own.add_f64(SUM, value, Release);
    own.add(FIRST + bucket, 1, Release);
    own.add(SEQUENCE, 1, Release);
}

fn fold(own: Block, base: Block, words: usize) {
    base.add_f64(SUM, own.load_f64(SUM, Relaxed), Relaxed);
    for bucket in FIRST..words {
        base.add(bucket, own.load(bucket, Relaxed), Relaxed);
    }
}

/// Reads a block as it was between two observations: the buckets into `counts`, and the sum.
///
/// If its writer was suspended within one, nothing moves, and the sum is ahead of the buckets by that one observation
/// at most.
pub(crate) fn settled(block: Block, counts: &mut [u64]) -> f64 {
    let mut before = block.load(SEQUENCE, Acquire);
    let mut tries = 0_u32;
    loop {
        for (bucket, count) in counts.iter_mut().enumerate() {
            *count = block.load(FIRST + bucket, Acquire);
        }
        let sum = block.load_f64(SUM, Acquire);
        let after = block.load(SEQUENCE, Acquire);
        if before == after && (after.is_multiple_of(2) || tries > READ_TRIES) {
            return sum;
        }
        before = after;
        tries = tries.saturating_add(1);
        pause();
    }
}
