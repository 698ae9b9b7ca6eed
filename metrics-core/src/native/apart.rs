//! Which exemplars a native histogram keeps: a few, far apart from each other, whatever buckets it has.

use std::cmp::Ordering;

/// After so many milliseconds one may be replaced, however far it is from the others; as in the Go client.
const STALE: u64 = 5 * 60 * 1_000;

/// Which one gives way to another, by its place among those there, each with its value and its time in milliseconds; none as
/// long as there are not too many.
///
/// It is the oldest one if that is stale, else the older one of the two that are closest to each other, the new one
/// among them.
pub(crate) fn gives_way(there: &[(f64, u64)], most: usize, (value, now): (f64, u64)) -> Option<usize> {
    if there.len() < most {
        return None;
    }
    let oldest = (0..there.len()).min_by_key(|at| there[*at].1)?;
    if now.saturating_sub(there[oldest].1) > STALE {
        return Some(oldest);
    }
    let mut all: Vec<(f64, u64, usize)> =
        there.iter().enumerate().map(|(at, (value, time))| (*value, *time, at)).collect();
    // Never the older one.
    all.push((value, u64::MAX, there.len()));
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    let closest = all.windows(2).min_by(|one, other| closer(one, other))?;
    closest.iter().min_by_key(|(_, time, _)| *time).map(|(_, _, at)| *at)
}

fn closer(one: &[(f64, u64, usize)], other: &[(f64, u64, usize)]) -> Ordering {
    distance(one[0].0, one[1].0).total_cmp(&distance(other[0].0, other[1].0))
}

/// By how much one is a multiple of the other, as buckets are.
fn distance(one: f64, other: f64) -> f64 {
    if one == other {
        return 0.0;
    }
    let quotient = one / other;
    if quotient > 0.0 { quotient.ln().abs() } else { f64::INFINITY }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values that three examples have after one more.
    fn after(there: &mut Vec<(f64, u64)>, one: (f64, u64)) -> Vec<f64> {
        if let Some(at) = gives_way(there, 3, one) {
            there.remove(at);
        }
        there.push(one);
        let mut values: Vec<f64> = there.iter().map(|(value, _)| *value).collect();
        values.sort_by(f64::total_cmp);
        values
    }

    /// The vectors of the Go client's `TestNativeHistogramExemplar`.
    #[test]
    fn those_that_are_far_apart_stay() {
        let mut there = Vec::new();
        assert_eq!(after(&mut there, (1.0, 0)), [1.0]);
        assert_eq!(after(&mut there, (3.0, 1)), [1.0, 3.0]);
        assert_eq!(after(&mut there, (5.0, 2)), [1.0, 3.0, 5.0]);
        assert_eq!(after(&mut there, (4.0, 3)), [1.0, 3.0, 4.0]);
        assert_eq!(after(&mut there, (0.0, 4)), [0.0, 1.0, 4.0]);
        assert_eq!(after(&mut there, (6.0, STALE)), [0.0, 1.0, 6.0], "nothing is stale yet");
        assert_eq!(after(&mut there, (1.1, STALE + 1)), [0.0, 1.1, 6.0]);
        assert_eq!(after(&mut there, (-6.0, STALE + 5)), [-6.0, 1.1, 6.0], "the oldest one was stale");
    }

    #[test]
    fn any_values_can_be_compared() {
        let mut there = Vec::new();
        for (at, value) in
            [f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, f64::INFINITY, 5e-324].into_iter().enumerate()
        {
            after(&mut there, (value, at as u64));
        }
        assert_eq!(there.len(), 3);
        assert_eq!(distance(f64::INFINITY, f64::INFINITY), 0.0);
        assert_eq!(distance(1.0, -1.0), f64::INFINITY);
        assert_eq!(distance(0.0, 1.0), f64::INFINITY);
        assert_eq!(distance(8.0, 2.0), distance(0.25, 1.0));
    }
}
