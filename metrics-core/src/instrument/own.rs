//! The series of a metric that belongs to the call site itself, as a handle of its kind.

use crate::callsite::Declared;
use crate::cell::{Handle, SeriesId};
use crate::metric::counter::CounterHandle;
use crate::metric::gauge::GaugeHandle;
use crate::metric::histogram::HistogramHandle;
#[cfg(feature = "native")]
use crate::metric::native_histogram::NativeHistogramHandle;
use crate::metric::summary::SummaryHandle;

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
        Self::new(id, site.window)
    }
}
