//! The guard of an annotated call: everything its attributes record, with one pair of clock readings.

use super::outcome::Outcome;
use crate::callsite::{Declared, Row};
use crate::clock::Moment;
use crate::family::Pin;
use crate::metric::counter::CounterHandle;
use crate::metric::gauge::GaugeHandle;
use crate::metric::histogram::HistogramHandle;
use crate::metric::summary::SummaryHandle;
use crate::observation::Observe;

/// How a call ended.
#[derive(Debug)]
pub struct End<'a> {
    /// The seconds it took, if any part is timed.
    pub(super) seconds: f64,
    /// The seconds it spent inside `poll`, if any part asks for them.
    pub(super) busy: f64,
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

    /// The call begins.
    fn begin(&self);

    /// The call has ended, however it did.
    fn end(&self, end: &End<'_>);
}

/// No further part.
impl Part for () {
    const TIMED: bool = false;

    #[inline]
    fn begin(&self) {}

    #[inline]
    fn end(&self, _: &End<'_>) {}
}

/// One part and the rest of them.
impl<P: Part, R: Part> Part for (P, R) {
    const TIMED: bool = P::TIMED || R::TIMED;
    const BUSY: bool = P::BUSY || R::BUSY;

    #[inline]
    fn begin(&self) {
        self.0.begin();
        self.1.begin();
    }

    #[inline]
    fn end(&self, end: &End<'_>) {
        self.0.end(end);
        self.1.end(end);
    }
}

/// An annotated call that is running. Dropping it records the end: a return, a `?`, a panic, a future dropped midway.
#[derive(Debug)]
pub struct Call<P: Part> {
    parts: P,
    start: Option<Moment>,
}

impl<P: Part> Call<P> {
    /// The call begins now.
    #[inline]
    pub fn enter(parts: P) -> Self {
        parts.begin();
        // Last, so that what the parts do is not part of the time.
        let start = P::TIMED.then(Moment::now);
        Self { parts, start }
    }
}

impl<P: Part> Drop for Call<P> {
    #[inline]
    fn drop(&mut self) {
        let seconds = self.start.map_or(0.0, Moment::seconds);
        self.parts.end(&End { seconds, busy: 0.0, outcome: None, texts: &[] });
    }
}

/// What `#[counted]` records: one up when the call begins.
#[derive(Clone, Copy, Debug)]
pub struct Counted(CounterHandle);

impl Counted {
    /// A series that was looked up.
    #[inline]
    pub fn new(handle: CounterHandle) -> Self {
        Self(handle)
    }

    /// A series whose labels are all constant.
    #[inline]
    pub fn row(row: &'static Row<CounterHandle>) -> Self {
        Self(row.handle())
    }

    #[inline]
    pub(super) fn handle(self) -> CounterHandle {
        self.0
    }
}

impl Part for Counted {
    const TIMED: bool = false;

    #[inline]
    fn begin(&self) {
        self.0.inc();
    }

    #[inline]
    fn end(&self, _: &End<'_>) {}
}

/// What `#[timed]` records: the seconds from begin to end.
#[derive(Clone, Copy, Debug)]
pub struct Observed<H>(H);

/// `#[timed]` with a histogram of its own.
pub type Timed = Observed<HistogramHandle>;

/// `#[timed(summary)]` with a summary of its own.
pub type Summarized = Observed<SummaryHandle>;

impl<H: Observe> Part for Observed<H> {
    const TIMED: bool = true;

    #[inline]
    fn begin(&self) {}

    #[inline]
    fn end(&self, end: &End<'_>) {
        self.0.record(end.seconds);
    }
}

impl<H: Observe> Observed<H> {
    /// A series that was looked up.
    #[inline]
    pub fn new(handle: H) -> Self {
        Self(handle)
    }

    /// A series whose labels are all constant.
    #[inline]
    pub fn row(row: &'static Row<H>) -> Self {
        Self(row.handle())
    }

    #[inline]
    pub(super) fn handle(self) -> H {
        self.0
    }
}

/// What `#[gauged]` records: one up at the begin, one down at the end.
#[derive(Clone, Copy, Debug)]
pub struct Gauged(GaugeHandle);

impl Gauged {
    /// A series that was looked up.
    #[inline]
    pub fn new(handle: GaugeHandle) -> Self {
        Self(handle)
    }

    /// A series whose labels are all constant.
    #[inline]
    pub fn row(row: &'static Row<GaugeHandle>) -> Self {
        Self(row.handle())
    }
}

impl Part for Gauged {
    const TIMED: bool = false;

    #[inline]
    fn begin(&self) {
        self.0.inc();
    }

    #[inline]
    fn end(&self, _: &End<'_>) {
        self.0.dec();
    }
}

/// The ways to name a series of a metric that belongs to the call site itself.
macro_rules! own_sites {
    ($($part:ident($handle:ident) = |$id:ident, $site:ident| $make:expr;)*) => { $(
        impl $part {
            /// The one series of the metric.
            #[inline]
            pub fn fixed($site: &'static Declared) -> Self {
                let $id = $site.fixed();
                Self::new($make)
            }

            /// The series with these label values.
            pub fn at($site: &'static Declared, values: &[&str]) -> Self {
                let $id = $site.series(values);
                Self::new($make)
            }

            /// The series with these label values, for a call that has ended.
            pub fn found($site: &'static Declared, values: &[&str]) -> $handle {
                let $id = $site.series(values);
                $make
            }

            /// The same, found once and kept in `pin`.
            pub fn pinned($site: &'static Declared, values: &[&str], pin: &'static Pin) -> $handle {
                let $id = $site.pinned(values, pin);
                $make
            }
        }
    )* };
}

own_sites! {
    Counted(CounterHandle) = |id, _site| CounterHandle::new(id);
    Timed(HistogramHandle) = |id, site| HistogramHandle::new(id, site.bounds());
    Summarized(SummaryHandle) = |id, site| SummaryHandle::new(id, site.window());
    Gauged(GaugeHandle) = |id, _site| GaugeHandle::new(id);
}
