//! The upper bounds of a histogram's buckets: the usual ones, evenly spaced ones, growing ones.
//!
//! A bucket holds the observations that are at most its bound. The last bucket, `+Inf`, is never written down: every
//! histogram has it.

/// The bounds of a histogram that names none: 5 ms to 10 s, the ones every Prometheus client uses (CL-25).
pub const DEFAULT: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// The largest number of bounds one histogram may have. Each bound is one more series in Prometheus.
pub const MAX: usize = 120;

/// Up to so many bounds, looking at all of them is faster than halving.
const SCANNED: usize = 16;

/// `count` bounds, the first at `start`, each `width` above the one before.
///
/// Bounds are rounded to 15 significant digits, so that `0.1 + 6 × 0.1` is `0.7` on the page and not
/// `0.7000000000000001`.
///
/// # Examples
///
/// ```
/// assert_eq!(metrics_core::buckets::linear(0.1, 0.1, 7), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
/// ```
pub fn linear(start: f64, width: f64, count: usize) -> Vec<f64> {
    (0..count).map(|step| rounded(start + step as f64 * width)).collect()
}

/// `count` bounds, the first at `start`, each `factor` times the one before.
///
/// Bounds are rounded to 15 significant digits.
///
/// # Examples
///
/// ```
/// assert_eq!(metrics_core::buckets::exponential(100.0, 1.2, 3), [100.0, 120.0, 144.0]);
/// ```
pub fn exponential(start: f64, factor: f64, count: usize) -> Vec<f64> {
    let mut bound = start;
    let next = || {
        let this = bound;
        bound *= factor;
        rounded(this)
    };
    std::iter::repeat_with(next).take(count).collect()
}

/// The bucket that something falls into: the first whose bound it is not beyond; past the last bound that is `+Inf`.
#[inline]
pub(crate) fn index<T>(bounds: &[T], is_beyond: impl Fn(&T) -> bool) -> usize {
    if bounds.len() <= SCANNED {
        // Without a branch: which bucket it is can't be predicted.
        bounds.iter().map(|bound| usize::from(is_beyond(bound))).sum()
    } else {
        bounds.partition_point(is_beyond)
    }
}

/// Whether the bounds are finite, strictly rising, and between one and [`MAX`] in number.
pub(crate) const fn are_valid(bounds: &[f64]) -> bool {
    let mut at = 0;
    while at < bounds.len() {
        if !bounds[at].is_finite() || (at > 0 && bounds[at] <= bounds[at - 1]) {
            return false;
        }
        at += 1;
    }
    !bounds.is_empty() && bounds.len() <= MAX
}

fn rounded(bound: f64) -> f64 {
    format!("{bound:.14e}").parse().unwrap_or(bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CL-25
    #[test]
    fn helpers_match_the_reference_vectors() {
        assert_eq!(linear(-15.0, 5.0, 6), [-15.0, -10.0, -5.0, 0.0, 5.0, 10.0]);
        assert_eq!(exponential(100.0, 1.2, 3), [100.0, 120.0, 144.0]);
        assert_eq!(exponential(0.001, 10.0, 4), [0.001, 0.01, 0.1, 1.0]);
        assert!(linear(0.0, 1.0, 0).is_empty());
    }

    #[test]
    fn a_value_on_a_bound_belongs_to_it() {
        let bucket = |value| index(&[0.1, 0.2], |bound| value > *bound);
        assert_eq!(bucket(0.1), 0);
        assert_eq!(bucket(0.15), 1);
        assert_eq!(bucket(0.2), 1);
        assert_eq!(bucket(0.3), 2);
        assert_eq!(bucket(f64::INFINITY), 2);
        assert_eq!(bucket(f64::NEG_INFINITY), 0);
    }

    #[test]
    fn many_bounds_are_searched_as_few_are_scanned() {
        let bounds = linear(-3.0, 0.25, 100);
        for value in linear(-4.0, 0.05, 700) {
            let scanned = bounds.iter().take_while(|bound| value > **bound).count();
            assert_eq!(index(&bounds, |bound| value > *bound), scanned);
            assert_eq!(index(&bounds[..9], |bound| value > *bound), scanned.min(9));
        }
    }

    #[test]
    fn validity() {
        assert!(are_valid(&DEFAULT));
        assert!(are_valid(&[-1.0, 0.0]));
        assert!(!are_valid(&[]));
        assert!(!are_valid(&[1.0, 1.0]));
        assert!(!are_valid(&[2.0, 1.0]));
        assert!(!are_valid(&[1.0, f64::INFINITY]));
        assert!(!are_valid(&[f64::NAN]));
        assert!(!are_valid(&[0.0; 121]));
    }
}
