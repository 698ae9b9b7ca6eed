//! The guard of an annotated call whose way out is asked for, and the parts that ask.

use std::future::Future;

use super::call::{Begun, End, Part, Running};
use super::late::{IntoLate, Late, Only};
use super::outcome::Outcome;
use super::parts::{Counted, Observed, Target};
use super::watch::{self, Watch, Watched};
use crate::metric::counter::CounterHandle;
use crate::observation::Observe;
use crate::record::Recorded;

/// An annotated call that is running. It ends with [`finish`](Self::finish), or is dropped by a panic or midway.
#[derive(Debug)]
pub struct Judged<P: Part>(Recorded<Awaited<P::Running>>);

/// A call whose end is waited for.
#[derive(Debug)]
struct Awaited<R> {
    begun: Begun<R>,
    watch: Watch,
    ended: bool,
}

impl<P: Part> Judged<P> {
    /// The call begins now.
    #[inline]
    pub fn enter(parts: P) -> Self {
        Self(Recorded::new(|| Awaited::new(parts)))
    }

    /// The same, with parts that were found before.
    #[inline]
    pub fn begin(parts: Recorded<P>) -> Self {
        Self(parts.map(Awaited::new))
    }

    /// A call that nobody records.
    #[inline]
    pub fn off() -> Self {
        Self(Recorded::off())
    }

    /// Runs the body of a function.
    #[inline]
    #[track_caller]
    pub fn run<R>(&mut self, body: impl FnOnce() -> R) -> R {
        match self.0.get_mut() {
            Some(call) => watch::run(&mut call.watch, body),
            None => body(),
        }
    }

    /// Watches the body of an asynchronous function.
    #[inline]
    pub fn watch<F: Future>(&mut self, body: F) -> Watched<'_, F> {
        Watched::new(body, self.0.as_mut().map(|call| &mut call.watch), P::BUSY)
    }

    /// The call has returned; `texts` are the labels that come from the result.
    #[inline]
    pub fn finish(mut self, outcome: Outcome, texts: &[&str]) {
        if let Some(call) = self.0.get_mut() {
            call.ended = true;
            call.end::<P>(outcome, texts);
        }
    }
}

impl<R: Running> Awaited<R> {
    #[inline]
    fn new<P: Part<Running = R>>(parts: P) -> Self {
        Self { begun: Begun::new(parts), watch: Watch::default(), ended: false }
    }

    #[inline]
    fn end<P: Part<Running = R>>(&self, outcome: Outcome, texts: &[&str]) {
        self.begun.end::<P>(self.watch.busy, Some(outcome), texts);
    }
}

impl<P: Part> Drop for Judged<P> {
    fn drop(&mut self) {
        if let Some(call) = self.0.get().filter(|call| !call.ended) {
            // A panic of somebody else may drop a future too: what counts is whether its own poll unwinds.
            call.end::<P>(if call.watch.running { Outcome::Panicked } else { Outcome::Cancelled }, &[]);
        }
    }
}

/// Calls `make` here: a `return` in there ends what was written there alone.
#[inline]
#[track_caller]
pub fn call<R>(make: impl FnOnce() -> R) -> R {
    make()
}

/// The type of a body's result, for inference: it stands in front of the body, in a `return` that is never reached.
#[allow(clippy::panic, reason = "never called")]
pub fn never<T>() -> T {
    unreachable!("it stands behind `if false`")
}

/// What `#[counted]` records at the end of a call.
#[derive(Debug)]
pub struct Tally<S> {
    series: S,
    only: Only,
}

impl<S: Late> Tally<S> {
    /// Every call counts.
    #[inline]
    pub fn new(series: impl IntoLate<Late = S>) -> Self {
        Self { series: series.into_late(), only: Only::ALL }
    }

    /// Only calls that ended like this count.
    #[inline]
    #[must_use]
    pub fn only(mut self, outcomes: &[Outcome]) -> Self {
        self.only = Only::these(outcomes);
        self
    }
}

impl<S: Late<Handle = CounterHandle>> Part for Tally<S> {
    const TIMED: bool = false;
    type Running = Self;

    #[inline]
    fn begin(self) -> Self {
        self
    }
}

impl<S: Late<Handle = CounterHandle>> Running for Tally<S> {
    #[inline]
    fn end(&self, end: &End<'_>) {
        let outcome = end.outcome.unwrap_or_else(Outcome::unwatched);
        if self.only.contains(outcome) {
            self.series.find(outcome, end.texts).inc();
        }
    }
}

/// What `#[timed]` records of a call whose series is known at its end: the seconds in all.
#[derive(Debug)]
pub struct Measured<S>(S);

/// What `#[timed(busy)]` adds: the seconds inside `poll`.
#[derive(Debug)]
pub struct Busy<S>(S);

impl<S: Late> Measured<S> {
    /// Into this series.
    #[inline]
    pub fn new(series: impl IntoLate<Late = S>) -> Self {
        Self(series.into_late())
    }
}

impl<S: Late> Busy<S> {
    /// Into this series.
    #[inline]
    pub fn new(series: impl IntoLate<Late = S>) -> Self {
        Self(series.into_late())
    }
}

impl<H: Observe, S: Late<Handle = H>> Part for Measured<S> {
    const TIMED: bool = true;
    type Running = Self;

    #[inline]
    fn begin(self) -> Self {
        self
    }
}

impl<H: Observe, S: Late<Handle = H>> Running for Measured<S> {
    #[inline]
    fn end(&self, end: &End<'_>) {
        self.0.find(end.outcome.unwrap_or_else(Outcome::unwatched), end.texts).record_time(end.took);
    }
}

impl<H: Observe, S: Late<Handle = H>> Part for Busy<S> {
    const TIMED: bool = false;
    const BUSY: bool = true;
    type Running = Self;

    #[inline]
    fn begin(self) -> Self {
        self
    }
}

impl<H: Observe, S: Late<Handle = H>> Running for Busy<S> {
    #[inline]
    fn end(&self, end: &End<'_>) {
        self.0.find(end.outcome.unwrap_or_else(Outcome::unwatched), end.texts).record_time(end.busy);
    }
}

/// A series that is known from the start.
impl Late for Counted {
    type Handle = CounterHandle;

    #[inline]
    fn find(&self, _: Outcome, _: &[&str]) -> CounterHandle {
        self.handle()
    }
}

impl<S: Target> Late for Observed<S> {
    type Handle = S::Handle;

    #[inline]
    fn find(&self, _: Outcome, _: &[&str]) -> S::Handle {
        self.handle()
    }
}
