//! The words of a counter: whole steps, and the sum of the others as an `f64`.

use crate::cell::{Block, Layout};
use crate::sync::Ordering::{Acquire, Relaxed};

const WHOLE: usize = 1;
const FRACTION: usize = 2;

pub(crate) const LAYOUT: Layout = Layout { words: 3, fold };

#[inline]
pub(crate) fn add_whole(own: Block, amount: u64) {
    own.add(WHOLE, amount, Relaxed);
}

pub(crate) fn add_real(own: Block, amount: f64) {
    own.add_f64(FRACTION, amount, Relaxed);
}

fn fold(own: Block, base: Block, _: usize) {
    base.add(WHOLE, own.load(WHOLE, Relaxed), Relaxed);
    base.add_f64(FRACTION, own.load_f64(FRACTION, Relaxed), Relaxed);
}

/// What was counted by all threads.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    pub(crate) whole: u64,
    pub(crate) fraction: f64,
}

impl Sum {
    pub(crate) fn add(&mut self, block: Block) {
        self.whole = self.whole.wrapping_add(block.load(WHOLE, Acquire));
        self.fraction += block.load_f64(FRACTION, Acquire);
    }
}
