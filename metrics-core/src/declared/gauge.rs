//! Declared gauges.

use std::fmt;
use std::marker::PhantomData;

use super::view::view;
use crate::callsite::Declared;
use crate::family::Pin;
use crate::instrument::in_flight::InFlight;
use crate::label::{Labels, NoLabels};
use crate::metric::gauge::{self, GaugeHandle, Number};

/// A number that goes up and down: queue lengths, open connections, temperatures.
///
/// `metrics!` declares it; `L` are its labels. Without labels it is written to directly, with labels through the struct
/// of the same name.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// metrics! {
///     /// Tasks waiting, by queue.
///     static QUEUE_LENGTH: Gauge<queue>;
/// }
///
/// let queue = "mail";
/// QUEUE_LENGTH { queue }.set(12);
/// QUEUE_LENGTH { queue }.dec();
/// assert_eq!(QUEUE_LENGTH.get(QUEUE_LENGTH { queue }), Some(11.0));
/// ```
pub struct Gauge<L = ()> {
    cell: &'static Declared,
    labels: PhantomData<fn(L)>,
}

view!(Gauge, GaugeHandle, |_cell, id| GaugeHandle::new(id));

/// Without labels the metric is its one series. The bound stands on each verb: on the `impl` it would hide its message.
impl<L> Gauge<L> {
    /// Adds one.
    #[inline]
    pub fn inc(&self)
    where
        L: NoLabels,
    {
        gauge::step(self.cell, 1);
    }

    /// Takes one away.
    #[inline]
    pub fn dec(&self)
    where
        L: NoLabels,
    {
        gauge::step(self.cell, -1);
    }

    /// Adds `amount`.
    pub fn inc_by(&self, amount: impl Number)
    where
        L: NoLabels,
    {
        self.handle().inc_by(amount);
    }

    /// Takes `amount` away.
    pub fn dec_by(&self, amount: impl Number)
    where
        L: NoLabels,
    {
        self.handle().dec_by(amount);
    }

    /// Sets the value; see [`GaugeHandle::set`].
    pub fn set(&self, value: impl Number)
    where
        L: NoLabels,
    {
        self.handle().set(value);
    }

    /// Sets the value to the seconds since the Unix epoch.
    pub fn set_to_current_time(&self)
    where
        L: NoLabels,
    {
        self.handle().set_to_current_time();
    }

    /// Adds one until the returned guard is dropped.
    pub fn in_flight(&self) -> InFlight
    where
        L: NoLabels,
    {
        self.handle().in_flight()
    }
}

impl Gauge {
    /// The value now.
    pub fn get(&self) -> f64 {
        self.handle().get()
    }
}

#[allow(clippy::needless_pass_by_value, reason = "`get(NAME { … })` is how a series is named")]
impl<L: Labels> Gauge<L> {
    /// The value of the series with these labels, `None` if there is no such series.
    pub fn get<S: Labels<Family = L>>(&self, labels: S) -> Option<f64> {
        self.find(&labels).map(GaugeHandle::get)
    }
}
