//! Sums of floats that don't depend on their order.
//!
//! Each addition of two `f64`s rounds, so that the same values in another order may add up to one that is less in the last
//! digit. What an addition loses is known exactly, though, and is itself an `f64`: kept beside the sum, it makes twice as
//! many digits. Rounded to one `f64` in the end, they are those of the exact sum, whatever was added first.

/// A sum, and what it lost by rounding.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Compensated {
    pub(crate) sum: f64,
    pub(crate) lost: f64,
}

impl Compensated {
    pub(crate) fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        // Knuth's TwoSum: exact, whichever of the two is the larger one.
        let added = sum - self.sum;
        let lost = (self.sum - (sum - added)) + (value - added);
        self.sum = sum;
        // What an infinite sum lost is no number.
        if lost.is_finite() {
            self.lost += lost;
        }
    }

    /// The sum as one `f64`.
    pub(crate) fn value(self) -> f64 {
        self.sum + self.lost
    }

    /// The same sum, with as much of it in its first part as fits.
    pub(crate) fn settled(self) -> Self {
        let mut settled = Self { sum: self.sum, lost: 0.0 };
        settled.add(self.lost);
        settled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(values: &[f64]) -> f64 {
        let mut sum = Compensated::default();
        for value in values {
            sum.add(*value);
        }
        sum.value()
    }

    /// Numbers from 0 to 1, the same ones in each run.
    fn random(seed: u64) -> impl FnMut() -> f64 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        }
    }

    #[test]
    fn what_is_lost_is_kept() {
        assert_eq!(total(&[1e16, 1.0, 1.0, -1e16]), 2.0);
        assert_eq!(total(&[0.1; 10]), 1.0);
        assert_eq!(total(&[]), 0.0);
    }

    #[test]
    fn what_is_infinite_stays_so() {
        assert_eq!(total(&[0.1, f64::INFINITY, 0.2]), f64::INFINITY);
        assert_eq!(total(&[0.1, f64::NEG_INFINITY]), f64::NEG_INFINITY);
        assert_eq!(total(&[f64::MAX, f64::MAX]), f64::INFINITY);
        assert!(total(&[f64::INFINITY, f64::NEG_INFINITY]).is_nan());
    }

    /// Values of sizes that are far apart, in any order, some of them added up before, as those of ended threads are.
    #[test]
    fn no_order_shows() {
        let mut random = random(1);
        for _ in 0..20_000 {
            let mut values: Vec<f64> =
                (0..8).map(|_| (random() * 40.0 - 20.0).exp2() / (3.0 + (random() * 9.0).floor())).collect();
            let expected = total(&values);
            for _ in 0..8 {
                let (one, other) = ((random() * 8.0) as usize, (random() * 8.0) as usize);
                values.swap(one, other);
                let (ended, living) = values.split_at(one);
                let mut base = Compensated::default();
                for value in ended {
                    base.add(*value);
                    base = base.settled();
                }
                for value in living {
                    base.add(*value);
                }
                assert_eq!(base.value(), expected, "{values:?}");
            }
        }
    }
}
