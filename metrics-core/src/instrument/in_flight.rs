//! Work in flight: one up at the start, one down at the end.

use crate::metric::gauge::GaugeHandle;
use crate::record::Recorded;

/// One piece of work that a gauge counts until this is dropped, also by a panic or an early return.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// metrics! {
///     /// Uploads running now.
///     static UPLOADS_IN_FLIGHT: Gauge;
/// }
///
/// let upload = UPLOADS_IN_FLIGHT.in_flight();
/// assert_eq!(UPLOADS_IN_FLIGHT.get(), 1.0);
/// drop(upload);
/// assert_eq!(UPLOADS_IN_FLIGHT.get(), 0.0);
/// ```
#[derive(Debug)]
#[must_use = "work that is dropped at once was never in flight"]
pub struct InFlight(Recorded<GaugeHandle>);

impl Drop for InFlight {
    #[inline]
    fn drop(&mut self) {
        if let Some(gauge) = self.0.get() {
            gauge.dec();
        }
    }
}

impl GaugeHandle {
    /// Adds one until the returned guard is dropped.
    #[inline]
    pub fn in_flight(self) -> InFlight {
        self.inc();
        InFlight(Recorded::new(|| self))
    }
}
