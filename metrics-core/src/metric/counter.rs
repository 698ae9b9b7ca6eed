//! Counters: numbers that only grow.

use std::fmt;

use crate::cell::words::counter as words;
use crate::cell::{self, Handle, Layout, Lead, SeriesId};
use crate::descriptor::Descriptor;
use crate::exemplars::{self, Place};
use crate::record::RECORD;
use crate::reentrant;
use crate::sample::{Kind, RUN, Sink, Value};
use crate::traces;

/// One series of a counter: `Copy`, found already, cheap to keep.
///
/// A handle outlives its series: what is counted through it after the series was removed is dropped.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// metrics! {
///     /// Bytes sent by peer.
///     static SENT_BYTES_TOTAL: Counter<peer>;
/// }
///
/// let sent = SENT_BYTES_TOTAL { peer: "a" }.handle();
/// sent.inc_by(1_500);
/// sent.inc_by(0.5);
/// assert_eq!(sent.get(), 1_500.5);
/// ```
#[derive(Clone, Copy)]
pub struct CounterHandle {
    id: SeriesId,
}

impl CounterHandle {
    pub(crate) fn new(id: SeriesId) -> Self {
        Self { id }
    }

    /// Adds one.
    #[inline]
    pub fn inc(self) {
        self.add_whole(1);
    }

    /// Adds `amount`: a `u64`, or an `f64` that is not negative.
    ///
    /// An `f64` that is negative, `NaN` or infinite is dropped and counted in
    /// `metrics_core_dropped_observations_total` (CL-6).
    #[inline]
    pub fn inc_by(self, amount: impl Increment) {
        if RECORD {
            let _ = amount.add_to(self);
        }
    }

    /// Adds one, and keeps an example of it: labels that say more, such as the id of a trace (O-50).
    ///
    /// The latest one is told in `OpenMetrics` and protobuf. Its names and values have at most 128 characters
    /// together, or it is dropped and counted in `metrics_core_dropped_exemplars_total`; the step counts all the same.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::metrics;
    ///
    /// metrics! {
    ///     /// Logins.
    ///     static SIGN_INS_TOTAL: Counter;
    /// }
    ///
    /// SIGN_INS_TOTAL.inc_with_exemplar(&[("trace_id", "4bf92f3577b34da6")]);
    /// assert_eq!(SIGN_INS_TOTAL.get(), 1.0);
    /// ```
    #[inline]
    pub fn inc_with_exemplar(self, exemplar: &[(&str, &str)]) {
        self.inc_by_with_exemplar(1, exemplar);
    }

    /// Adds `amount`, as [`inc_by`](Self::inc_by) does, and keeps an example of it, which has the amount as its value.
    ///
    /// Of an amount that is dropped there is no example.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::metrics;
    ///
    /// metrics! {
    ///     /// Bytes received.
    ///     static RECEIVED_BYTES_TOTAL: Counter;
    /// }
    ///
    /// RECEIVED_BYTES_TOTAL.inc_by_with_exemplar(1_500, &[("trace_id", "4bf92f3577b34da6")]);
    /// assert_eq!(RECEIVED_BYTES_TOTAL.get(), 1_500.0);
    /// ```
    #[inline]
    pub fn inc_by_with_exemplar(self, amount: impl Increment, exemplar: &[(&str, &str)]) {
        if RECORD && let Some(amount) = amount.add_to(self) {
            exemplars::keep(self.id, Place::bucket(0), amount, exemplar);
        }
    }

    /// The value now, 0 if the series was removed.
    pub fn get(self) -> f64 {
        match reentrant::outside(|| value(self.id)) {
            Some(Value::Whole(whole)) => whole as f64,
            Some(Value::Real(real)) => real,
            None => 0.0,
        }
    }

    #[inline]
    fn add_whole(self, amount: u64) {
        add_whole(self.id, amount);
    }

    /// False if it is no possible step.
    fn add_real(self, amount: f64) -> bool {
        let is_step = amount.is_finite() && amount >= 0.0;
        if !is_step {
            cell::drop_value(self.id);
        } else if amount.fract() == 0.0 && amount < u64::MAX as f64 {
            self.add_whole(amount as u64);
        } else {
            cell::write(self.id, move |own, _| words::add_real(own, amount));
            traces::offer(self.id, 0, || (Place::bucket(0), amount));
        }
        is_step
    }
}

impl Handle for CounterHandle {
    fn id(self) -> SeriesId {
        self.id
    }

    fn at(self, id: SeriesId) -> Self {
        Self { id }
    }
}

impl fmt::Debug for CounterHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CounterHandle").field(&self.get()).finish()
    }
}

/// Adds to a series.
#[inline]
pub(crate) fn add_whole(lead: impl Lead, amount: u64) {
    cell::write(lead, move |own, _| words::add_whole(own, amount));
    traces::offer(lead, 0, || (Place::bucket(0), amount as f64));
}

/// What a counter can be increased by: `u64`, or `f64` that is not negative.
#[diagnostic::on_unimplemented(
    message = "a counter can't be increased by a `{Self}`",
    label = "expected `u64` or `f64`",
    note = "write `u64::from(n)` or `n as u64`; a number that also goes down is a `Gauge`"
)]
pub trait Increment: private::Add {}

impl Increment for u64 {}
impl Increment for f64 {}

mod private {
    use super::CounterHandle;

    pub trait Add {
        /// The amount, unless it was dropped.
        fn add_to(self, counter: CounterHandle) -> Option<f64>;
    }

    impl Add for u64 {
        #[inline]
        fn add_to(self, counter: CounterHandle) -> Option<f64> {
            counter.add_whole(self);
            Some(self as f64)
        }
    }

    impl Add for f64 {
        #[inline]
        fn add_to(self, counter: CounterHandle) -> Option<f64> {
            counter.add_real(self).then_some(self)
        }
    }
}

/// Counters as a family sees them.
pub(crate) struct CounterKind;

impl Kind for CounterKind {
    fn layout(&self, _: &Descriptor) -> Layout {
        words::LAYOUT
    }

    fn sums_up(&self) -> bool {
        true
    }

    fn tell(&self, id: SeriesId, descriptor: &Descriptor, labels: &str, sink: &mut dyn Sink) {
        self.tell_all(&[(labels, id)], descriptor, sink);
    }

    /// All are read before one is written: the lock that they share is held for as short as can be.
    fn tell_all(&self, series: &[(&str, SeriesId)], _: &Descriptor, sink: &mut dyn Sink) {
        let mut values = [None; RUN];
        cell::read_all(series.iter().map(|(_, id)| *id), &mut values, words::Sum::add, total);
        sink.numbers(series, &values);
    }
}

fn value(id: SeriesId) -> Option<Value> {
    let mut sum = words::Sum::default();
    cell::read(id, |block| sum.add(block)).then(|| total(sum))
}

fn total(sum: words::Sum) -> Value {
    let fraction = sum.fraction.value();
    if fraction == 0.0 { Value::Whole(sum.whole) } else { broken(sum.whole, fraction) }
}

#[cold]
fn broken(whole: u64, fraction: f64) -> Value {
    Value::Real(whole as f64 + fraction)
}
