//! The labels of a call that is running: those that are known, and marks for those that are known at its end.

use super::outcome::Outcome;
use crate::label::{LabelOf, LabelValue, Labels, Scratch};
use crate::sync::{RefCell, thread_local};

/// The marks, one byte each: a label value is one if it lies here, whatever it says.
///
/// No other text of a program says the same, so that none shares these bytes.
static MARKS: &str = "marks of metrics-core";

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

impl<T: LabelValue + MayBeAbsent, const AT: usize> LabelOf<T> for FromResult<AT> {}

/// A type of a label that can do without a value.
#[diagnostic::on_unimplemented(
    message = "this label comes from the result, and there is none if the call panics or is cancelled",
    label = "declared as `{Self}`, which can't be absent",
    note = "declare the label as `Option<{Self}>`, or without a type"
)]
pub trait MayBeAbsent {}

impl<T: LabelValue> MayBeAbsent for Option<T> {}

/// Which mark `text` is.
fn mark(text: &str) -> Option<usize> {
    let place = (text.as_ptr() as usize).checked_sub(MARKS.as_ptr() as usize)?;
    (text.len() == 1 && place < MARKS.len()).then_some(place)
}

/// The labels of one call, kept without a borrow until it ends.
#[derive(Debug)]
pub struct Kept(Texts);

#[derive(Debug, Default)]
struct Texts {
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

/// So much room of calls that have ended a thread keeps for the next ones, and none that held longer texts than this.
const ROOMS: usize = 32;
const LONG: usize = 1024;

thread_local! {
    static ROOM: RefCell<Vec<Texts>> = const { RefCell::new(Vec::new()) };
}

impl Texts {
    /// The room of a call that has ended, or a new one: an allocator that counts with our metrics may be within this.
    fn empty() -> Self {
        let used = ROOM.try_with(|rooms| rooms.try_borrow_mut().ok()?.pop());
        used.ok().flatten().unwrap_or_default()
    }

    /// Leaves the room to the next call.
    fn leave(mut self) {
        self.text.clear();
        self.pieces.clear();
        let _ = ROOM.try_with(|rooms| match rooms.try_borrow_mut() {
            Ok(mut rooms) if rooms.len() < ROOMS && self.text.capacity() <= LONG => rooms.push(self),
            _ => {}
        });
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        std::mem::take(&mut self.0).leave();
    }
}

impl Kept {
    /// The values of a struct of labels, in the order of their names.
    pub fn labels<S: Labels>(labels: &S) -> Self {
        labels.with_values(Self::values)
    }

    /// These values.
    pub fn values(values: &[&str]) -> Self {
        let mut kept = Texts::empty();
        for value in values {
            kept.pieces.push(match mark(value) {
                Some(0) => Piece::Outcome,
                Some(place) => Piece::Result(place - 1),
                None => {
                    kept.text.push_str(value);
                    Piece::Text(kept.text.len())
                }
            });
        }
        Self(kept)
    }

    /// Runs `run` on all values of a call that ended like this; `texts` are the labels that come from the result.
    pub(super) fn with_values<R>(
        &self,
        outcome: Outcome,
        texts: &[&str],
        run: impl FnOnce(&[&str]) -> R,
    ) -> R {
        let mut start = 0;
        let mut value = |piece: &Piece| match *piece {
            Piece::Outcome => outcome.as_str(),
            Piece::Result(at) => texts.get(at).copied().unwrap_or_default(),
            Piece::Text(end) => &self.0.text[std::mem::replace(&mut start, end)..end],
        };
        let mut few = [""; FEW];
        let Some(values) = few.get_mut(..self.0.pieces.len()) else {
            return run(&self.0.pieces.iter().map(value).collect::<Vec<_>>());
        };
        for (slot, piece) in values.iter_mut().zip(&self.0.pieces) {
            *slot = value(piece);
        }
        run(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_replaced_and_their_likes_are_not() {
        let (mut a, mut b, mut c) = (Scratch::new(), Scratch::new(), Scratch::new());
        let like = String::from("m");
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
        assert_eq!(told(&["x", "y"]), ["one", "y", "", "m", "err", "x", "two"]);
        assert_eq!(told(&[]), ["one", "", "", "m", "err", "", "two"]);
    }

    #[test]
    fn there_may_be_many_labels() {
        let values: Vec<String> = (0..20).map(|value| value.to_string()).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        assert!(Kept::values(&values).with_values(Outcome::Ok, &[], |kept| kept == values));
    }
}
