//! What was counted in each slice of a window of time.

use std::ops::RangeInclusive;

use crate::octaves::{self, Octaves, middle};

/// The length of a slice in ticks of the clock: at least one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span(u64);

impl Span {
    pub(crate) fn new(ticks: u64) -> Self {
        Self(ticks.max(1))
    }

    pub(crate) fn ticks(self) -> u64 {
        self.0
    }

    /// The number of the slice that `now` is in, from 1 on.
    pub(crate) fn number(self, now: u64) -> u64 {
        now / self.0 + 1
    }

    /// The first tick after a slice.
    pub(crate) fn end(self, number: u64) -> u64 {
        number.saturating_mul(self.0)
    }
}

/// Values by their size, and the least and the greatest of them.
#[derive(Debug)]
pub(crate) struct Counted {
    counts: Octaves,
    least: f64,
    greatest: f64,
}

impl Default for Counted {
    fn default() -> Self {
        Self { counts: Octaves::default(), least: f64::INFINITY, greatest: f64::NEG_INFINITY }
    }
}

impl Counted {
    fn add(&mut self, value: f64) {
        self.add_many(octaves::bucket(value), 1);
        self.widen(value, value);
    }

    pub(crate) fn add_many(&mut self, bucket: i32, count: u64) {
        self.counts.add_many(bucket, count);
    }

    /// Takes in the least and the greatest of further values.
    pub(crate) fn widen(&mut self, least: f64, greatest: f64) {
        self.least = self.least.min(least);
        self.greatest = self.greatest.max(greatest);
    }

    fn clear(&mut self) {
        self.counts.clear();
        (self.least, self.greatest) = (f64::INFINITY, f64::NEG_INFINITY);
    }

    fn merge(&mut self, other: &Self) {
        self.counts.merge(&other.counts);
        self.widen(other.least, other.greatest);
    }

    pub(crate) fn total(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// The value at each quantile; `NaN` if nothing was counted (O-44). A bucket's middle is clamped to the least and the
    /// greatest value, so that few or equal values are told exactly.
    pub(crate) fn at(&self, quantiles: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let total = self.total();
        quantiles.iter().map(|(quantile, _)| (*quantile, self.quantile(*quantile, total))).collect()
    }

    fn quantile(&self, quantile: f64, total: u64) -> f64 {
        let rank = ((quantile * total as f64).ceil() as u64).clamp(1, total.max(1));
        let mut below = 0;
        let bucket = self.counts.iter().find(|(_, count)| {
            below += count;
            below >= rank
        });
        match bucket {
            None => f64::NAN,
            Some(_) if rank == 1 => self.least,
            Some(_) if rank == total => self.greatest,
            Some((bucket, _)) => middle(bucket).clamp(self.least, self.greatest),
        }
    }
}

/// The slices of a window, each at the place of its number modulo their number.
///
/// The window moves **by time, not by scrape**: a slice that has fallen out of it is not read any more, whether somebody
/// scraped meanwhile or not.
#[derive(Debug)]
pub(crate) struct Slices {
    span: Span,
    count: usize,
    /// None until something is counted.
    begun: Vec<Slice>,
}

#[derive(Debug, Default)]
struct Slice {
    /// Slices are numbered from 1: this one was never begun.
    number: u64,
    counted: Counted,
}

impl Slices {
    /// A window of so many slices.
    pub(crate) fn new(span: Span, count: u32) -> Self {
        Self { span, count: count.max(1) as usize, begun: Vec::new() }
    }

    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Counts a value, which is not `NaN`.
    pub(crate) fn add(&mut self, now: u64, value: f64) {
        if let Some(counted) = self.slice(self.span.number(now)) {
            counted.add(value);
        }
    }

    /// What was counted in the slice of this number, which is begun if need be; none if a later one has taken its place:
    /// whoever counted that was suspended for a whole window, and what he has is too old to be told.
    pub(crate) fn slice(&mut self, number: u64) -> Option<&mut Counted> {
        self.begun.resize_with(self.count, Slice::default);
        let slice = &mut self.begun[number as usize % self.count];
        if slice.number < number {
            slice.number = number;
            slice.counted.clear();
        }
        (slice.number == number).then_some(&mut slice.counted)
    }

    /// The numbers of the slices in the window that `now` is in.
    pub(crate) fn window(&self, now: u64) -> RangeInclusive<u64> {
        let newest = self.span.number(now);
        (newest + 1).saturating_sub(self.count as u64).max(1)..=newest
    }

    /// What was counted in slices of these numbers.
    pub(crate) fn counted(&self, window: &RangeInclusive<u64>) -> Counted {
        let mut total = Counted::default();
        for slice in self.begun.iter().filter(|slice| window.contains(&slice.number)) {
            total.merge(&slice.counted);
        }
        total
    }
}
