//! What candidates are fed with: tables, made before anything is measured, the same for every candidate.

/// The length of each table: a power of two, so that a turn finds its place by a mask.
pub const LENGTH: usize = 4096;

/// The bounds of every histogram: the 11 that Prometheus clients use by default.
pub const BOUNDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// A table of inputs.
pub struct Table<T>(Vec<T>);

impl<T> Table<T> {
    /// Picks from `choices` at random, the same way at each run.
    pub fn at_random(choices: &[T]) -> Self
    where
        T: Clone,
    {
        let mut random = Random::new();
        Self((0..LENGTH).map(|_| choices[random.next() as usize % choices.len()].clone()).collect())
    }

    /// The input of a turn.
    #[inline]
    pub fn at(&self, turn: usize) -> &T {
        &self.0[turn % LENGTH]
    }
}

/// Observations that fall into all buckets: as likely within 1 to 2 ms as within 8 to 16 s.
pub fn observations() -> Table<f64> {
    let mut random = Random::new();
    let mut unit = || (random.next() >> 11) as f64 / (1_u64 << 53) as f64;
    Table((0..LENGTH).map(|_| 0.001 * (unit() * 14.0).exp2()).collect())
}

/// The two labels of so many series, as strings that are known at run time only.
pub fn series(count: usize) -> Vec<(String, String)> {
    (0..count).map(labels).collect()
}

/// The two labels of a series.
pub fn labels(number: usize) -> (String, String) {
    (format!("tenant-{}", number % 10), format!("/api/v1/item/{}", number / 10))
}

/// Xorshift: enough to keep the branch predictor from learning the order.
struct Random(u64);

impl Random {
    fn new() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
