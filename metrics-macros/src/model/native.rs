//! How fine a native histogram is, and what is done when its buckets become too many.

use syn::{Expr, LitInt, LitStr};

use crate::diag::Diag;
use crate::model::buckets::{Buckets, check_buckets};
use crate::model::number::read_number;
use crate::model::window::millis;
use crate::syntax::native as syntax;
use crate::syntax::options::Slot;

/// What a native histogram has.
pub(crate) struct Native {
    /// The classic buckets; none for `native = only`.
    pub(crate) buckets: Option<Buckets>,
    /// None if nothing was said about it.
    pub(crate) resolution: Option<Resolution>,
}

/// All numbers of it, those of the library where none were given.
pub(crate) struct Resolution {
    pub(crate) factor: f64,
    pub(crate) zero_threshold: f64,
    pub(crate) max_zero_threshold: f64,
    pub(crate) max_buckets: u32,
    pub(crate) min_reset_millis: u64,
}

const FACTOR: f64 = 1.1;
/// 2⁻¹²⁸.
const ZERO_THRESHOLD: f64 = f64::from_bits(0x37f0_0000_0000_0000);
const MAX_BUCKETS: u32 = 160;
const MIN_RESET_MILLIS: u64 = 3_600_000;

/// Checks the options of a native histogram.
pub(crate) fn check_native(native: &syntax::Native, buckets: &Slot<Expr>, diag: &mut Diag) -> Native {
    let is_only = native.kind.value() == Some(&true);
    if let Some(key) = buckets.key().filter(|_| is_only) {
        diag.at(key.span(), "`native = only` has no classic buckets; leave `buckets` out, or write `native`");
    }
    let buckets = (!is_only).then(|| check_buckets(buckets, diag));
    let resolution = native.keys().iter().any(Option::is_some).then(|| check_resolution(native, diag));
    Native { buckets, resolution }
}

fn check_resolution(native: &syntax::Native, diag: &mut Diag) -> Resolution {
    Resolution {
        factor: native.factor.value().map_or(FACTOR, |factor| check_factor(factor, diag)),
        zero_threshold: check_threshold(&native.zero_threshold, ZERO_THRESHOLD, diag),
        max_zero_threshold: check_threshold(&native.max_zero_threshold, 0.0, diag),
        max_buckets: native.max_buckets.value().map_or(MAX_BUCKETS, |most| check_most(most, diag)),
        min_reset_millis: native.min_reset.value().map_or(MIN_RESET_MILLIS, |age| check_age(age, diag)),
    }
}

fn check_factor(value: &Expr, diag: &mut Diag) -> f64 {
    match read_number(value) {
        Some(factor) if factor > 1.0 && factor.is_finite() => return factor,
        Some(factor) => {
            let text =
                format!("so many times a bound is the one before: expected more than 1, found {factor}");
            diag.on(value, format!("{text}; write for example `factor = {FACTOR}`"));
        }
        None => diag.on(value, format!("expected a number literal; write for example `factor = {FACTOR}`")),
    }
    FACTOR
}

fn check_threshold(slot: &Slot<Expr>, default: f64, diag: &mut Diag) -> f64 {
    let (Some(key), Some(value)) = (slot.key(), slot.value()) else { return default };
    match read_number(value) {
        Some(threshold) if threshold >= 0.0 && threshold.is_finite() => return threshold.abs(),
        Some(threshold) => {
            let text = format!("expected how far from 0 the zero bucket reaches, found {threshold}");
            diag.on(value, format!("{text}; write for example `{key} = 0.001`"));
        }
        None => diag.on(value, format!("expected a number literal; write for example `{key} = 0.001`")),
    }
    default
}

fn check_most(most: &LitInt, diag: &mut Diag) -> u32 {
    most.base10_parse().unwrap_or_else(|_| {
        let text = format!("expected a number of buckets, 0 for any number, found `{most}`");
        diag.at(most.span(), format!("{text}; write for example `max_buckets = {MAX_BUCKETS}`"));
        MAX_BUCKETS
    })
}

fn check_age(age: &LitStr, diag: &mut Diag) -> u64 {
    millis(&age.value()).unwrap_or_else(|| {
        let text = "expected a time such as `1h`, `30m` or `0s` for never";
        diag.at(age.span(), format!("{text}, found `{}`", age.value()));
        MIN_RESET_MILLIS
    })
}
