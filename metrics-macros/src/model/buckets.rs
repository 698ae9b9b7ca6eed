//! Bounds of a histogram: finite and strictly rising, checked where they are written.

use proc_macro2::{Ident, Span};
use syn::{Expr, ExprCall, Path};

use crate::diag::Diag;
use crate::model::number::read_number;
use crate::syntax::options::Slot;

/// The bounds of a histogram, without `+Inf`.
pub(crate) enum Buckets {
    /// The library's own.
    Default,
    /// Checked numbers.
    Bounds(Vec<f64>),
    /// A constant array of the user's, checked when it is compiled.
    Constant(Path),
}

/// More are of no use: each is a series.
const MOST: usize = 120;

/// What may be written.
const WANTED: &str = "expected `[0.1, 0.5, 1.0]`, `linear(start, width, count)`, `exponential(start, factor, count)` or the \
                      path of a constant array";

/// Checks the value of `buckets`.
pub(crate) fn check_buckets(slot: &Slot<Expr>, diag: &mut Diag) -> Buckets {
    let (Some(value), Some(key)) = (slot.value(), slot.key()) else { return Buckets::Default };
    match value {
        Expr::Array(list) => Buckets::Bounds(check_list(list.elems.iter(), key, diag)),
        Expr::Call(call) => Buckets::Bounds(check_call(call, diag)),
        Expr::Path(path) if path.qself.is_none() => Buckets::Constant(path.path.clone()),
        Expr::Reference(_) => {
            diag.on(value, "expected the bounds themselves, found a reference; write it without `&`");
            Buckets::Default
        }
        _ => {
            diag.on(value, WANTED);
            Buckets::Default
        }
    }
}

/// Strictly rising, finite, at least one and not too many.
fn check_list<'a>(elements: impl Iterator<Item = &'a Expr>, key: &Ident, diag: &mut Diag) -> Vec<f64> {
    let before = diag.count();
    let mut bounds: Vec<f64> = Vec::new();
    for element in elements {
        let Some(bound) = check_number(element, "; for computed bounds write `buckets = CONSTANT`", diag)
        else {
            continue;
        };
        match bounds.last() {
            Some(last) if *last >= bound => {
                diag.on(
                    element,
                    format!(
                        "bounds have to rise, found {bound:?} after {last:?}; sort them and write each once"
                    ),
                );
            }
            _ => bounds.push(bound),
        }
    }
    if diag.count() == before {
        check_count(bounds.len(), key.span(), diag);
    }
    bounds
}

fn check_count(count: usize, span: Span, diag: &mut Diag) {
    if count == 0 {
        diag.at(span, "expected at least one bound; leave `buckets` out for the default ones");
    } else if count > MOST {
        diag.at(span, format!("expected at most {MOST} bounds, found {count}; each is a series of its own"));
    }
}

/// A finite number literal, with or without a sign.
fn check_number(element: &Expr, or: &str, diag: &mut Diag) -> Option<f64> {
    let number = read_number(element);
    match number {
        None => diag.on(element, format!("expected a number literal{or}")),
        Some(number) if !number.is_finite() => {
            diag.on(element, "a bound has to be finite; the bucket `+Inf` is always there");
            return None;
        }
        Some(_) => {}
    }
    number
}

