//! The upper bounds of one histogram, in its own unit and in ticks of the clock.

use std::fmt;

use crate::buckets;
use crate::clock::Ticks;
use crate::sync::OnceCell;

/// The upper bounds of one histogram, `+Inf` left out.
pub(crate) struct Bounds {
    upper: &'static [f64],
    /// For each, how many lengths of time are within it: so a time finds its bucket before it has become seconds.
    ticks: OnceCell<Box<[u64]>>,
}

impl Bounds {
    pub(crate) const fn new(upper: &'static [f64]) -> Self {
        Self { upper, ticks: OnceCell::new() }
    }

    #[inline]
    pub(crate) fn upper(&self) -> &'static [f64] {
        self.upper
    }

    /// The bucket of a value.
    #[inline]
    pub(crate) fn bucket(&self, value: f64) -> usize {
        buckets::index(self.upper, |bound| value > *bound)
    }

    /// The bucket of a time, for bounds in seconds.
    #[inline]
    pub(crate) fn bucket_of(&self, time: Ticks) -> usize {
        let within = self.ticks.get().map_or_else(|| self.make_ticks(), |ticks| &**ticks);
        buckets::index(within, |within| time.count() >= *within)
    }

    #[cold]
    fn make_ticks(&self) -> &[u64] {
        // Allocated outside of the cell: an allocator that times may come back here.
        let ticks: Box<[u64]> = self.upper.iter().map(|bound| Ticks::within(*bound)).collect();
        self.ticks.get_or_init(|| ticks)
    }
}

impl fmt::Debug for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.upper).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
