//! Samples by one thread.

use std::time::Duration;

use super::candidate::Candidate;
use super::clock;
use crate::inputs;

/// How much time a run takes.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Less of what takes seconds: scrapes, the largest sizes, builds.
    pub quick: bool,
}

/// How often each candidate is sampled.
pub(super) const ROUNDS: usize = 21;

/// What one sample should take: long beside a clock reading, short beside a time slice.
pub(super) const SAMPLE: Duration = Duration::from_micros(400);

impl Pace {
    /// How often operations of milliseconds are sampled.
    pub fn long_rounds(self) -> usize {
        if self.quick { 3 } else { 7 }
    }
}

/// The processor time that `turns` turns took.
pub(super) fn time(candidate: &Candidate<'_>, turns: usize) -> Duration {
    let start = clock::thread_cpu();
    (candidate.run)(0..turns);
    clock::thread_cpu() - start
}

/// The nanoseconds per turn of one sample.
pub(super) fn sample(candidate: &Candidate<'_>, turns: usize) -> f64 {
    let taken = time(candidate, turns);
    candidate.settle();
    taken.as_nanos() as f64 / turns as f64
}

/// Turns that nobody measures: registrations, the first writes of a thread and of a series are over then.
pub(super) const WARM_UP: usize = inputs::LENGTH;

/// The number of turns that fill a sample.
pub(super) fn calibrate(candidate: &Candidate<'_>) -> usize {
    time(candidate, WARM_UP);
    let mut turns = 64;
    loop {
        let taken = time(candidate, turns);
        candidate.settle();
        if taken >= SAMPLE / 4 {
            return scaled(turns, taken);
        }
        turns *= 2;
    }
}

/// As many turns as fit, if `turns` took that long.
pub(super) fn scaled(turns: usize, taken: Duration) -> usize {
    let fit = turns as f64 * SAMPLE.as_secs_f64() / taken.as_secs_f64().max(1e-9);
    (fit as usize).max(16)
}
