//! Timers: the seconds from a start to an end.

use std::time::Duration;

use crate::clock::Moment;
use crate::metric::histogram::HistogramHandle;

/// A running clock that is observed when it is dropped, also by a panic or an early return.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// metrics! {
///     /// Seconds an upload took.
///     static UPLOAD_SECONDS: Histogram;
/// }
///
/// {
///     let _timer = UPLOAD_SECONDS.start_timer();
///     // … the upload …
/// }
/// assert_eq!(UPLOAD_SECONDS.handle().count(), 1);
/// ```
#[derive(Debug)]
#[must_use = "a timer that is dropped at once measures nothing"]
pub struct Timer {
    histogram: HistogramHandle,
    start: Moment,
    discarded: bool,
}

impl Timer {
    /// Observes the time since the start and returns it.
    pub fn stop(mut self) -> Duration {
        let elapsed = self.start.elapsed();
        self.histogram.observe(elapsed);
        self.discarded = true;
        elapsed
    }

    /// Ends the timer without an observation.
    pub fn discard(mut self) {
        self.discarded = true;
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if !self.discarded {
            self.histogram.observe(self.start.elapsed());
        }
    }
}

impl HistogramHandle {
    /// Starts a timer; its time is observed when it is dropped.
    pub fn start_timer(self) -> Timer {
        Timer { histogram: self, start: Moment::now(), discarded: false }
    }

    /// Runs `work` and observes the seconds it took, also if it panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::metrics;
    ///
    /// metrics! {
    ///     /// Seconds a compression took.
    ///     static COMPRESSION_SECONDS: Histogram;
    /// }
    ///
    /// let size = COMPRESSION_SECONDS.time(|| 40 + 2);
    /// assert_eq!((size, COMPRESSION_SECONDS.handle().count()), (42, 1));
    /// ```
    pub fn time<R>(self, work: impl FnOnce() -> R) -> R {
        let _timer = self.start_timer();
        work()
    }
}
