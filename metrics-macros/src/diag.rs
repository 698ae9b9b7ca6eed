//! The mistakes of one invocation, collected so that all of them are reported at once, and the wording they share.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Collects mistakes; they become `compile_error!` items with [`Diag::finish`].
///
/// In the crate's own tests a collector that is dropped without [`Diag::finish`] panics: its mistakes would be lost.
#[derive(Default)]
pub(crate) struct Diag {
    errors: Vec<syn::Error>,
    #[cfg(test)]
    asked: bool,
}

impl Diag {
    /// Reports `message` at `span`.
    pub(crate) fn at(&mut self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Reports `message` at all of `tokens`.
    pub(crate) fn on(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Reports a mistake that a parser found.
    pub(crate) fn push(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// The value, or nothing once the mistake is noted.
    pub(crate) fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// The number of mistakes so far: equal before and after a check that found nothing.
    pub(crate) fn count(&self) -> usize {
        self.errors.len()
    }

    /// All mistakes as tokens; empty if there are none.
    #[cfg_attr(not(test), allow(unused_mut))]
    pub(crate) fn finish(mut self) -> TokenStream {
        #[cfg(test)]
        {
            self.asked = true;
        }
        let errors = std::mem::take(&mut self.errors);
        errors.iter().map(syn::Error::to_compile_error).collect()
    }

    /// The messages alone, for tests.
    #[cfg(test)]
    pub(crate) fn messages(mut self) -> Vec<String> {
        self.asked = true;
        self.errors.iter().map(ToString::to_string).collect()
    }
}

#[cfg(test)]
impl Drop for Diag {
    fn drop(&mut self) {
        assert!(self.asked || std::thread::panicking(), "mistakes were collected and never reported");
    }
}

/// The choice that `word` was probably meant to be: at most a third of its letters differ.
pub(crate) fn nearest<'a>(word: &str, choices: &[&'a str]) -> Option<&'a str> {
    let (distance, choice) = choices.iter().map(|choice| (distance(word, choice), *choice)).min()?;
    (distance <= 1 + choice.chars().count() / 4).then_some(choice)
}

/// `` `a`, `b` or `c` ``.
pub(crate) fn list(choices: &[&str]) -> String {
    let quoted: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => "nothing".to_owned(),
    }
}

/// `` ; did you mean `x`? `` where a choice is near, else nothing.
pub(crate) fn did_you_mean(word: &str, choices: &[&str]) -> String {
    nearest(word, choices).map_or_else(String::new, |choice| format!("; did you mean `{choice}`?"))
}

/// Levenshtein's distance, upper and lower case alike.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, left) in a.to_lowercase().chars().enumerate() {
        let mut above = line;
        let mut best = line + 1;
        for (cell, right) in row.iter_mut().zip(std::iter::once(&'\0').chain(&b)).skip(1) {
            best = (above + usize::from(left != *right)).min(best + 1).min(*cell + 1);
            above = std::mem::replace(cell, best);
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, list, nearest};

    #[test]
    fn distance_counts_edits() {
        let cases = [
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("bucket", "buckets", 1),
            ("Unit", "unit", 0),
        ];
        for (a, b, edits) in cases {
            assert_eq!(distance(a, b), edits, "{a} {b}");
        }
    }

    #[test]
    fn nearest_is_near() {
        assert_eq!(nearest("bucket", &["name", "buckets"]), Some("buckets"));
        assert_eq!(nearest("zebra", &["name", "buckets"]), None);
    }

    #[test]
    fn choices_are_listed() {
        assert_eq!(list(&["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(list(&["a"]), "`a`");
    }
}
