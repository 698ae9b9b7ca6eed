use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use super::shared::Shared;
use super::slices::{Slices, Span};
use super::track::Track;
use crate::cell::SeriesId;
use crate::sync::{Mutex, lock};

/// A slice of two minutes, in ticks, which are seconds here.
const SPAN: u64 = 120;
const SLICES: u32 = 5;
const MINUTE: u64 = 60;
const QUANTILES: &[(f64, f64)] =
    &[(0.0, 0.01), (0.5, 0.05), (0.9, 0.01), (0.95, 0.01), (0.99, 0.001), (1.0, 0.01)];

const OWNER: SeriesId = SeriesId::from_bits(7);

/// The sketch of a series, whose clock is moved by hand.
struct Sketch(Mutex<Shared>);

/// A thread that observes; dropping it is the thread's end.
struct Writer<'a> {
    sketch: &'a Sketch,
    track: &'static Track,
}

impl Sketch {
    fn new() -> Self {
        let mut shared = Shared::nobodys();
        shared.begin(OWNER, Slices::new(Span::new(SPAN), SLICES));
        Self(Mutex::new(shared))
    }

    fn writer(&self) -> Writer<'_> {
        let track = Box::leak(Box::new(Track::new()));
        lock(&self.0).join(track);
        Writer { sketch: self, track }
    }

    /// As a thread without a track does.
    fn observe(&self, minute: u64, value: f64) {
        lock(&self.0).observe(None, minute * MINUTE, value);
    }

    fn count(&self, now: u64) -> u64 {
        lock(&self.0).window(now).total()
    }

    fn quantiles(&self, minute: u64) -> Vec<(f64, f64)> {
        lock(&self.0).window(minute * MINUTE).at(QUANTILES)
    }

    fn median(&self, minute: u64) -> f64 {
        self.quantiles(minute)[1].1
    }
}

impl Writer<'_> {
    fn observe(&self, now: u64, value: f64) {
        self.waits(now, value);
    }

    /// Counts a value; whether that took the lock.
    fn waits(&self, now: u64, value: f64) -> bool {
        let waits = !self.track.observe(OWNER, now, value);
        if waits {
            lock(&self.sketch.0).observe(Some(self.track), now, value);
        }
        waits
    }
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        lock(&self.sketch.0).leave(self.track);
    }
}

