//! The guard of an annotated call: everything its attributes record, with one pair of clock readings.

use super::outcome::Outcome;
use crate::clock::{Moment, Ticks};
use crate::record::Recorded;

/// How a call ended.
#[derive(Debug)]
pub struct End<'a> {
    /// How long it took, if any part is timed.
    pub(super) took: Ticks,
    /// How long it was inside `poll`, if any part asks for that.
    pub(super) busy: Ticks,
    /// Unknown where nobody looked at the result.
    pub(super) outcome: Option<Outcome>,
    /// The labels that come from the result; none if there is no result.
    pub(super) texts: &'a [&'a str],
}

/// What one attribute records of a call.
pub trait Part {
    /// Whether it needs to know how long the call took.
    const TIMED: bool;

    /// Whether it needs to know how long the call was polled.
    const BUSY: bool = false;

    /// What it keeps until the call ends: it is part of the future, and so as small as can be.
    type Running: Running;

    /// The call begins.
    fn begin(self) -> Self::Running;
}

/// What one attribute keeps of a call that is running.
pub trait Running {
    /// The call has ended, however it did.
    fn end(&self, end: &End<'_>);
}

/// Nothing to be done at the end.
impl Running for () {
    #[inline]
    fn end(&self, _: &End<'_>) {}
}

/// One part and the others.
impl<P: Part, R: Part> Part for (P, R) {
    const TIMED: bool = P::TIMED || R::TIMED;
    const BUSY: bool = P::BUSY || R::BUSY;
    type Running = (P::Running, R::Running);

    #[inline]
    fn begin(self) -> Self::Running {
        (self.0.begin(), self.1.begin())
    }
}

impl<P: Running, R: Running> Running for (P, R) {
    #[inline]
    fn end(&self, end: &End<'_>) {
        self.0.end(end);
        self.1.end(end);
    }
}

/// An annotated call that is running. Dropping it records the end: a return, a `?`, a panic, a future dropped midway.
#[derive(Debug)]
pub struct Call<P: Part>(Recorded<Begun<P::Running>>);

/// What every guard holds.
#[derive(Debug)]
pub(super) struct Begun<R> {
    parts: R,
    /// Unknown if no part is timed.
    start: Moment,
}

impl<R: Running> Begun<R> {
    #[inline]
    pub(super) fn new<P: Part<Running = R>>(parts: P) -> Self {
        let parts = parts.begin();
        // Last, so that what the parts do is not part of the time.
        let start = if P::TIMED { Moment::now() } else { Moment::UNKNOWN };
        Self { parts, start }
    }

    #[inline]
    pub(super) fn end<P: Part<Running = R>>(&self, busy: Ticks, outcome: Option<Outcome>, texts: &[&str]) {
        let took = if P::TIMED { self.start.elapsed() } else { Ticks::default() };
        self.parts.end(&End { took, busy, outcome, texts });
    }
}

/// The parts of a call that does not begin yet.
impl<P: Part> Recorded<P> {
    /// To be begun with.
    #[inline]
    pub fn enter(parts: P) -> Self {
        Self::new(|| parts)
    }
}

impl<P: Part> Call<P> {
    /// The call begins now.
    #[inline]
    pub fn enter(parts: P) -> Self {
        Self(Recorded::new(|| Begun::new(parts)))
    }

    /// The same, with parts that were found before.
    #[inline]
    pub fn begin(parts: Recorded<P>) -> Self {
        Self(parts.map(Begun::new))
    }

    /// A call that nobody records.
    #[inline]
    pub fn off() -> Self {
        Self(Recorded::off())
    }
}

impl<P: Part> Drop for Call<P> {
    #[inline]
    fn drop(&mut self) {
        if let Some(begun) = self.0.get() {
            begun.end::<P>(Ticks::default(), None, &[]);
        }
    }
}