/// `linear(start, width, count)` or `exponential(start, factor, count)`.
fn check_call(call: &ExprCall, diag: &mut Diag) -> Vec<f64> {
    let name = match &*call.func {
        Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
        _ => None,
    };
    let shape = match name.as_deref() {
        Some("linear") => "linear(start, width, count)",
        Some("exponential") => "exponential(start, factor, count)",
        _ => {
            diag.on(&call.func, WANTED);
            return Vec::new();
        }
    };
    let before = diag.count();
    let numbers: Vec<f64> = call
        .args
        .iter()
        .filter_map(|arg| check_number(arg, "; the macro computes the bounds", diag))
        .collect();
    let mut arguments = call.args.iter();
    match (numbers.as_slice(), arguments.next(), arguments.next(), arguments.next()) {
        (&[start, step, count], Some(start_arg), Some(step_arg), Some(count_arg)) if call.args.len() == 3 => {
            let linear = shape.starts_with("linear");
            check_start(linear, start, start_arg, diag);
            check_step(linear, step, step_arg, diag);
            check_whole(count, count_arg, diag);
            if diag.count() == before { bounds(linear, start, step, count, call, diag) } else { Vec::new() }
        }
        _ if diag.count() == before => {
            diag.on(call, format!("expected three numbers; write `{shape}`"));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn check_start(linear: bool, start: f64, arg: &Expr, diag: &mut Diag) {
    if !linear && start <= 0.0 {
        diag.on(arg, "expected a first bound above 0: a multiple of it would not rise");
    }
}

fn check_step(linear: bool, step: f64, arg: &Expr, diag: &mut Diag) {
    if linear && step <= 0.0 {
        diag.on(arg, "expected a width above 0: the bounds have to rise");
    } else if !linear && step <= 1.0 {
        diag.on(arg, "expected a factor above 1: the bounds have to rise");
    }
}

fn check_whole(count: f64, arg: &Expr, diag: &mut Diag) {
    if count.fract() != 0.0 || count < 1.0 || count > MOST as f64 {
        diag.on(arg, format!("expected a whole number from 1 to {MOST}"));
    }
}

/// The bounds; rounding may have made two equal, or the last infinite.
fn bounds(linear: bool, start: f64, step: f64, count: f64, call: &ExprCall, diag: &mut Diag) -> Vec<f64> {
    let bound =
        |index: u32| if linear { start + step * f64::from(index) } else { start * step.powi(index as i32) };
    let bounds: Vec<f64> = (0..count as u32).map(|index| rounded(bound(index))).collect();
    let rises = bounds.is_sorted_by(|left, right| left < right);
    if !rises || bounds.iter().any(|bound| !bound.is_finite()) {
        diag.on(call, "the bounds have to rise and to be finite; choose a larger step or fewer bounds");
    }
    bounds
}

/// 15 significant digits: 0.1 × 7 is 0.7, not 0.7000000000000001.
fn rounded(bound: f64) -> f64 {
    format!("{bound:.14e}").parse().unwrap_or(bound)
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::{Buckets, check_buckets};
    use crate::diag::Diag;
    use crate::syntax::options::Slot;

    fn check(value: &str) -> (Vec<f64>, Vec<String>) {
        let (mut diag, mut slot) = (Diag::default(), Slot::default());
        let key = proc_macro2::Ident::new("buckets", Span::call_site());
        if let Some(value) = diag.keep(syn::parse_str(value)) {
            slot.set(key, value, &mut diag);
        }
        match check_buckets(&slot, &mut diag) {
            Buckets::Bounds(bounds) => (bounds, diag.messages()),
            _ => (Vec::new(), diag.messages()),
        }
    }

    #[test]
    fn series_of_bounds_are_short_numbers() {
        assert_eq!(check("linear(0.1, 0.1, 7)").0, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
        assert_eq!(check("exponential(0.001, 10, 4)").0, [0.001, 0.01, 0.1, 1.0]);
        assert_eq!(check("[-1, 0, 2.5]").0, [-1.0, 0.0, 2.5]);
    }

    #[test]
    fn bad_bounds_are_refused() {
        let cases = [
            ("[]", "at least one"),
            ("[1.0, 1.0]", "have to rise"),
            ("[2, 1]", "have to rise"),
            ("[1e999]", "finite"),
            ("[A, 1.0]", "number literal"),
            ("linear(1, 0, 3)", "width above 0"),
            ("exponential(0, 2, 3)", "first bound"),
            ("exponential(1, 1, 3)", "factor above 1"),
            ("linear(1, 1, 1.5)", "whole number"),
            ("linear(1, 1)", "three numbers"),
            ("log(1, 1, 1)", "expected"),
            ("linear(1, 1, 121)", "from 1 to 120"),
            ("exponential(1e300, 1e10, 3)", "finite"),
            ("&[1.0]", "without `&`"),
            ("5", "expected"),
        ];
        for (value, message) in cases {
            let messages = check(value).1;
            assert!(messages.iter().any(|found| found.contains(message)), "{value}: {messages:?}");
        }
    }
}
