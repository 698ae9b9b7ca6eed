//! The upper bounds of one histogram, in its own unit and in ticks of the clock.

use std::fmt;

use crate::buckets;
use crate::clock::Ticks;
use crate::sync::OnceCell;

/// The upper bounds of one histogram, `+Inf` left out.
pub(crate) struct Bounds {
    upper: &'static [f64],
    /// How the bucket of a value is found, if it need not be searched for.
    ladder: OnceCell<Option<Box<Ladder>>>,
    /// For each, how many lengths of time are within it: so a time finds its bucket before it has become seconds.
    ticks: OnceCell<Box<[u64]>>,
}

impl Bounds {
    pub(crate) const fn new(upper: &'static [f64]) -> Self {
        Self { upper, ladder: OnceCell::new(), ticks: OnceCell::new() }
    }

    #[inline]
    pub(crate) fn upper(&self) -> &'static [f64] {
        self.upper
    }

    /// The bucket of a value.
    #[inline]
    pub(crate) fn bucket(&self, value: f64) -> usize {
        match self.ladder.get().map_or_else(|| self.make_ladder(), Option::as_deref) {
            Some(ladder) => ladder.bucket(value),
            None => buckets::index(self.upper, |bound| value > *bound),
        }
    }

    /// The bucket of a time, for bounds in seconds.
    ///
    /// All bounds are compared: behind a reading of the clock that is sooner done than the two looks of a ladder, each of
    /// which waits for the one before.
    #[inline]
    pub(crate) fn bucket_of(&self, time: Ticks) -> usize {
        let within = self.ticks.get().map_or_else(|| self.make_ticks(), |ticks| &**ticks);
        buckets::index(within, |within| time.count() >= *within)
    }

    #[cold]
    fn make_ladder(&self) -> Option<&Ladder> {
        // Allocated outside of the cell: an allocator that observes may come back here.
        let ladder = Ladder::of(self.upper).map(Box::new);
        self.ladder.get_or_init(|| ladder).as_deref()
    }

    #[cold]
    fn make_ticks(&self) -> &[u64] {
        let ticks: Box<[u64]> = self.upper.iter().map(|bound| Ticks::within(*bound)).collect();
        self.ticks.get_or_init(|| ticks)
    }
}

/// Finds the bucket of a number by one look and one comparison, where no two bounds lie between the same power of two and
/// the middle to the next.
struct Ladder {
    /// The step of the first bound.
    lowest: i64,
    /// For each step, how many bounds lie below it.
    below: [u8; STEPS],
    /// Infinite past the last bound.
    upper: [f64; RUNGS],
}

/// Half octaves from the first bound on, the last one for all that lies above.
const STEPS: usize = 64;
/// Bounds and what lies past them.
const RUNGS: usize = 32;

impl Ladder {
    fn of(bounds: &[f64]) -> Option<Self> {
        let mut ladder =
            Self { lowest: step(*bounds.first()?), below: [0; STEPS], upper: [f64::INFINITY; RUNGS] };
        let mut free = 0;
        for (at, bound) in bounds.iter().enumerate() {
            let own = usize::try_from(step(*bound) - ladder.lowest).ok()?;
            if *bound <= 0.0 || own < free || own + 1 >= STEPS || at + 1 >= RUNGS {
                return None;
            }
            free = own + 1;
            ladder.upper[at] = *bound;
            ladder.below[free..].fill(at as u8 + 1);
        }
        Some(ladder)
    }

    #[inline]
    fn bucket(&self, value: f64) -> usize {
        let step = (step(value) - self.lowest).clamp(0, STEPS as i64 - 1) as usize;
        let below = usize::from(self.below[step]) % RUNGS;
        below + usize::from(value > self.upper[below])
    }
}

/// The half octave that a number lies in, which is told by its upper bits; of a negative number one below all others.
#[inline]
fn step(number: f64) -> i64 {
    number.to_bits() as i64 >> (f64::MANTISSA_DIGITS - 2)
}

impl fmt::Debug for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.upper).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each bound, and its neighbours.
    fn edges(upper: &[f64]) -> impl Iterator<Item = f64> {
        upper.iter().flat_map(|bound| [bound.next_down(), *bound, bound.next_up()])
    }

    #[test]
    fn a_ladder_finds_what_a_search_finds() {
        let wide = [1e-12, 1e-3, 1.0];
        let dense = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];
        let negative = [-1.0, 0.0, 1.0];
        let all: [(&[f64], bool); 6] = [
            (&buckets::DEFAULT, true),
            (&[1.0], true),
            (&[1.0, 1.5, 2.0, 3.0], true),
            (&wide, false),
            (&dense, false),
            (&negative, false),
        ];
        for (upper, fits) in all {
            let ladder = Ladder::of(upper);
            assert_eq!(ladder.is_some(), fits, "{upper:?}");
            let far = [f64::NEG_INFINITY, -1.0, -0.0, 0.0, 1e-300, 1e300, f64::MAX, f64::INFINITY];
            for value in edges(upper).chain(far) {
                let searched = upper.iter().take_while(|bound| value > **bound).count();
                assert_eq!(
                    ladder.as_ref().map_or(searched, |ladder| ladder.bucket(value)),
                    searched,
                    "{value}"
                );
            }
        }
    }

    #[test]
    fn a_time_falls_into_the_bucket_of_its_seconds() {
        static BOUNDS: Bounds = Bounds::new(&[-1.0, 0.0, 1e-6, 0.005, 0.1, 1.0, 1e6]);
        let edges = BOUNDS.upper().iter().map(|bound| Ticks::within(*bound));
        for edge in
            edges.flat_map(|within| [within.saturating_sub(2), within - u64::from(within > 0), within])
        {
            let time = Ticks::new(edge);
            assert_eq!(BOUNDS.bucket_of(time), BOUNDS.bucket(time.seconds()), "{time:?}");
        }
    }
}
