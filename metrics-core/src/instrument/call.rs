//! The guard of an annotated call: everything its attributes record, with one pair of clock readings.

use std::marker::PhantomData;

use super::outcome::Outcome;
use super::rows::series_of;
use crate::callsite::{Declared, Row};
use crate::cell::{Handle, SeriesId};
use crate::clock::{Moment, Ticks};
use crate::family::Pin;
use crate::metric::counter::CounterHandle;
use crate::metric::gauge::GaugeHandle;
use crate::metric::histogram::HistogramHandle;
#[cfg(feature = "native")]
use crate::metric::native_histogram::NativeHistogramHandle;
use crate::metric::summary::SummaryHandle;
use crate::observation::Observe;
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
    type Running = ();

    #[inline]
    fn begin(self) {
        self.0.inc();
    }
}

/// What `#[timed]` records: the time from begin to end, into the series that `S` knows.
#[derive(Clone, Copy, Debug)]
pub struct Observed<S>(S);

/// `#[timed]` with a histogram of its own.
pub type Timed = Observed<HistogramHandle>;

/// `#[timed(native)]` with a native histogram of its own.
#[cfg(feature = "native")]
pub type TimedNatively = Observed<NativeHistogramHandle>;

/// `#[timed(summary)]` with a summary of its own.
pub type Summarized = Observed<SummaryHandle>;

/// Where times go: what knows a series.
pub trait Target: Copy {
    /// What the series is written through.
    type Handle: Observe;

    /// The series.
    fn target(self) -> Self::Handle;
}

/// One that was found already.
impl<H: Observe> Target for H {
    type Handle = H;

    #[inline]
    fn target(self) -> H {
        self
    }
}

/// The one series of a metric that belongs to the call site itself: the site alone is kept.
#[derive(Clone, Copy, Debug)]
pub struct OnlySeries<H>(&'static Declared, PhantomData<fn() -> H>);

impl<H: Observe + Own> Target for OnlySeries<H> {
    type Handle = H;

    #[inline]
    fn target(self) -> H {
        H::own(self.0, self.0.fixed())
    }
}

impl<S: Target> Part for Observed<S> {
    const TIMED: bool = true;
    type Running = Self;

    #[inline]
    fn begin(self) -> Self {
        self
    }
}

impl<S: Target> Running for Observed<S> {
    #[inline]
    fn end(&self, end: &End<'_>) {
        self.handle().record_time(end.took);
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
}

impl<S: Target> Observed<S> {
    #[inline]
    pub(super) fn handle(self) -> S::Handle {
        self.0.target()
    }
}

impl<H: Observe + Own> Observed<H> {
    /// The one series of the metric.
    #[inline]
    pub fn fixed(site: &'static Declared) -> Observed<OnlySeries<H>> {
        Observed(OnlySeries(site, PhantomData))
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
    type Running = Self;

    #[inline]
    fn begin(self) -> Self {
        self.0.inc();
        self
    }
}

impl Running for Gauged {
    #[inline]
    fn end(&self, _: &End<'_>) {
        self.0.dec();
    }
}

/// A handle of a metric that belongs to the call site itself.
pub trait Own: Handle {
    /// The series `id` of the site's metric.
    fn own(site: &'static Declared, id: SeriesId) -> Self;
}

impl Own for CounterHandle {
    #[inline]
    fn own(_: &'static Declared, id: SeriesId) -> Self {
        Self::new(id)
    }
}

impl Own for GaugeHandle {
    #[inline]
    fn own(_: &'static Declared, id: SeriesId) -> Self {
        Self::new(id)
    }
}

impl Own for HistogramHandle {
    #[inline]
    fn own(site: &'static Declared, id: SeriesId) -> Self {
        Self::new(id, site.bounds())
    }
}

#[cfg(feature = "native")]
impl Own for NativeHistogramHandle {
    #[inline]
    fn own(site: &'static Declared, id: SeriesId) -> Self {
        Self::new(id, site.bounds())
    }
}

impl Own for SummaryHandle {
    #[inline]
    fn own(site: &'static Declared, id: SeriesId) -> Self {
        Self::new(id, site.window())
    }
}

/// The ways to name a series of a metric that belongs to the call site itself.
macro_rules! own_sites {
    ($($part:ty: $handle:ident;)*) => { $(
        impl $part {
            /// The series at this place of the call's row.
            #[inline]
            pub fn at<const HEAD: usize>(site: &'static Declared, row: &[u64; HEAD], place: usize) -> Self {
                Self::new($handle::own(site, series_of(row, place)))
            }

            /// The series with these label values, for a call that has ended.
            pub fn found(site: &'static Declared, values: &[&str]) -> $handle {
                $handle::own(site, site.series(values))
            }

            /// The same, found once and kept in `pin`.
            pub fn pinned(site: &'static Declared, values: &[&str], pin: &'static Pin) -> $handle {
                $handle::own(site, site.pinned(values, pin))
            }
        }
    )* };
}

own_sites! {
    Counted: CounterHandle;
    Timed: HistogramHandle;
    Summarized: SummaryHandle;
    Gauged: GaugeHandle;
}

#[cfg(feature = "native")]
own_sites! {
    TimedNatively: NativeHistogramHandle;
}

/// Metrics whose one series every call writes.
macro_rules! only_series {
    ($($part:ident: $handle:ident;)*) => { $(
        impl $part {
            /// The one series of the metric.
            #[inline]
            pub fn fixed(site: &'static Declared) -> Self {
                Self($handle::own(site, site.fixed()))
            }
        }
    )* };
}

only_series! {
    Counted: CounterHandle;
    Gauged: GaugeHandle;
}
