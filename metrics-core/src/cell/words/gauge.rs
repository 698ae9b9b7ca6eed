//! The words of a gauge: the value it was last set to, plus what every thread added since.
//!
//! `set` draws a new epoch, so that what was added before it no longer counts; a thread notices at its next step and
//! starts a new sum.

use crate::cell::{Block, Layout};
use crate::sync::Ordering::{Acquire, Relaxed, Release};

/// The epoch that the sums belong to, whole steps in two's complement, other steps as an `f64`.
const EPOCH: usize = 1;
const WHOLE: usize = 2;
const FRACTION: usize = 3;
/// The base has no tag; there it is the value that was set last.
const SET: usize = 0;

pub(crate) const LAYOUT: Layout = Layout { words: 4, fold };

/// Adds one, or takes it away. Not checked for an overflow, which [large steps](add_whole) leave it centuries away from.
#[inline]
pub(crate) fn step(own: Block, base: Block, one: i64) {
    begin(own, base);
    own.add(WHOLE, one as u64, Relaxed);
}

pub(crate) fn add_whole(own: Block, base: Block, amount: i64) {
    begin(own, base);
    add_large(own, amount);
}

/// What would make the whole steps more than this, in either direction, goes to the others: half of what fits.
const MOST: u64 = 1 << 62;

fn add_large(block: Block, amount: i64) {
    match (block.load(WHOLE, Relaxed) as i64).checked_add(amount) {
        Some(sum) if sum.unsigned_abs() <= MOST => block.store(WHOLE, sum as u64, Relaxed),
        _ => block.add_f64(FRACTION, amount as f64, Relaxed),
    }
}

pub(crate) fn add_real(own: Block, base: Block, amount: f64) {
    begin(own, base);
    own.add_f64(FRACTION, amount, Relaxed);
}

/// Sets the value. For the holder of the lock.
pub(crate) fn set(base: Block, value: f64) {
    base.store(SET, value.to_bits(), Relaxed);
    base.store(WHOLE, 0, Relaxed);
    base.store(FRACTION, 0, Relaxed);
    base.add(EPOCH, 1, Release);
}

/// Starts new sums if the gauge was set since. The epoch goes last: whoever sees it sees them empty.
#[inline]
fn begin(own: Block, base: Block) {
    let epoch = base.load(EPOCH, Acquire);
    if own.load(EPOCH, Relaxed) != epoch {
        own.store(WHOLE, 0, Relaxed);
        own.store(FRACTION, 0, Relaxed);
        own.store(EPOCH, epoch, Release);
    }
}

fn fold(own: Block, base: Block, _: usize) {
    if own.load(EPOCH, Relaxed) == base.load(EPOCH, Relaxed) {
        add_large(base, own.load(WHOLE, Relaxed) as i64);
        base.add_f64(FRACTION, own.load_f64(FRACTION, Relaxed), Relaxed);
    }
}

/// What the gauge stands at. The base is added first, and nobody sets the gauge until all is added.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    base: Option<(u64, f64)>,
    whole: i128,
    fraction: f64,
}

impl Sum {
    pub(crate) fn add(&mut self, block: Block) {
        let epoch = block.load(EPOCH, Acquire);
        let (current, _) = *self.base.get_or_insert_with(|| (epoch, block.load_f64(SET, Relaxed)));
        if epoch == current {
            self.whole += i128::from(block.load(WHOLE, Acquire) as i64);
            self.fraction += block.load_f64(FRACTION, Acquire);
        }
    }

    pub(crate) fn value(self) -> f64 {
        let (_, set) = self.base.unwrap_or_default();
        set + self.whole as f64 + self.fraction
    }
}
