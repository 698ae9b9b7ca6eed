//! Gauges: numbers that go up and down.

use std::fmt;

use crate::cell::words::gauge as words;
use crate::cell::{self, Handle, Layout, Lead, SeriesId};
use crate::clock;
use crate::descriptor::Descriptor;
use crate::record::RECORD;
use crate::reentrant;
use crate::sample::{Kind, RUN, Sink, Value};
use crate::sync::is_holding;

/// One series of a gauge: `Copy`, found already, cheap to keep.
///
/// A handle outlives its series: what is written through it after the series was removed is dropped.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// metrics! {
///     /// Connections open now, by listener.
///     static CONNECTIONS: Gauge<listener>;
/// }
///
/// let open = CONNECTIONS { listener: "public" }.handle();
/// open.set(10);
/// open.inc();
/// open.dec_by(2.5);
/// assert_eq!(open.get(), 8.5);
/// ```
#[derive(Clone, Copy)]
pub struct GaugeHandle {
    id: SeriesId,
}

impl GaugeHandle {
    pub(crate) fn new(id: SeriesId) -> Self {
        Self { id }
    }

    /// Adds one.
    #[inline]
    pub fn inc(self) {
        step(self.id, 1);
    }

    /// Takes one away.
    #[inline]
    pub fn dec(self) {
        step(self.id, -1);
    }

    /// Adds `amount`.
    ///
    /// `NaN` is dropped and counted in `metrics_core_dropped_observations_total`: it would stay for ever.
    #[inline]
    pub fn inc_by(self, amount: impl Number) {
        if RECORD {
            self.add(amount.to_f64());
        }
    }

    /// Takes `amount` away. `NaN` is dropped as by [`inc_by`](Self::inc_by).
    #[inline]
    pub fn dec_by(self, amount: impl Number) {
        if RECORD {
            self.add(-amount.to_f64());
        }
    }

    /// Sets the value, whatever was added before.
    ///
    /// The one step of a gauge that takes a lock: `inc` and `dec` don't.
    #[inline]
    pub fn set(self, value: impl Number) {
        if RECORD {
            self.set_to(value.to_f64());
        }
    }

    /// Sets the value to the seconds since the Unix epoch (CL-23).
    #[inline]
    pub fn set_to_current_time(self) {
        if RECORD {
            self.set_to(clock::unix_seconds());
        }
    }

    /// The value now, 0 if the series was removed.
    pub fn get(self) -> f64 {
        reentrant::outside(|| value(self.id)).unwrap_or(0.0)
    }

    fn set_to(self, value: f64) {
        if is_holding() {
            return reentrant::drop_write();
        }
        cell::write_base(self.id, &|base| words::set(base, value));
    }

    fn add(self, amount: f64) {
        if amount.is_nan() {
            cell::drop_value(self.id);
        } else if amount.fract() == 0.0 && amount.abs() < i64::MAX as f64 {
            cell::write(self.id, move |own, base| words::add_whole(own, base, amount as i64));
        } else {
            cell::write(self.id, move |own, base| words::add_real(own, base, amount));
        }
    }
}

/// Adds one to a series, or takes it away.
#[inline]
pub(crate) fn step(lead: impl Lead, one: i64) {
    cell::write(lead, move |own, base| words::step(own, base, one));
}

impl Handle for GaugeHandle {
    fn id(self) -> SeriesId {
        self.id
    }

    fn at(self, id: SeriesId) -> Self {
        Self { id }
    }
}

impl fmt::Debug for GaugeHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("GaugeHandle").field(&self.get()).finish()
    }
}

/// A number that a gauge can be set to or moved by: `f64`, `f32` and every whole number up to 64 bits.
///
/// Whole numbers beyond 2^53 are rounded, as Prometheus stores every sample as an `f64` (DM-4).
#[diagnostic::on_unimplemented(message = "a gauge can't take a `{Self}`", label = "expected a number")]
pub trait Number: Copy {
    /// The number as Prometheus stores it.
    fn to_f64(self) -> f64;
}

macro_rules! numbers {
    ($($type:ty),*) => { $(
        impl Number for $type {
            #[inline]
            #[allow(clippy::cast_lossless, reason = "one line serves all number types")]
            fn to_f64(self) -> f64 {
                self as f64
            }
        }
    )* };
}

numbers!(f64, f32, u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);

/// Gauges as a family sees them.
pub(crate) struct GaugeKind;

impl Kind for GaugeKind {
    fn layout(&self, _: &Descriptor) -> Layout {
        words::LAYOUT
    }

    fn sums_up(&self) -> bool {
        false
    }

    fn tell(&self, id: SeriesId, descriptor: &Descriptor, labels: &str, sink: &mut dyn Sink) {
        self.tell_all(&[(labels, id)], descriptor, sink);
    }

    /// All are read before one is written: the lock that they share is held for as short as can be.
    fn tell_all(&self, series: &[(&str, SeriesId)], _: &Descriptor, sink: &mut dyn Sink) {
        let mut values = [None; RUN];
        cell::read_all(series.iter().map(|(_, id)| *id), &mut values, words::Sum::add, |sum| {
            Value::Real(sum.value())
        });
        sink.numbers(series, &values);
    }
}

fn value(id: SeriesId) -> Option<f64> {
    let mut sum = words::Sum::default();
    cell::read(id, |block| sum.add(block)).then(|| sum.value())
}
