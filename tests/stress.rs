//! Threads that come and go, scrapes and removals, all at once: no number is lost, doubled or mixed up.
//!
//! `tests/mutations/run` breaks the runtime on purpose, and this test has to notice.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;

use metrics_core::{SummaryHandle, metrics};

metrics! {
    #![prefix = "stress_"]

    /// Steps.
    static STEPS_TOTAL: Counter;

    /// Steps by who made them.
    static OPEN_STEPS_TOTAL: Counter<kind>;

    /// Things held.
    static LEVEL: Gauge;

    /// Sizes.
    #[metric(buckets = [1, 2, 4], allow(unit))]
    static SIZES: Histogram;

    /// Thirds.
    static THIRDS_TOTAL: Counter;

    /// Thirds.
    #[metric(buckets = [1, 2, 4], allow(unit))]
    static THIRD_SIZES: Histogram;

    /// Seconds of a step.
    static STEP_SECONDS: Histogram;

    /// Lives.
    static LIVES_TOTAL: Counter<life: u64>;

    /// Ones.
    #[metric(buckets = linear(1, 1, 20), allow(unit))]
    static ONES: Histogram;

    /// Ones of the last hour.
    #[metric(quantiles = [0.5 => 0.01], max_age = "1h", age_buckets = 60, allow(unit))]
    static LATE_ONES: Summary;

    /// Steps of threads that have ended.
    static STRAY_STEPS_TOTAL: Counter;

    /// Ones of the last hour by life.
    #[metric(quantiles = [0.5 => 0.01], max_age = "1h", age_buckets = 60, allow(unit))]
    static LATE_LIVES: Summary<life: u64>;
}

const WAVES: u64 = 30;
const THREADS: u64 = 8;
const STEPS: u64 = 1_500;
/// An observation of each bucket, and what they add up to.
const OBSERVED: [f64; 4] = [1.0, 2.0, 4.0, 8.0];

/// Steps that a thread-local makes when it is dropped.
const FAREWELL: u64 = 1_000;

/// Writes when it is dropped, to what other threads write at that time.
struct Farewell;

impl Drop for Farewell {
    fn drop(&mut self) {
        (0..FAREWELL).for_each(|_| STEPS_TOTAL.inc());
    }
}

thread_local! {
    static EARLY: Farewell = const { Farewell };
    static LATE: Farewell = const { Farewell };
}

/// What one thread does.
fn work(life: u64) {
    // One thread-local is registered before the thread touches a metric, and one after: both are dropped after some of
    // the library's own.
    EARLY.with(|_| ());
    for step in 0..STEPS {
        STEPS_TOTAL.inc();
        OPEN_STEPS_TOTAL { kind: if step % 2 == 0 { "even" } else { "odd" } }.inc();
        LEVEL.inc_by(2);
        LEVEL.dec();
        SIZES.observe(OBSERVED[(step % 4) as usize]);
        let third = (life + step) as f64 / 3.0;
        THIRDS_TOTAL.inc_by(third);
        THIRD_SIZES.observe(third);
        drop(STEP_SECONDS.start_timer());
        LATE_ONES.observe(1.0);
        // A series that another one replaces while others still write to it.
        LIVES_TOTAL { life }.inc();
    }
    LATE.with(|_| ());
}

/// One thread after the other, each with a series that is removed after it.
fn row_of_threads(row: u64) {
    for wave in 0..WAVES {
        let life = row * WAVES + wave;
        thread::spawn(move || work(life)).join().unwrap();
        assert_eq!(LIVES_TOTAL.get(LIVES_TOTAL { life }), Some(STEPS as f64));
        assert!(LIVES_TOTAL { life }.remove());
    }
}

/// The value of a line of a scrape.
fn value(text: &str, series: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.map_or(0.0, |value| value.parse().unwrap())
}

/// What holds in each scrape, whatever is written meanwhile. `last` are the counts and sums of the scrape before.
fn check(text: &str, last: &mut [f64; 6]) {
    let now = [
        value(text, "stress_steps_total"),
        value(text, "stress_open_steps_total{kind=\"even\"}"),
        value(text, "stress_sizes_count"),
        value(text, "stress_thirds_total"),
        value(text, "stress_third_sizes_sum"),
        value(text, "stress_step_seconds_sum"),
    ];
    for (now, last) in now.iter().zip(last.iter()) {
        assert!(now >= last, "a counter went back: {last}, then {now}");
    }
    *last = now;
    assert_eq!(value(text, "stress_sizes_bucket{le=\"+Inf\"}"), now[2], "+Inf is the count");
    // Each turn of four observations adds up to 15; of one that is under way, the sum may be there first.
    let buckets =
        ["1", "2", "4", "+Inf"].map(|le| value(text, &format!("stress_sizes_bucket{{le=\"{le}\"}}")));
    let mut counted = 0.0;
    for (at, observed) in OBSERVED.iter().enumerate() {
        counted += observed * (buckets[at] - at.checked_sub(1).map_or(0.0, |below| buckets[below]));
    }
    let ahead = value(text, "stress_sizes_sum") - counted;
    assert!((0.0..=THREADS as f64 * 8.0).contains(&ahead), "the sum is ahead by {ahead}");
}

/// Checks that so many ones are in the window: the median of them and as many twos is a one, with one more it is a two.
fn check_window(handle: SummaryHandle, ones: u64) {
    let is_one = || handle.quantiles()[0].1 < 1.5;
    (0..ones).for_each(|_| handle.observe(2.0));
    assert!(is_one(), "less than {ones} of {}", handle.count());
    handle.observe(2.0);
    assert!(!is_one(), "more than {ones} of {}", handle.count());
}

