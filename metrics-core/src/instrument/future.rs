//! The one wrapper around a future that is timed by hand.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::timer::Timer;
use crate::metric::histogram::HistogramHandle;
#[cfg(feature = "native")]
use crate::metric::native_histogram::NativeHistogramHandle;
use crate::metric::summary::SummaryHandle;
use crate::observation::Observe;
use crate::record::Recorded;

pin_project! {
    /// A future whose seconds, from its first poll to its end, are observed.
    ///
    /// If it is dropped before its end, the seconds until then are; if it was never polled, nothing is.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Timed<F, H: Observe = HistogramHandle> {
        // Declared, and so dropped, behind the future: what its destructor does takes time too.
        #[pin]
        future: F,
        timing: Recorded<Timing<H>>,
    }
}

/// The series, and the timer as soon as it was polled.
#[derive(Debug)]
struct Timing<H: Observe> {
    series: H,
    timer: Option<Timer<H>>,
}

impl<F: Future, H: Observe> Timed<F, H> {
    #[inline]
    fn new(future: F, series: H) -> Self {
        Self { future, timing: Recorded::new(|| Timing { series, timer: None }) }
    }
}

impl<F: Future, H: Observe> Future for Timed<F, H> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let Some(Timing { series, timer }) = this.timing.get_mut() else {
            return this.future.poll(context);
        };
        timer.get_or_insert_with(|| Timer::start(*series));
        let poll = this.future.poll(context);
        if poll.is_ready() {
            // Ended: what happens to the wrapper after this is no time of the future.
            *timer = None;
        }
        poll
    }
}

impl HistogramHandle {
    /// Wraps `future`; the seconds from its first poll to its end are observed, however it ends.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::metrics;
    ///
    /// metrics! {
    ///     /// Seconds a look-up took.
    ///     static LOOKUP_SECONDS: Histogram;
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let rows = LOOKUP_SECONDS.time_future(async { 3 }).await;
    /// assert_eq!((rows, LOOKUP_SECONDS.handle().count()), (3, 1));
    /// # }
    /// ```
    #[inline]
    pub fn time_future<F: Future>(self, future: F) -> Timed<F> {
        Timed::new(future, self)
    }
}

impl SummaryHandle {
    /// Wraps `future`; the seconds from its first poll to its end are observed, however it ends.
    #[inline]
    pub fn time_future<F: Future>(self, future: F) -> Timed<F, Self> {
        Timed::new(future, self)
    }
}

#[cfg(feature = "native")]
impl NativeHistogramHandle {
    /// Wraps `future`; the seconds from its first poll to its end are observed, however it ends.
    pub fn time_future<F: Future>(self, future: F) -> Timed<F, Self> {
        Timed::new(future, self)
    }
}
