//! Series that are known only when a call has ended: the outcome is one of their labels, or something in the result.

use std::marker::PhantomData;

use super::outcome::Outcome;
use crate::callsite::Constant;
use crate::cell::{Handle, SeriesId};
use crate::family::Pin;
use crate::label::{LabelOf, LabelValue, Labels, Scratch};
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

/// The marks, one byte each: a label value is one if it lies here, whatever it says.
static MARKS: &str = "================";

/// Stands for the outcome where the labels of a call are read at its start.
#[derive(Debug)]
pub struct FromOutcome;

impl LabelValue for FromOutcome {
    fn text<'a>(&'a self, _: &'a mut Scratch) -> &'a str {
        &MARKS[..1]
    }
}

impl LabelOf<Outcome> for FromOutcome {}

/// Stands for a label that comes from the result, where the labels of a call are read at its start.
#[derive(Debug)]
pub struct FromResult<const AT: usize>;

impl<const AT: usize> LabelValue for FromResult<AT> {
    fn text<'a>(&'a self, _: &'a mut Scratch) -> &'a str {
        const { assert!(AT + 2 < MARKS.len(), "too many labels come from the result of one function") };
        &MARKS[AT + 1..AT + 2]
    }
}

impl<T: LabelValue, const AT: usize> LabelOf<Option<T>> for FromResult<AT> {}

/// Which mark `text` is.
fn mark(text: &str) -> Option<usize> {
    let place = (text.as_ptr() as usize).checked_sub(MARKS.as_ptr() as usize)?;
    (text.len() == 1 && place < MARKS.len()).then_some(place)
}

/// The labels of one call, kept without a borrow until it ends.
#[derive(Debug)]
pub struct Kept {
    /// All texts in a row.
    text: String,
    pieces: Vec<Piece>,
}

/// So many labels need no allocation when they are put together.
const FEW: usize = 8;

#[derive(Clone, Copy, Debug)]
enum Piece {
    /// Up to here, from the end of the one before.
    Text(usize),
    Outcome,
    Result(usize),
}

impl Kept {
    /// The values of a struct of labels, in the order of their names.
    pub fn labels<S: Labels>(labels: &S) -> Self {
        labels.with_values(Self::values)
    }

    /// These values.
    pub fn values(values: &[&str]) -> Self {
        let mut text = String::with_capacity(values.iter().map(|value| value.len()).sum());
        let mut keep = |value: &&str| match mark(value) {
            Some(0) => Piece::Outcome,
            Some(place) => Piece::Result(place - 1),
            None => {
                text.push_str(value);
                Piece::Text(text.len())
            }
        };
        let pieces = values.iter().map(&mut keep).collect();
        Self { text, pieces }
    }

    fn with_values<R>(&self, outcome: Outcome, texts: &[&str], run: impl FnOnce(&[&str]) -> R) -> R {
        let mut start = 0;
        let mut value = |piece: &Piece| match *piece {
            Piece::Outcome => outcome.as_str(),
            Piece::Result(at) => texts.get(at).copied().unwrap_or_default(),
            Piece::Text(end) => &self.text[std::mem::replace(&mut start, end)..end],
        };
        let mut few = [""; FEW];
        let Some(values) = few.get_mut(..self.pieces.len()) else {
            return run(&self.pieces.iter().map(value).collect::<Vec<_>>());
        };
        for (slot, piece) in values.iter_mut().zip(&self.pieces) {
            *slot = value(piece);
        }
        run(values)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_replaced_and_their_likes_are_not() {
        let (mut a, mut b, mut c) = (Scratch::new(), Scratch::new(), Scratch::new());
        let like = String::from("=");
        let values = [
            "one",
            FromResult::<1>.text(&mut a),
            "",
            &like,
            FromOutcome.text(&mut b),
            FromResult::<0>.text(&mut c),
            "two",
        ];
        let kept = Kept::values(&values);
        let told = |texts: &[&str]| {
            kept.with_values(Outcome::Err, texts, |values| {
                values.iter().map(ToString::to_string).collect::<Vec<_>>()
            })
        };
        assert_eq!(told(&["x", "y"]), ["one", "y", "", "=", "err", "x", "two"]);
        assert_eq!(told(&[]), ["one", "", "", "=", "err", "", "two"]);
    }

    #[test]
    fn there_may_be_many_labels() {
        let values: Vec<String> = (0..20).map(|value| value.to_string()).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        assert!(Kept::values(&values).with_values(Outcome::Ok, &[], |kept| kept == values));
    }
}
