//! Declared counters.

use std::fmt;
use std::marker::PhantomData;

use super::view::view;
use crate::callsite::Declared;
use crate::family::Pin;
use crate::label::{Labels, NoLabels};
use crate::metric::counter::{self, CounterHandle, Increment};

/// A number that only grows: requests, errors, bytes sent.
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
///     /// Mails sent.
///     static MAILS_SENT_TOTAL: Counter;
///
///     /// Mails refused, by reason.
///     static MAILS_REFUSED_TOTAL: Counter<reason>;
/// }
///
/// MAILS_SENT_TOTAL.inc();
/// let reason = "no such user";
/// MAILS_REFUSED_TOTAL { reason }.inc_by(2);
///
/// assert_eq!(MAILS_SENT_TOTAL.get(), 1.0);
/// assert_eq!(MAILS_REFUSED_TOTAL.get(MAILS_REFUSED_TOTAL { reason }), Some(2.0));
/// ```
pub struct Counter<L = ()> {
    cell: &'static Declared,
    labels: PhantomData<fn(L)>,
}

view!(Counter, CounterHandle, |_cell, id| CounterHandle::new(id));

/// Without labels the metric is its one series. The bound stands on each verb: on the `impl` it would hide its message.
impl<L> Counter<L> {
    /// Adds one.
    #[inline]
    pub fn inc(&self)
    where
        L: NoLabels,
    {
        counter::add_whole(self.cell, 1);
    }

    /// Adds `amount`: a `u64`, or an `f64` that is not negative; see [`CounterHandle::inc_by`].
    #[inline]
    pub fn inc_by(&self, amount: impl Increment)
    where
        L: NoLabels,
    {
        self.handle().inc_by(amount);
    }

    /// Adds one, and keeps an example of it; see [`CounterHandle::inc_with_exemplar`].
    pub fn inc_with_exemplar(&self, exemplar: &[(&str, &str)])
    where
        L: NoLabels,
    {
        self.handle().inc_with_exemplar(exemplar);
    }

    /// Adds `amount`, and keeps an example of it; see [`CounterHandle::inc_by_with_exemplar`].
    pub fn inc_by_with_exemplar(&self, amount: impl Increment, exemplar: &[(&str, &str)])
    where
        L: NoLabels,
    {
        self.handle().inc_by_with_exemplar(amount, exemplar);
    }
}

impl Counter {
    /// The value now.
    pub fn get(&self) -> f64 {
        self.handle().get()
    }
}

#[allow(clippy::needless_pass_by_value, reason = "`get(NAME { … })` is how a series is named")]
impl<L: Labels> Counter<L> {
    /// The value of the series with these labels, `None` if there is no such series.
    ///
    /// # Examples
    ///
    /// ```
    /// # use metrics_core::metrics;
    /// # metrics! {
    /// #     /// Mails refused, by reason.
    /// #     static MAILS_REFUSED_TOTAL: Counter<reason>;
    /// # }
    /// assert_eq!(MAILS_REFUSED_TOTAL.get(MAILS_REFUSED_TOTAL { reason: "spam" }), None);
    /// ```
    pub fn get<S: Labels<Family = L>>(&self, labels: S) -> Option<f64> {
        self.find(&labels).map(CounterHandle::get)
    }
}
