//! Timers: the seconds from a start to an end.

use std::time::Duration;

use crate::clock::Moment;
use crate::metric::histogram::HistogramHandle;
#[cfg(feature = "native")]
use crate::metric::native_histogram::NativeHistogramHandle;
use crate::metric::summary::SummaryHandle;
use crate::observation::Observe;
use crate::record::Recorded;

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
pub struct Timer<H: Observe = HistogramHandle>(Recorded<Going<H>>);

/// A clock that goes.
#[derive(Debug)]
struct Going<H> {
    series: H,
    start: Moment,
    discarded: bool,
}

impl<H: Observe> Timer<H> {
    #[inline]
    pub(crate) fn start(series: H) -> Self {
        Self(Recorded::new(|| Going { series, start: Moment::now(), discarded: false }))
    }

    /// Observes the time since the start and returns it; without the feature `record` there is no start, and it is zero.
    #[inline]
    pub fn stop(mut self) -> Duration {
        self.0.get_mut().map_or(Duration::ZERO, Going::stop)
    }

    /// Ends the timer without an observation.
    #[inline]
    pub fn discard(mut self) {
        if let Some(going) = self.0.get_mut() {
            going.discarded = true;
        }
    }
}

impl<H: Observe> Going<H> {
    fn stop(&mut self) -> Duration {
        let elapsed = self.start.elapsed();
        self.series.record_time(elapsed);
        self.discarded = true;
        elapsed.duration()
    }
}

impl<H: Observe> Drop for Timer<H> {
    #[inline]
    fn drop(&mut self) {
        if let Some(going) = self.0.get().filter(|going| !going.discarded) {
            going.series.record_time(going.start.elapsed());
        }
    }
}

/// Timers for each kind of series that takes observations.
macro_rules! timers {
    ($handle:ident, $kind:ident, $static:ident) => {
        impl $handle {
            /// Starts a timer; its time is observed when it is dropped.
            #[inline]
            pub fn start_timer(self) -> Timer<Self> {
                Timer::start(self)
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
            #[doc = concat!("    static ", stringify!($static), ": ", stringify!($kind), ";")]
            /// }
            ///
            #[doc = concat!("let size = ", stringify!($static), ".time(|| 40 + 2);")]
            #[doc = concat!("assert_eq!((size, ", stringify!($static), ".handle().count()), (42, 1));")]
            /// ```
            pub fn time<R>(self, work: impl FnOnce() -> R) -> R {
                let _timer = self.start_timer();
                work()
            }
        }
    };
}

timers!(HistogramHandle, Histogram, COMPRESSION_SECONDS);
timers!(SummaryHandle, Summary, PACKING_SECONDS);
#[cfg(feature = "native")]
timers!(NativeHistogramHandle, NativeHistogram, SORTING_SECONDS);
