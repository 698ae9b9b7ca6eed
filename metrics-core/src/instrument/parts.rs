//! The parts of a call: what each attribute records, and how it names its series.

use std::marker::PhantomData;

use super::call::{End, Part, Running};
use super::own::Own;
use super::rows::series_of;
use crate::callsite::{Declared, Row};
use crate::family::Pin;
use crate::metric::counter::CounterHandle;
use crate::metric::gauge::GaugeHandle;
use crate::metric::histogram::HistogramHandle;
#[cfg(feature = "native")]
use crate::metric::native_histogram::NativeHistogramHandle;
use crate::metric::summary::SummaryHandle;
use crate::observation::Observe;

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
