//! Things that are kept once and for ever: what describes a family made at run time.
//!
//! A program has few families, and registering one again finds what is there, so what is kept is bounded.

use std::cmp::Ordering;

use crate::bounds::Bounds;
use crate::descriptor::Window;
use crate::sync::{Mutex, lock};

/// Keeps each value once, in order.
struct Kept<T: ?Sized + 'static>(Mutex<Vec<&'static T>>);

impl<T: ?Sized + PartialOrd> Kept<T> {
    const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    fn keep(&self, value: &T) -> &'static T
    where
        for<'a> Box<T>: From<&'a T>,
    {
        let mut kept = lock(&self.0);
        match place(&kept, value) {
            Ok(place) => kept[place],
            Err(place) => {
                let new: &'static T = Box::leak(Box::from(value));
                kept.insert(place, new);
                new
            }
        }
    }

    /// Whether it can be kept without there being more than so many.
    fn has_room(&self, most: usize, value: &T) -> bool {
        let kept = lock(&self.0);
        kept.len() < most || place(&kept, value).is_ok()
    }
}

/// Where a value is, or belongs: they are in order, as a collector asks for each name at each scrape.
fn place<T: ?Sized + PartialOrd>(kept: &[&T], value: &T) -> Result<usize, usize> {
    kept.binary_search_by(|known| (**known).partial_cmp(value).unwrap_or(Ordering::Less))
}

static TEXTS: Kept<str> = Kept::new();
static NAMES: Kept<[&'static str]> = Kept::new();

/// What collectors tell may be new at each scrape, and must not eat the memory: so many texts, none longer than that.
const MOST_TEXTS: usize = 20_000;
const LONGEST_TEXT: usize = 2_000;

pub(crate) fn text(text: &str) -> &'static str {
    TEXTS.keep(text)
}

pub(crate) fn names(names: &[&'static str]) -> &'static [&'static str] {
    NAMES.keep(names)
}

/// A text that a collector told; none if it is too long, or there are too many.
pub(crate) fn foreign_text(text: &str) -> Option<&'static str> {
    let fits = text.len() <= LONGEST_TEXT && TEXTS.has_room(MOST_TEXTS, text);
    fits.then(|| TEXTS.keep(text))
}

/// The names of the labels that a collector told; none if there are too many different ones.
pub(crate) fn foreign_names(names: &[&'static str]) -> Option<&'static [&'static str]> {
    NAMES.has_room(MOST_TEXTS, names).then(|| NAMES.keep(names))
}

/// The numbers must not be `NaN`, which equals nothing and so would be kept again each time.
pub(crate) fn bounds(upper: &[f64]) -> &'static Bounds {
    static BOUNDS: Mutex<Vec<&'static Bounds>> = Mutex::new(Vec::new());
    let mut kept = lock(&BOUNDS);
    if let Some(known) = kept.iter().find(|known| known.upper() == upper) {
        return known;
    }
    let new: &'static Bounds = Box::leak(Box::new(Bounds::new(Box::leak(Box::from(upper)))));
    kept.push(new);
    new
}

/// As for [`bounds`], without `NaN`.
pub(crate) fn quantiles(quantiles: &[(f64, f64)]) -> &'static [(f64, f64)] {
    static QUANTILES: Kept<[(f64, f64)]> = Kept::new();
    QUANTILES.keep(quantiles)
}

pub(crate) fn window(window: Window) -> &'static Window {
    static WINDOWS: Kept<[Window]> = Kept::new();
    &WINDOWS.keep(&[window])[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_things_are_kept_once() {
        assert!(std::ptr::eq(text("a"), text("a")));
        assert!(std::ptr::eq(bounds(&[1.0, 2.0]), bounds(&[1.0, 2.0])));
        assert!(!std::ptr::eq(names(&["a"]), names(&["b"])));
    }
}
