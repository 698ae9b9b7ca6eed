//! A clock that is moved by hand: times are what the test says, to the nanosecond. A program of its own, as there is one
//! clock in a process.

use std::pin::pin;
use std::sync::Barrier;
use std::task::{Context, Waker};
use std::thread;
use std::time::Duration;

use metrics_core::testing::{ClockIsRunning, ManualClock};
use metrics_core::{metrics, timed};

metrics! {
    #![prefix = "manual_"]

    /// Seconds a call took.
    #[metric(buckets = [0.001, 0.5, 1])]
    static CALL_SECONDS: Histogram;

    /// Seconds a call took, lately.
    #[metric(quantiles = [0.5 => 0.01], max_age = "10m")]
    static LATE_SECONDS: Summary;
}

metrics! {
    /// Random numbers, lately.
    #[metric(
        quantiles = [0 => 0.01, 0.1 => 0.01, 0.5 => 0.01, 0.99 => 0.001, 1 => 0.01],
        max_age = "10s",
        age_buckets = 10,
        allow(unit),
    )]
    static MANUAL_RANDOM: Summary;
}

const THREADS: u64 = 4;
const ROUNDS: u64 = 60;

/// Random numbers of several sizes, the same ones in each run.
fn numbers(seed: u64) -> impl Iterator<Item = f64> {
    let mut state = (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let sign = if state.is_multiple_of(9) { -1.0 } else { 1.0 };
        sign * ((state >> 40) as f64 / f64::from(1 << 22)).exp2()
    })
}

/// What a thread observes in a round.
fn stream(thread: u64, round: u64) -> impl Iterator<Item = f64> {
    // Some threads pause for a while, others observe now and then.
    let count = if (thread + round / 8).is_multiple_of(3) { 0 } else { 40 * thread + 3 };
    numbers(round * THREADS + thread).take(count as usize)
}

/// How many seconds the clock moves on after a round: mostly less than a slice lasts, seldom more than the window.
fn pause(round: u64) -> f64 {
    [0.3, 0.0, 0.9, 1.0, 0.1, 2.5, 0.4, 0.0, 0.7, 11.5][round as usize % 10]
}

/// Several threads observe, and somebody scrapes meanwhile: after each round the quantiles are those of what was observed
/// in the slices of the window, each at its rank.
fn a_window_is_that_of_all_threads(clock: &ManualClock) {
    let barrier = Barrier::new(THREADS as usize + 1);
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let barrier = &barrier;
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    barrier.wait();
                    stream(thread, round).for_each(|number| MANUAL_RANDOM.observe(number));
                    barrier.wait();
                }
            });
        }
        let (mut now, mut observed) = (Duration::ZERO, Vec::new());
        for round in 0..ROUNDS {
            barrier.wait();
            // A scrape in the middle, but not in every slice.
            if round % 3 > 0 {
                metrics_core::render();
            }
            barrier.wait();
            observed
                .extend((0..THREADS).flat_map(|thread| stream(thread, round)).map(|number| (now, number)));
            let pause = Duration::from_secs_f64(pause(round));
            clock.advance(pause);
            now += pause;
            check_quantiles(now, &observed);
        }
    });
    assert_eq!(MANUAL_RANDOM.handle().count(), (0..ROUNDS).map(observed_in).sum::<u64>());
}

fn observed_in(round: u64) -> u64 {
    (0..THREADS).map(|thread| stream(thread, round).count() as u64).sum()
}

fn check_quantiles(now: Duration, observed: &[(Duration, f64)]) {
    let is_in = |then: Duration| then.as_secs() + 10 > now.as_secs();
    let mut numbers: Vec<f64> =
        observed.iter().filter(|(then, _)| is_in(*then)).map(|(_, number)| *number).collect();
    numbers.sort_by(f64::total_cmp);
    for (quantile, told) in MANUAL_RANDOM.handle().quantiles() {
        let rank = (quantile * numbers.len() as f64).ceil().max(1.0) as usize;
        match numbers.get(rank - 1) {
            None => assert!(told.is_nan(), "{now:?}: {told} of nothing"),
            Some(exact) => assert!(
                (told - exact).abs() <= 0.002 * exact.abs(),
                "{now:?} {quantile}: {told}, not {exact}"
            ),
        }
    }
}

#[timed(CALL_SECONDS)]
#[timed(busy)]
async fn call(clock: &ManualClock) {
    clock.advance(Duration::from_millis(250));
    std::future::pending::<()>().await;
}

#[test]
fn times_are_what_the_test_says() {
    let clock = ManualClock::install().unwrap();
    assert_eq!(ManualClock::install().unwrap_err(), ClockIsRunning);
    // First, as it knows where the clock stands.
    a_window_is_that_of_all_threads(&clock);

    // It is polled twice and dropped midway: busy for two quarters of a second, and waiting for one second.
    {
        let mut call = pin!(call(&clock));
        let mut context = Context::from_waker(Waker::noop());
        assert!(call.as_mut().poll(&mut context).is_pending());
        clock.advance(Duration::from_secs(1));
        assert!(call.as_mut().poll(&mut context).is_pending());
    }
    assert_eq!(CALL_SECONDS.handle().sum(), 1.25);
    let text = metrics_core::render();
    assert!(text.contains("manual_call_seconds_bucket{le=\"1\"} 0\n"), "{text}");
    assert!(text.contains("manual_call_seconds_bucket{le=\"+Inf\"} 1\n"), "{text}");
    assert!(text.contains("_call_busy_seconds_sum{"), "{text}");
    assert!(
        text.lines().any(|line| line.contains("_call_busy_seconds_sum{") && line.ends_with(" 0.25")),
        "{text}"
    );

    // A bound belongs to its bucket, to the tick.
    for (nanoseconds, bucket) in [(999_999, 1), (1_000_000, 2), (1_000_001, 2)] {
        let timer = CALL_SECONDS.start_timer();
        clock.advance(Duration::from_nanos(nanoseconds));
        drop(timer);
        let text = metrics_core::render();
        assert!(text.contains(&format!("manual_call_seconds_bucket{{le=\"0.001\"}} {bucket}\n")), "{text}");
    }

    // A window passes with the time, whoever scrapes or does not.
    LATE_SECONDS.observe(3.0);
    assert_eq!(LATE_SECONDS.handle().quantiles(), [(0.5, 3.0)]);
    clock.advance(Duration::from_mins(11));
    assert!(LATE_SECONDS.handle().quantiles()[0].1.is_nan());
    assert_eq!(LATE_SECONDS.handle().count(), 1);
}
