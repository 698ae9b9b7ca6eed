//! Quantiles of a window of time.
//!
//! Values are counted in the narrow buckets of [`octaves`](crate::octaves). What is bounded so is the *value*; the rank is
//! exact. A bucket's middle is clamped to the least and the greatest value of the window, so that few or equal values
//! are told exactly.
//!
//! The window moves **by time, not by scrape**, in `age_buckets` slices: a slice that has fallen out of the window is
//! not read any more, whether somebody scraped meanwhile or not.

use crate::cell::SeriesId;
use crate::descriptor::Window;
use crate::directory::HandedOn;
use crate::octaves::{Octaves, middle};
use crate::sync::{AtomicU64, Cell, Mutex, Ordering, lock, thread_local};

/// Threads that observe at once rarely meet in one of so many parts.
const PARTS: usize = 8;

/// The observations of one series' window, in parts that different threads write.
///
/// Sketches are never freed but handed on, so that a handle can name one by number; whose it is now, is checked.
pub(crate) struct Sketch {
    owner: AtomicU64,
    parts: [Mutex<Part>; PARTS],
}

/// The slices of one part, each at the place of its number modulo the number of slices.
#[derive(Default)]
struct Part {
    slices: Vec<Slice>,
}

#[derive(Default)]
struct Slice {
    /// Slices are numbered from 1: this one was never begun.
    number: u64,
    counts: Octaves,
    least: f64,
    greatest: f64,
}

static SKETCHES: HandedOn<Sketch> = HandedOn::new();

/// The sketch with this number.
pub(crate) fn by_number(number: usize) -> Option<&'static Sketch> {
    SKETCHES.get(number)
}

/// Gives a series an empty sketch of its own: the number, none if there are as many as there can be.
pub(crate) fn begin(owner: SeriesId) -> Option<usize> {
    let (number, sketch) = SKETCHES.take(Sketch::new)?;
    sketch.hand_to(owner);
    Some(number)
}

/// Takes the sketch back.
pub(crate) fn end(number: usize) {
    if let Some(sketch) = SKETCHES.get(number) {
        sketch.hand_to(SeriesId::NONE);
        SKETCHES.give_back(number);
    }
}

impl Sketch {
    fn new() -> Self {
        let parts = [const { Mutex::new(Part { slices: Vec::new() }) }; PARTS];
        Self { owner: AtomicU64::new(SeriesId::NONE.to_bits()), parts }
    }

    fn hand_to(&self, owner: SeriesId) {
        self.owner.store(owner.to_bits(), Ordering::Relaxed);
        for part in &self.parts {
            // Whoever still writes for the old owner holds this lock or sees the new one.
            lock(part).slices.clear();
        }
    }

    fn is_of(&self, owner: SeriesId) -> bool {
        self.owner.load(Ordering::Relaxed) == owner.to_bits()
    }

    /// Counts `value`, which is not `NaN`, at a moment given as the seconds since some fixed one.
    pub(crate) fn observe(&self, owner: SeriesId, window: &Window, now: f64, value: f64) {
        let number = slice_at(window, now);
        let mut part = lock(&self.parts[part_of_thread()]);
        if !self.is_of(owner) {
            return;
        }
        let slices = window.age_buckets as usize;
        if part.slices.len() != slices {
            part.slices.resize_with(slices, Slice::default);
        }
        let slice = &mut part.slices[number as usize % slices];
        if slice.number < number {
            slice.begin(number, value);
        }
        // Else this thread was suspended for a whole window, and its observation is too old to be told.
        if slice.number == number {
            slice.add(value);
        }
    }

    /// The value at each quantile of the window that ends at `now`; `NaN` if it is empty (O-44).
    pub(crate) fn quantiles(&self, owner: SeriesId, window: &Window, now: f64) -> Vec<(f64, f64)> {
        let (counts, least, greatest) = self.merged(owner, window, now);
        let total: u64 = counts.iter().map(|(_, count)| count).sum();
        let at = |quantile: f64| {
            let rank = ((quantile * total as f64).ceil() as u64).clamp(1, total.max(1));
            let mut below = 0;
            let bucket = counts.iter().find(|(_, count)| {
                below += count;
                below >= rank
            });
            match bucket {
                None => f64::NAN,
                Some(_) if rank == 1 => least,
                Some(_) if rank == total => greatest,
                Some((bucket, _)) => middle(*bucket).clamp(least, greatest),
            }
        };
        window.quantiles.iter().map(|(quantile, _)| (*quantile, at(*quantile))).collect()
    }

    /// All buckets of the window in order, and its least and greatest value.
    fn merged(&self, owner: SeriesId, window: &Window, now: f64) -> (Vec<(i32, u64)>, f64, f64) {
        let newest = slice_at(window, now);
        let oldest = (newest + 1).saturating_sub(u64::from(window.age_buckets)).max(1);
        let mut counts = Octaves::default();
        let (mut least, mut greatest) = (f64::INFINITY, f64::NEG_INFINITY);
        for part in &self.parts {
            let part = lock(part);
            let in_window = |slice: &&Slice| (oldest..=newest).contains(&slice.number) && self.is_of(owner);
            for slice in part.slices.iter().filter(in_window) {
                least = least.min(slice.least);
                greatest = greatest.max(slice.greatest);
                counts.merge(&slice.counts);
            }
        }
        (counts.iter().collect(), least, greatest)
    }
}

/// The number of the slice that `now` is in.
#[inline]
fn slice_at(window: &Window, now: f64) -> u64 {
    (now * f64::from(window.age_buckets) / window.max_age.as_secs_f64()) as u64 + 1
}