/// Uniform numbers in (0, 1), the same ones in each run.
fn random(seed: u64) -> impl FnMut() -> f64 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed * 2 + 1);
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
    let sketch = Sketch::new();
    let mut values: Vec<f64> = (0..50_000).map(|_| draw()).collect();
    thread::scope(|scope| {
        for part in values.chunks(12_500) {
            let writer = sketch.writer();
            scope.spawn(move || part.iter().for_each(|value| writer.observe(MINUTE, *value)));
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
    let mut next = random(0);
    check("uniform", &mut next);
    check("constant", || 0.123_456);
    check("zero", || 0.0);
    let mut next = random(0);
    check("normal", move || 10.0 + normal(&mut next));
    let mut next = random(0);
    check("normal around zero", move || normal(&mut next));
    let mut next = random(0);
    check("very narrow normal", move || 1_000.0 + 1e-6 * normal(&mut next));
    let mut next = random(0);
    check("pareto", move || next().powf(-1.0 / 1.2));
    let mut next = random(0);
    check("bimodal", move || if next() < 0.7 { 0.001 + 0.0001 * next() } else { 5.0 + next() });
    let mut next = random(0);
    check("more octaves than a track has places", move || (150.0 * (next() - 0.5)).exp2());
}

#[test]
fn few_values_are_told_exactly() {
    let sketch = Sketch::new();
    sketch.observe(1, 0.3);
    assert!(sketch.quantiles(1).iter().all(|(_, value)| *value == 0.3));
    sketch.writer().observe(MINUTE, f64::INFINITY);
    assert_eq!(sketch.quantiles(1)[5].1, f64::INFINITY);
}

#[test]
fn the_window_moves_by_time_whether_or_not_somebody_scrapes() {
    let sketch = Sketch::new();
    let writer = sketch.writer();
    assert!(sketch.median(0).is_nan(), "nothing was observed yet");
    for minute in 0..=5 {
        writer.observe(minute * MINUTE, minute as f64);
        sketch.observe(minute, minute as f64);
    }
    assert!(sketch.median(60).is_nan(), "a first scrape at minute 60");
    writer.observe(60 * MINUTE, 7.0);
    assert_eq!((sketch.median(60), sketch.count(60 * MINUTE)), (7.0, 1));
    assert!(sketch.median(180).is_nan(), "a scraper that was away for two hours");
}

#[test]
fn values_leave_slice_by_slice() {
    let sketch = Sketch::new();
    let writer = sketch.writer();
    for (minute, value) in [(1, 1.0), (9, 9.0)] {
        writer.observe(minute * MINUTE, value);
        sketch.observe(minute, value);
    }
    assert_eq!((sketch.median(9).round(), sketch.count(9 * MINUTE)), (1.0, 4));
    assert_eq!((sketch.median(11), sketch.count(11 * MINUTE)), (9.0, 2));
    assert!(sketch.median(19).is_nan());
}

/// A thread takes the lock for the first value of an octave, and for the first of a slice only if nobody came by.
#[test]
fn a_thread_takes_no_lock_while_somebody_reads() {
    let sketch = Sketch::new();
    let writer = sketch.writer();
    assert!(writer.waits(0, 1.0), "the first one of its octave");
    assert!(!writer.waits(0, 1.0));
    for slice in 1..20 {
        for value in [1.0, 1.5, 1.0] {
            assert!(!writer.waits(slice * SPAN, value), "slice {slice}");
        }
        assert_eq!(
            sketch.count(slice * SPAN),
            3 * slice.min(SLICES.into()) + 2 * u64::from(slice < SLICES.into())
        );
    }
    let waited: Vec<bool> = (20..26).map(|slice| writer.waits(slice * SPAN, 1.0)).collect();
    assert_eq!(waited, [false, true, false, false, true, false]);
    assert_eq!(sketch.count(25 * SPAN), 5);
}

#[test]
fn a_full_count_is_moved_away_and_loses_nothing() {
    let sketch = Sketch::new();
    let writer = sketch.writer();
    (0..2).for_each(|_| writer.observe(0, 1.0));
    let (_, count) = (0..2)
        .flat_map(|set| writer.track.counts(set))
        .find(|(_, count)| count.load(Ordering::Relaxed) == 1)
        .unwrap();
    count.store(u32::MAX, Ordering::Relaxed);
    assert!(writer.waits(0, 1.0));
    assert!(!writer.waits(0, 1.0));
    assert_eq!(sketch.count(0), 3 + u64::from(u32::MAX));
}

#[test]
fn what_an_ended_thread_counted_stays() {
    let sketch = Sketch::new();
    let writer = sketch.writer();
    (0..10).for_each(|step| writer.observe(step * SPAN / 5, 1.0));
    let track = writer.track;
    drop(writer);
    assert_eq!(sketch.count(2 * SPAN), 10);
    assert!(track.is_nobodys());
    lock(&sketch.0).leave(track);
    assert_eq!(sketch.count(2 * SPAN), 10, "an end that comes twice");
}

#[test]
fn a_track_and_a_sketch_that_are_handed_on_know_nothing_of_their_old_owner() {
    let sketch = Sketch::new();
    let writer = sketch.writer();
    (0..4).for_each(|_| writer.observe(MINUTE, 1.0));
    lock(&sketch.0).end();
    let other = SeriesId::from_bits(8);
    assert!(!lock(&sketch.0).is_of(OWNER));
    // Of another length, and as many octaves as there are places for.
    lock(&sketch.0).begin(other, Slices::new(Span::new(7), 3));
    assert!(writer.track.is_nobodys() && !writer.track.observe(OWNER, MINUTE, 1.0));
    lock(&sketch.0).join(writer.track);
    assert_eq!(sketch.count(0), 0);
    for exponent in 100..132 {
        let value = f64::from(exponent).exp2();
        assert!(!writer.track.observe(other, 0, value));
        lock(&sketch.0).observe(Some(writer.track), 0, value);
        assert!(writer.track.observe(other, 0, value), "2^{exponent} has a place");
    }
    assert_eq!(sketch.count(0), 64);
    assert!(!writer.track.observe(OWNER, 0, 1.0), "a straggler");
    assert_eq!(sketch.count(20), 64);
    assert_eq!(sketch.count(21), 0);
}

/// One random stream a thread, while the clock moves on and somebody reads: whenever all stand still, the window holds
/// exactly what was observed in it, and every quantile is that of its rank.
#[test]
fn the_window_is_exact_whoever_comes_and_goes() {
    const THREADS: u64 = 4;
    const ROUNDS: u64 = 40;
    let (sketch, clock, done) = (Sketch::new(), AtomicU64::new(0), AtomicBool::new(false));
    let mut log: Vec<(u64, f64)> = Vec::new();
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                sketch.count(clock.load(Ordering::Relaxed));
                thread::yield_now();
            }
        });
        let mut next = random(1);
        for round in 0..ROUNDS {
            thread::scope(|scope| {
                // Each thread lives for a round.
                let stream = |seed| {
                    let (sketch, clock, writer, mut next) = (&sketch, &clock, sketch.writer(), random(seed));
                    move || {
                        let observe = |_| {
                            // Some threads move the clock on.
                            let more = if next() < 0.01 { SPAN / 10 } else { 0 };
                            let now = clock.fetch_add(more, Ordering::Relaxed) + more;
                            let value = (10.0 * (next() - 0.3)).exp2() * (next() - 0.1).signum();
                            // Some threads have no track.
                            match seed % 3 {
                                0 => lock(&sketch.0).observe(None, now, value),
                                _ => writer.observe(now, value),
                            }
                            (now, value)
                        };
                        (0..300).map(observe).collect::<Vec<_>>()
                    }
                };
                let threads: Vec<_> =
                    (0..THREADS).map(|thread| scope.spawn(stream(round * THREADS + thread))).collect();
                log.extend(threads.into_iter().flat_map(|thread| thread.join().unwrap()));
            });
            // Now and then for longer than the window.
            let now = clock.fetch_add(if next() < 0.1 { 700 } else { 0 }, Ordering::Relaxed);
            check_window(&sketch, &log, now);
        }
        done.store(true, Ordering::Relaxed);
    });
}

fn check_window(sketch: &Sketch, log: &[(u64, f64)], now: u64) {
    let slice = |now: u64| now / SPAN;
    let is_in = |then: u64| slice(then) + u64::from(SLICES) > slice(now);
    let mut values: Vec<f64> = log.iter().filter(|(then, _)| is_in(*then)).map(|(_, value)| *value).collect();
    values.sort_unstable_by(f64::total_cmp);
    assert_eq!(sketch.count(now), values.len() as u64);
    for (quantile, value) in lock(&sketch.0).window(now).at(QUANTILES) {
        let rank = ((quantile * values.len() as f64).ceil() as usize).max(1);
        let exact = values[rank - 1];
        assert!((value - exact).abs() <= 0.003 * exact.abs(), "{quantile}: {value}, not {exact}");
    }
}
