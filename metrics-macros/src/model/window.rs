//! The quantiles of a summary, and how far back they look.

use syn::{Expr, LitInt, LitStr};

use crate::diag::Diag;
use crate::model::number::read_number;
use crate::syntax::options::Slot;
use crate::syntax::window as syntax;
use crate::syntax::window::{QUANTILES, Quantile};

/// Quantiles with the errors allowed to their ranks, and the window that they look back on.
pub(crate) struct Window {
    /// Ascending by quantile.
    pub(crate) quantiles: Vec<(f64, f64)>,
    pub(crate) max_age_millis: u64,
    pub(crate) age_buckets: u32,
}

/// The window of a summary that names none.
const MAX_AGE_MILLIS: u64 = 600_000;
const AGE_BUCKETS: u32 = 5;

/// Each is kept for every series, so that more are a slip.
const MOST_AGE_BUCKETS: u32 = 60;

/// The units of `max_age` in milliseconds; a unit stands before another one that it ends in.
const UNITS: [(&str, u64); 4] = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];

/// Checks the options of a summary; `None` if none is given.
pub(crate) fn check_window(window: &syntax::Window, diag: &mut Diag) -> Option<Window> {
    let quantiles = check_quantiles(&window.quantiles, diag);
    let max_age_millis = window.max_age.value().map_or(MAX_AGE_MILLIS, |age| check_max_age(age, diag));
    let age_buckets = window.age_buckets.value().map_or(AGE_BUCKETS, |count| check_age_buckets(count, diag));
    if window.quantiles.key().is_none() {
        for key in window.keys().into_iter().flatten() {
            let text =
                format!("only quantiles look back; leave `{key}` out, or add `quantiles = {QUANTILES}`");
            diag.at(key.span(), text);
        }
    }
    quantiles.map(|quantiles| Window { quantiles, max_age_millis, age_buckets })
}

fn check_quantiles(slot: &Slot<Vec<Quantile>>, diag: &mut Diag) -> Option<Vec<(f64, f64)>> {
    let (key, quantiles) = (slot.key()?, slot.value()?);
    if quantiles.is_empty() {
        diag.at(key.span(), "expected at least one quantile; leave `quantiles` out for sum and count alone");
    }
    let mut checked: Vec<(f64, f64)> = Vec::new();
    for quantile in quantiles {
        let (at, error) = (check_at(&quantile.at, diag), check_error(&quantile.error, diag));
        let (Some(at), Some(error)) = (at, error) else { continue };
        if checked.iter().any(|(other, _)| *other == at) {
            diag.on(&quantile.at, format!("the quantile {at} is given twice; write it once"));
        } else {
            checked.push((at, error));
        }
    }
    checked.sort_by(|(left, _), (right, _)| left.total_cmp(right));
    Some(checked)
}

fn check_at(value: &Expr, diag: &mut Diag) -> Option<f64> {
    let at = check_number(value, diag)?;
    if (0.0..=1.0).contains(&at) {
        // Without the sign of -0.
        return Some(at.abs());
    }
    let fit =
        if (10.0..100.0).contains(&at) { format!("`{}`", at / 100.0) } else { "for example `0.95`".into() };
    diag.on(value, format!("a quantile is a share from 0 to 1, found {at}; write {fit}"));
    None
}

fn check_error(value: &Expr, diag: &mut Diag) -> Option<f64> {
    let error = check_number(value, diag)?;
    if error > 0.0 && error < 1.0 {
        return Some(error);
    }
    let text = "the error allowed to a quantile's rank is a share between 0 and 1";
    diag.on(value, format!("{text}, found {error}; write for example `0.01`"));
    None
}

fn check_number(value: &Expr, diag: &mut Diag) -> Option<f64> {
    let number = read_number(value);
    if number.is_none() {
        diag.on(value, "expected a number literal; write for example `0.95 => 0.01`");
    }
    number
}

fn check_max_age(age: &LitStr, diag: &mut Diag) -> u64 {
    let text = age.value();
    let wanted = "expected a time such as `10m`, `1h30m`, `90s` or `500ms`";
    match millis(&text) {
        Some(0) => diag.at(age.span(), format!("a window of no time holds no observation; {wanted}")),
        Some(millis) => return millis,
        None => diag.at(age.span(), format!("{wanted}, found `{text}`")),
    }
    MAX_AGE_MILLIS
}

/// `1h30m` in milliseconds; `None` if it is no time, or one beyond all measure.
pub(crate) fn millis(text: &str) -> Option<u64> {
    let mut rest = text;
    let mut sum = 0_u64;
    while !rest.is_empty() || text.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let (number, behind) = rest.split_at(end);
        let unit = UNITS.iter().find(|(unit, _)| behind.starts_with(unit))?;
        sum = sum.checked_add(number.parse::<u64>().ok()?.checked_mul(unit.1)?)?;
        rest = behind.strip_prefix(unit.0)?;
    }
    Some(sum)
}

fn check_age_buckets(count: &LitInt, diag: &mut Diag) -> u32 {
    if let Ok(number @ 1..=MOST_AGE_BUCKETS) = count.base10_parse() {
        return number;
    }
    let text = format!("expected a number of steps from 1 to {MOST_AGE_BUCKETS}, found `{count}`");
    diag.at(count.span(), format!("{text}; write for example `age_buckets = {AGE_BUCKETS}`"));
    AGE_BUCKETS
}

#[cfg(test)]
mod tests {
    use super::millis;

    #[test]
    fn times_are_read() {
        let cases = [
            ("10m", Some(600_000)),
            ("1h30m", Some(5_400_000)),
            ("500ms", Some(500)),
            ("1m500ms", Some(60_500)),
            ("90s", Some(90_000)),
            ("0s", Some(0)),
            ("", None),
            ("10", None),
            ("m", None),
            ("1.5h", None),
            ("-1s", None),
            ("1 m", None),
            ("10min", None),
            ("1d", None),
            ("99999999999999999999s", None),
            ("18446744073709551615s", None),
        ];
        for (text, expected) in cases {
            assert_eq!(millis(text), expected, "{text}");
        }
    }
}
