//! What a label's value may be, and how it becomes text without an allocation.

mod values;

use std::fmt;

/// A type whose values can stand as the value of a label.
///
/// Strings, whole numbers, `bool`, `char`, IP addresses, `http`'s `Method`, `StatusCode` and `Version` are label values,
/// and so are references to them and `Option`s of them; an absent value (`None`) and an empty text both mean that the
/// series does not have the label (DM-3). Anything that prints itself can be lent as one by [`display`].
///
/// # Examples
///
/// ```
/// use metrics_core::{LabelValue, Scratch};
///
/// enum Method {
///     Get,
///     Post,
/// }
///
/// impl LabelValue for Method {
///     fn text<'a>(&'a self, _scratch: &'a mut Scratch) -> &'a str {
///         match self {
///             Self::Get => "get",
///             Self::Post => "post",
///         }
///     }
/// }
///
/// assert_eq!(Method::Post.text(&mut Scratch::new()), "post");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the value of a label",
    label = "not a label value",
    note = "strings, whole numbers, `bool`, `char`, IP addresses and `Option`s of them can; lend anything else that prints itself with `metrics_core::display(&value)`"
)]
pub trait LabelValue {
    /// All texts there are, if the set is closed; empty if it is open.
    ///
    /// A metric whose labels all have types with a closed set has all its series from the start, at 0.
    /// [`#[derive(LabelValue)]`](derive@crate::LabelValue) fills this in.
    const VALUES: &'static [&'static str] = &[];

    /// The value as text: its own, or written into `scratch`.
    fn text<'a>(&'a self, scratch: &'a mut Scratch) -> &'a str;

    /// The place of the value among [`VALUES`](Self::VALUES); of no meaning if the set is open.
    fn index(&self) -> usize {
        0
    }
}

/// A type that may stand where a label of type `T` is declared: `T` itself or a reference to it.
#[diagnostic::on_unimplemented(
    message = "this label is declared as `{T}`, found `{Self}`",
    label = "expected `{T}`",
    note = "a label declared without a type takes any label value"
)]
pub trait LabelOf<T>: LabelValue {}

impl<T: LabelValue> LabelOf<T> for T {}
impl<T: LabelValue> LabelOf<T> for &T {}
// An attribute borrows its labels, and what it borrows may be a reference already.
impl<T: LabelValue> LabelOf<T> for &&T {}

/// The labels of a metric that has none.
#[diagnostic::on_unimplemented(
    message = "this metric has labels: write `NAME {{ label: value }}` first",
    label = "which series of it?",
    note = "`NAME {{ label: value }}.inc()` names one series, and so does `NAME {{ label: value }}.handle()`"
)]
pub trait NoLabels {}

impl NoLabels for () {}

/// The labels of one series, as the struct that `metrics!` makes beside the static.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no series",
    label = "expected `NAME {{ label: value }}`"
)]
pub trait Labels {
    /// The labels' type with every value's type forgotten: what the static carries.
    type Family;

    /// What a series of the metric is written through.
    type Handle;

    /// The number of combinations, if every label is of a closed set; else 0.
    const SIZE: usize = 0;

    /// The place of this combination among all of them; of no meaning if there are open labels.
    fn index(&self) -> usize {
        0
    }

    /// Runs `run` on the values' texts, in the order of the labels' names.
    fn with_values<R>(&self, run: impl FnOnce(&[&str]) -> R) -> R;
}

/// The number of combinations of closed sets, or 0 if one of the sets is open.
pub const fn combinations(sets: &[&[&str]]) -> usize {
    let (mut size, mut at) = (1_usize, 0);
    while at < sets.len() {
        size = size.saturating_mul(sets[at].len());
        at += 1;
    }
    size
}

/// Room for the text of one label value: short texts need no allocation.
#[derive(Debug)]
pub struct Scratch {
    inline: [u8; INLINE],
    length: usize,
    heap: String,
}

/// Enough for every number and every IP address.
const INLINE: usize = 64;

impl Scratch {
    /// Empty room.
    #[inline]
    pub const fn new() -> Self {
        Self { inline: [0; INLINE], length: 0, heap: String::new() }
    }

    /// Replaces what is there by what `value` prints.
    ///
    /// # Examples
    ///
    /// ```
    /// let mut scratch = metrics_core::Scratch::new();
    /// assert_eq!(scratch.print(format_args!("shard-{}", 7)), "shard-7");
    /// ```
    pub fn print(&mut self, value: fmt::Arguments<'_>) -> &str {
        self.length = 0;
        self.heap.clear();
        // A `Display` that fails leaves what it had written: a label value is better short than missing.
        let _ = fmt::write(self, value);
        self.as_str()
    }

    fn as_str(&self) -> &str {
        if self.heap.is_empty() {
            // Only whole `str`s are ever written, so this is never the empty string by mistake.
            str::from_utf8(&self.inline[..self.length]).unwrap_or_default()
        } else {
            &self.heap
        }
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Write for Scratch {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        let end = self.length + piece.len();
        if !self.heap.is_empty() {
            self.heap.push_str(piece);
        } else if let Some(room) = self.inline.get_mut(self.length..end) {
            room.copy_from_slice(piece.as_bytes());
            self.length = end;
        } else {
            let written = str::from_utf8(&self.inline[..self.length]).unwrap_or_default();
            self.heap.reserve(end);
            self.heap.push_str(written);
            self.heap.push_str(piece);
        }
        Ok(())
    }
}

/// A value that prints itself, lent as a label value.
///
/// It is printed at each use, so a type that is used often is better given a [`LabelValue`] of its own.
///
/// # Examples
///
/// ```
/// use metrics_core::{display, metrics};
///
/// metrics! {
///     /// Jobs done by shard.
///     static JOBS_TOTAL: Counter<shard>;
/// }
///
/// let shard = display(1.5);
/// JOBS_TOTAL { shard }.inc();
/// assert_eq!(JOBS_TOTAL.get(JOBS_TOTAL { shard: "1.5" }), Some(1.0));
/// ```
pub fn display<T: fmt::Display>(value: T) -> Display<T> {
    Display(value)
}

/// What [`display`] returns.
#[derive(Clone, Copy, Debug)]
pub struct Display<T>(T);

impl<T: fmt::Display> LabelValue for Display<T> {
    fn text<'a>(&'a self, scratch: &'a mut Scratch) -> &'a str {
        scratch.print(format_args!("{}", self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_moves_to_the_heap_whole() {
        let long = "ä".repeat(100);
        let mut scratch = Scratch::new();
        assert_eq!(scratch.print(format_args!("x{long}{}", 1)), format!("x{long}1"));
        assert_eq!(scratch.print(format_args!("short")), "short");
    }
}
