//! The words of a counter: whole steps, the sum of the others as an `f64`, and what that lost by rounding when ended threads'
//! sums were added to it.

use crate::cell::{Block, Layout};
use crate::compensated::Compensated;
use crate::sync::Ordering::{Acquire, Relaxed};

const WHOLE: usize = 1;
const FRACTION: usize = 2;
/// Of the base only: a thread's own is 0.
const LOST: usize = 3;

pub(crate) const LAYOUT: Layout = Layout { words: 4, fold };

#[inline]
pub(crate) fn add_whole(own: Block, amount: u64) {
    own.add(WHOLE, amount, Relaxed);
}

pub(crate) fn add_real(own: Block, amount: f64) {
    own.add_f64(FRACTION, amount, Relaxed);
}

fn fold(own: Block, base: Block, _: usize) {
    base.add(WHOLE, own.load(WHOLE, Relaxed), Relaxed);
    let mut fraction = Compensated::default();
    add_fraction(&mut fraction, base);
    add_fraction(&mut fraction, own);
    let Compensated { sum, lost } = fraction.settled();
    base.store(FRACTION, sum.to_bits(), Relaxed);
    base.store(LOST, lost.to_bits(), Relaxed);
}

fn add_fraction(sum: &mut Compensated, block: Block) {
    sum.add(block.load_f64(FRACTION, Acquire));
    sum.lost += block.load_f64(LOST, Acquire);
}

/// What was counted by all threads.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    pub(crate) whole: u64,
    pub(crate) fraction: Compensated,
}

impl Sum {
    pub(crate) fn add(&mut self, block: Block) {
        self.whole = self.whole.wrapping_add(block.load(WHOLE, Acquire));
        add_fraction(&mut self.fraction, block);
    }
}
