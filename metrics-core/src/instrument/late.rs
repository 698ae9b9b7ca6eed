//! Series that are known only when a call has ended: the outcome is one of their labels, or something in the result.

use std::marker::PhantomData;

use super::kept::Kept;
use super::outcome::Outcome;
use crate::callsite::Constant;
use crate::cell::{Handle, SeriesId};
use crate::family::Pin;
use crate::label::Labels;
use crate::sync::OnceCell;

/// Finds a series at the end of a call.
pub trait Late {
    /// What it is written through.
    type Handle;

    /// The series of a call that ended like this; `texts` are the labels that come from the result, if there is one.
    fn find(&self, outcome: Outcome, texts: &[&str]) -> Self::Handle;
}

/// A call site whose labels are all constant but for the outcome: a series for each outcome, from the start.
pub struct Outcomes<H> {
    make: fn(Outcome, &'static Pin) -> H,
    pins: [Pin; 4],
    made: [OnceCell<H>; 4],
    only: Only,
}

impl<H: Handle> Outcomes<H> {
    /// `make` finds the series of an outcome and pins it.
    pub const fn new(make: fn(Outcome, &'static Pin) -> H) -> Self {
        Self { make, pins: [const { Pin::new() }; 4], made: [const { OnceCell::new() }; 4], only: Only::ALL }
    }

    /// The series of the other outcomes are not there from the start.
    #[must_use]
    pub const fn only(mut self, outcomes: &[Outcome]) -> Self {
        self.only = Only::these(outcomes);
        self
    }

    #[inline]
    fn handle(&'static self, outcome: Outcome) -> H {
        let (pin, made) = (&self.pins[outcome as usize], &self.made[outcome as usize]);
        match (pin.id(), made.get()) {
            (SeriesId::UNKNOWN, _) | (_, None) => {
                let handle = (self.make)(outcome, pin);
                made.get_or_init(|| handle);
                handle
            }
            (id, Some(made)) => made.at(id),
        }
    }
}

impl<H: Handle + Sync> Constant for Outcomes<H> {
    fn settle(&'static self) {
        for outcome in Outcome::ALL.into_iter().filter(|outcome| self.only.contains(*outcome)) {
            self.handle(outcome);
        }
    }
}

/// A series for each outcome of a call site. A type without a lifetime: rustc forgets that one is `'static` when it asks
/// whether a future is `Send`.
pub struct ByOutcome<H: 'static>(&'static Outcomes<H>);

impl<H: Handle> Late for ByOutcome<H> {
    type Handle = H;

    #[inline]
    fn find(&self, outcome: Outcome, _: &[&str]) -> H {
        self.0.handle(outcome)
    }
}

/// What a call site gives for the series that is known at the end.
pub trait IntoLate {
    /// What finds it.
    type Late: Late;

    /// The same.
    fn into_late(self) -> Self::Late;
}

impl<L: Late> IntoLate for L {
    type Late = L;

    #[inline]
    fn into_late(self) -> L {
        self
    }
}

impl<H: Handle> IntoLate for &'static Outcomes<H> {
    type Late = ByOutcome<H>;

    #[inline]
    fn into_late(self) -> ByOutcome<H> {
        ByOutcome(self)
    }
}

/// Some of the outcomes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Only(u8);

impl Only {
    pub(super) const ALL: Self = Self(u8::MAX);

    pub(super) const fn these(outcomes: &[Outcome]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < outcomes.len() {
            bits |= 1 << outcomes[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    #[inline]
    pub(super) fn contains(self, outcome: Outcome) -> bool {
        self.0 & (1 << outcome as u8) != 0
    }
}

/// A series by labels of which some were kept.
pub struct LookedUp<H> {
    kept: Kept,
    find: fn(&[&str]) -> H,
}

impl<H> LookedUp<H> {
    /// `find` finds the series of these values.
    pub fn new(kept: Kept, find: fn(&[&str]) -> H) -> Self {
        Self { kept, find }
    }
}

impl<H> Late for LookedUp<H> {
    type Handle = H;

    fn find(&self, outcome: Outcome, texts: &[&str]) -> H {
        self.kept.with_values(outcome, texts, self.find)
    }
}

/// The values of all labels of the metric with the labels `F`.
pub struct Resolved<'a, F> {
    values: &'a [&'a str],
    family: PhantomData<fn() -> F>,
}

impl<'a, F> Resolved<'a, F> {
    /// In the order of the labels' names.
    pub fn new(values: &'a [&'a str]) -> Self {
        Self { values, family: PhantomData }
    }
}

impl<F> Labels for Resolved<'_, F> {
    type Family = F;
    type Handle = ();

    fn with_values<R>(&self, run: impl FnOnce(&[&str]) -> R) -> R {
        run(self.values)
    }
}