/// Makes, writes and removes series, each by three threads, with a straggler that goes on writing to what is gone.
fn churn(done: &AtomicBool, churned: &AtomicU64) {
    const FIRST: u64 = 1_000_000;
    let mut life = FIRST;
    while !done.load(Ordering::Relaxed) {
        let (handle, late) = (LIVES_TOTAL { life }.handle(), LATE_LIVES { life }.handle());
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    (0..200).for_each(|_| handle.inc());
                    (0..200).for_each(|_| late.observe(1.0));
                });
            }
        });
        assert_eq!(LIVES_TOTAL.get(LIVES_TOTAL { life }), Some(600.0), "life {life}");
        // This thread gets words of its own, which the next series at the same place must not take for its own.
        (0..50).for_each(|_| handle.inc());
        check_window(late, 600);
        assert!(LIVES_TOTAL { life }.remove() && LATE_LIVES { life }.remove());
        let life_after = life + 1;
        let next = LIVES_TOTAL { life: life_after }.handle();
        let late_next = LATE_LIVES { life: life_after }.handle();
        for _ in 0..50 {
            handle.inc();
            next.inc();
            late.observe(1.0);
            late_next.observe(1.0);
        }
        assert_eq!(next.get(), 50.0, "a straggler's steps");
        check_window(late_next, 50);
        assert!(LIVES_TOTAL { life: life_after }.remove() && LATE_LIVES { life: life_after }.remove());
        life += 2;
        churned.fetch_add(2, Ordering::Relaxed);
    }
}

#[test]
fn sums_are_exact_whatever_comes_and_goes() {
    let (done, churned) = (AtomicBool::new(false), AtomicU64::new(0));
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut last = [0.0; 6];
            while !done.load(Ordering::Relaxed) {
                check(&metrics_core::render(), &mut last);
            }
        });
        scope.spawn(|| churn(&done, &churned));
        // Each of these has one thread after the other, so that threads begin while others end.
        let rows: Vec<_> = (0..THREADS).map(|row| scope.spawn(move || row_of_threads(row))).collect();
        let ends: Vec<_> = rows.into_iter().map(thread::ScopedJoinHandle::join).collect();
        // Also when one failed, or the others would never end.
        done.store(true, Ordering::Relaxed);
        assert!(ends.iter().all(Result::is_ok));
    });

    let (text, threads) = (metrics_core::render(), WAVES * THREADS);
    let steps = (threads * STEPS) as f64;
    check(&text, &mut [0.0; 6]);
    let farewells = (2 * threads * FAREWELL) as f64;
    assert_eq!(value(&text, "stress_steps_total"), steps + farewells);
    assert_eq!(value(&text, "stress_open_steps_total{kind=\"even\"}"), steps / 2.0);
    assert_eq!(value(&text, "stress_open_steps_total{kind=\"odd\"}"), steps / 2.0);
    assert_eq!(value(&text, "stress_level"), steps);
    assert_eq!(value(&text, "stress_sizes_count"), steps);
    check_window(LATE_ONES.handle(), threads * STEPS);
    assert_eq!(value(&text, "stress_sizes_sum"), steps / 4.0 * OBSERVED.iter().sum::<f64>());
    assert!(churned.load(Ordering::Relaxed) > 0, "series came and went");
    assert!(!text.contains("stress_lives_total{"), "all lives are over");
}

/// The sum may be ahead by the one observation that is being made, if its thread is suspended in the middle; by no more,
/// and never behind.
#[test]
fn an_observation_is_seen_whole() {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                (0..5).for_each(|_| ONES.observe(1.0));
                // Long enough to be read in.
                (0..200).for_each(|_| std::hint::spin_loop());
            }
        });
        let seen_whole = || {
            let text = metrics_core::render();
            let ahead = value(&text, "stress_ones_sum") - value(&text, "stress_ones_count");
            (0.0..=1.0).contains(&ahead)
        };
        let all = (0..5_000).all(|_| seen_whole());
        done.store(true, Ordering::Relaxed);
        writer.join().unwrap();
        assert!(all, "sum and count were apart");
    });
}

/// Steps of one thread.
const STRAYS: u64 = 20_000;

/// Writes when it is dropped, at the same time as another thread.
struct Stray(Arc<Barrier>);

impl Drop for Stray {
    fn drop(&mut self) {
        // Its thread has given its words back; then the other thread has got some.
        self.0.wait();
        self.0.wait();
        (0..STRAYS).for_each(|_| STRAY_STEPS_TOTAL.inc());
    }
}

thread_local! {
    static STRAY: RefCell<Option<Stray>> = const { RefCell::new(None) };
}

#[test]
fn what_an_ended_thread_writes_goes_to_no_words_of_another_one() {
    /// So many steps are enough for words of one's own.
    const FEW: u64 = 8;
    const ROUNDS: u64 = 10;
    for _ in 0..ROUNDS {
        let barrier = Arc::new(Barrier::new(2));
        let stray = Stray(Arc::clone(&barrier));
        let ending = thread::spawn(move || {
            // Before the thread touches a metric, so that it is dropped after the thread's words.
            STRAY.set(Some(stray));
            (0..FEW).for_each(|_| STRAY_STEPS_TOTAL.inc());
        });
        let beginning = thread::spawn(move || {
            barrier.wait();
            (0..FEW).for_each(|_| STRAY_STEPS_TOTAL.inc());
            barrier.wait();
            (0..STRAYS).for_each(|_| STRAY_STEPS_TOTAL.inc());
        });
        ending.join().unwrap();
        beginning.join().unwrap();
    }
    assert_eq!(STRAY_STEPS_TOTAL.get(), (ROUNDS * 2 * (FEW + STRAYS)) as f64);
}
