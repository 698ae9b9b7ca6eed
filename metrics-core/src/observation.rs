//! Observations: what can be observed, and how series take it.

use std::time::Duration;

use crate::buckets;
use crate::cell::words::distribution;
use crate::cell::{self, Handle, Layout, SeriesId};
use crate::clock::Ticks;

const _: () = assert!(buckets::MAX < distribution::MOST_BUCKETS, "the largest histogram fits its words");

/// What a histogram or summary can observe: an `f64`, or a [`Duration`] in seconds.
#[diagnostic::on_unimplemented(
    message = "a histogram or summary can't observe a `{Self}`",
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

/// A series that takes observations, whatever becomes of them: of a histogram or summary.
#[diagnostic::on_unimplemented(
    message = "times go to a histogram or a summary, found a `{Self}`",
    label = "expected a `Histogram` or `Summary`"
)]
pub trait Observe: Handle {
    /// Counts a value; of a duration the seconds.
    #[doc(hidden)]
    fn record(self, value: f64);

    /// Counts a time.
    #[doc(hidden)]
    #[inline]
    fn record_time(self, time: Ticks) {
        self.record(time.seconds());
    }
}

/// The words for observations in so many buckets, `+Inf` included.
pub(crate) fn layout(buckets: usize) -> Layout {
    distribution::layout(buckets)
}

/// Counts `value` in a bucket; `NaN` is dropped and counted as such.
#[inline]
pub(crate) fn record(id: SeriesId, bucket: usize, value: f64) {
    if value.is_nan() {
        return cell::drop_value(id);
    }
    cell::write(id, move |own, _| distribution::record(own, bucket, value));
}

/// Counts a time in a bucket.
#[inline]
pub(crate) fn record_time(id: SeriesId, bucket: usize, time: Ticks) {
    cell::write(id, move |own, _| distribution::record_time(own, bucket, time));
}

/// Room for what was observed in all buckets of a series: a scrape makes it once for many of them.
pub(crate) struct Tally {
    /// The buckets, each on its own.
    total: [u64; buckets::MAX + 1],
    /// The same of one thread.
    one: [u64; buckets::MAX + 1],
}

impl Tally {
    pub(crate) fn new() -> Self {
        Self { total: [0; buckets::MAX + 1], one: [0; buckets::MAX + 1] }
    }

    /// What was observed so far in so many buckets, and the sum; none if the series was removed.
    pub(crate) fn read(&mut self, id: SeriesId, buckets: usize) -> Option<(&[u64], f64)> {
        let (total, one) = (&mut self.total[..buckets], &mut self.one[..buckets]);
        total.fill(0);
        let mut sum = distribution::Sum::default();
        let lives = cell::read(id, |block| {
            sum.add(block, one);
            total.iter_mut().zip(&*one).for_each(|(all, one)| *all += one);
        });
        lives.then(|| (&*total, sum.value()))
    }
}

/// How many values were observed so far, in so many buckets, and their sum; none if the series was removed.
pub(crate) fn observed(id: SeriesId, buckets: usize) -> Option<(u64, f64)> {
    Tally::new().read(id, buckets).map(|(counts, sum)| (counts.iter().sum(), sum))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;

    use super::*;
    use crate::cell::Tenant;
    use crate::sync::Arc;

    /// More ticks than words hold, which happens to who waits for very much at once.
    #[test]
    fn ages_of_time_are_no_less_when_a_thread_ends() {
        (0..100).for_each(ages);
    }

    fn ages(round: u64) {
        let id = cell::create(&Arc::new(Tenant { layout: layout(1), faults: Arc::default() }));
        let sum = || observed(id, 1).map_or(f64::NAN, |(_, sum)| sum);
        let begin = |thread: u64| {
            let ((end, ends), (written, is_written)) = (channel::<()>(), channel());
            let thread = thread::spawn(move || {
                let time =
                    Ticks::new((1 << 59) + 12_345_678_901_234_567 * (thread + 1) + 1_234_567_891 * round);
                (0..12).for_each(|_| record_time(id, 0, time));
                written.send(()).unwrap();
                let _ = ends.recv();
            });
            is_written.recv().unwrap();
            (end, thread)
        };
        let threads: Vec<_> = (0..7).map(begin).collect();
        let told = sum();
        let ticks = 84.0 * (1_u64 << 59) as f64;
        assert!((1.0..1.2).contains(&(told / Ticks::new(1).seconds() / ticks)), "{told}");
        for (end, thread) in threads.into_iter().rev() {
            drop(end);
            thread.join().unwrap();
            assert_eq!(sum(), told);
        }
        cell::destroy(id);
    }
}
