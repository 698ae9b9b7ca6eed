//! The one wrapper around the future of an annotated call: whether it is running, and how long it has been.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::clock::{Moment, Ticks};
use crate::record::Recorded;

/// What is known of a call's own work.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// It runs at this moment, or its result is looked at: if it ends now, by unwinding.
    pub(super) running: bool,
    /// How long it ran.
    pub(super) busy: Ticks,
}

impl Watch {
    /// It runs until the returned value is dropped or told that it has stopped; `timed`: its seconds are added up.
    fn run(&mut self, timed: bool) -> Running<'_> {
        self.running = true;
        Running { start: timed.then(Moment::now), watch: self }
    }
}

/// The work runs.
struct Running<'a> {
    watch: &'a mut Watch,
    start: Option<Moment>,
}

impl Running<'_> {
    /// It has stopped by itself.
    fn stop(self) {
        self.watch.running = false;
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if let Some(start) = self.start {
            self.watch.busy += start.elapsed();
        }
    }
}

/// Runs `work`, which goes on until its result was looked at.
#[inline]
#[track_caller]
pub(super) fn run<R>(watch: &mut Watch, work: impl FnOnce() -> R) -> R {
    watch.running = true;
    work()
}

pin_project! {
    /// A future that is watched.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Watched<'a, F> {
        #[pin]
        future: F,
        watch: Recorded<Watching<'a>>,
    }
}

/// Who watches, and whether the seconds are added up.
#[derive(Debug)]
struct Watching<'a> {
    watch: &'a mut Watch,
    timed: bool,
}

impl<'a, F: Future> Watched<'a, F> {
    #[inline]
    pub(super) fn new(future: F, watch: Recorded<&'a mut Watch>, timed: bool) -> Self {
        Self { future, watch: watch.map(|watch| Watching { watch, timed }) }
    }
}

impl<F: Future> Future for Watched<'_, F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let Some(Watching { watch, timed }) = this.watch.get_mut() else {
            return this.future.poll(context);
        };
        let running = watch.run(*timed);
        let poll = this.future.poll(context);
        if poll.is_pending() {
            running.stop();
        }
        poll
    }
}
