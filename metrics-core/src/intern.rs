//! Things that are kept once and for ever: what describes a family made at run time.
//!
//! A program has few families, and registering one again finds what is there, so what is kept is bounded.

use crate::bounds::Bounds;
use crate::descriptor::Window;
use crate::sync::{Mutex, lock};

/// Keeps each value once.
struct Kept<T: ?Sized + 'static>(Mutex<Vec<&'static T>>);

impl<T: ?Sized + PartialEq> Kept<T> {
    const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    fn keep(&self, value: &T) -> &'static T
    where
        for<'a> Box<T>: From<&'a T>,
    {
        let mut kept = lock(&self.0);
        if let Some(known) = kept.iter().find(|known| **known == value) {
            return known;
        }
        let new: &'static T = Box::leak(Box::from(value));
        kept.push(new);
        new
    }
}

pub(crate) fn text(text: &str) -> &'static str {
    static TEXTS: Kept<str> = Kept::new();
    TEXTS.keep(text)
}

pub(crate) fn names(names: &[&'static str]) -> &'static [&'static str] {
    static NAMES: Kept<[&'static str]> = Kept::new();
    NAMES.keep(names)
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