impl Slice {
    fn begin(&mut self, number: u64, value: f64) {
        self.number = number;
        self.counts = Octaves::default();
        (self.least, self.greatest) = (value, value);
    }

    fn add(&mut self, value: f64) {
        self.least = self.least.min(value);
        self.greatest = self.greatest.max(value);
        self.counts.add(value);
    }
}

thread_local! {
    /// The part that this thread writes, plus one; 0 as long as it writes none.
    static PART: Cell<usize> = const { Cell::new(0) };
}

/// The part that this thread writes.
#[inline]
fn part_of_thread() -> usize {
    static THREADS: AtomicU64 = AtomicU64::new(0);
    if PART.get() == 0 {
        PART.set(THREADS.fetch_add(1, Ordering::Relaxed) as usize % PARTS + 1);
    }
    PART.get() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: f64 = 60.0;
    const QUANTILES: &[(f64, f64)] =
        &[(0.0, 0.01), (0.5, 0.05), (0.9, 0.01), (0.95, 0.01), (0.99, 0.001), (1.0, 0.01)];

    const WINDOW: Window =
        Window { quantiles: QUANTILES, max_age: std::time::Duration::from_mins(10), age_buckets: 5 };
    const OWNER: SeriesId = SeriesId::from_bits(7);

    /// A sketch and its manual clock: every time is given in minutes.
    struct Manual(Sketch);

    impl Manual {
        fn observe(&self, minute: u32, value: f64) {
            self.0.observe(OWNER, &WINDOW, MINUTE * f64::from(minute), value);
        }

        fn quantiles(&self, minute: u32) -> Vec<(f64, f64)> {
            self.0.quantiles(OWNER, &WINDOW, MINUTE * f64::from(minute))
        }

        fn median(&self, minute: u32) -> f64 {
            self.quantiles(minute)[1].1
        }
    }

    fn sketch() -> Manual {
        let sketch = Sketch::new();
        sketch.hand_to(OWNER);
        Manual(sketch)
    }

    /// Uniform numbers in (0, 1), the same ones in each run.
    fn random() -> impl FnMut() -> f64 {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            ((state >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
        }
    }

    fn normal(random: &mut impl FnMut() -> f64) -> f64 {
        (-2.0 * random().ln()).sqrt() * (std::f64::consts::TAU * random()).cos()
    }

    /// Every quantile is within 0.3 % of a value whose rank is within the declared error.
    fn check(name: &str, mut draw: impl FnMut() -> f64) {
        let sketch = sketch();
        let mut values: Vec<f64> = (0..50_000).map(|_| draw()).collect();
        std::thread::scope(|scope| {
            for part in values.chunks(12_500) {
                let sketch = &sketch;
                scope.spawn(move || part.iter().for_each(|value| sketch.observe(1, *value)));
            }
        });
        values.sort_unstable_by(f64::total_cmp);
        let at = |rank: f64| values[(rank * values.len() as f64).clamp(0.0, 49_999.0) as usize];
        for ((quantile, value), (_, error)) in sketch.quantiles(1).into_iter().zip(QUANTILES) {
            let (low, high) = (at(quantile - error), at(quantile + error));
            let (low, high) = (low - 0.003 * low.abs(), high + 0.003 * high.abs());
            assert!((low..=high).contains(&value), "{name} {quantile}: {value} not in {low}..={high}");
        }
    }

    #[test]
    fn quantiles_are_near() {
        let mut next = random();
        check("uniform", &mut next);
        check("constant", || 0.123_456);
        check("zero", || 0.0);
        let mut next = random();
        check("normal", move || 10.0 + normal(&mut next));
        let mut next = random();
        check("normal around zero", move || normal(&mut next));
        let mut next = random();
        check("very narrow normal", move || 1_000.0 + 1e-6 * normal(&mut next));
        let mut next = random();
        check("pareto", move || next().powf(-1.0 / 1.2));
        let mut next = random();
        check("bimodal", move || if next() < 0.7 { 0.001 + 0.0001 * next() } else { 5.0 + next() });
    }

    #[test]
    fn few_values_are_told_exactly() {
        let sketch = sketch();
        sketch.observe(1, 0.3);
        assert!(sketch.quantiles(1).iter().all(|(_, value)| *value == 0.3));
        sketch.observe(1, f64::INFINITY);
        assert_eq!(sketch.quantiles(1)[5].1, f64::INFINITY);
    }

    #[test]
    fn the_window_moves_by_time_whether_or_not_somebody_scrapes() {
        let sketch = sketch();
        assert!(sketch.median(0).is_nan(), "nothing was observed yet");
        for minute in 0..=5 {
            sketch.observe(minute, f64::from(minute));
        }
        assert!(sketch.median(60).is_nan(), "a first scrape at minute 60");
        sketch.observe(60, 7.0);
        assert_eq!(sketch.median(60), 7.0);
        assert!(sketch.median(180).is_nan(), "a scraper that was away for two hours");
    }

    #[test]
    fn values_leave_slice_by_slice() {
        let sketch = sketch();
        sketch.observe(1, 1.0);
        sketch.observe(9, 9.0);
        assert_eq!(sketch.median(9), 1.0);
        assert_eq!(sketch.median(11), 9.0);
        assert!(sketch.median(19).is_nan());
    }

    #[test]
    fn a_sketch_that_was_handed_on_knows_nothing_of_its_old_owner() {
        let sketch = sketch();
        sketch.observe(1, 1.0);
        sketch.0.hand_to(SeriesId::from_bits(8));
        sketch.observe(1, 1.0);
        assert!(sketch.median(1).is_nan());
    }
}
