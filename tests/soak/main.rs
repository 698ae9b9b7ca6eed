//! Threads that come and go write everything, others make and remove series, others scrape: every scrape holds, and at the
//! end all sums are exact.
//!
//! A few seconds of it are a test; `tests/soak/run` does it for a minute.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use http_body_util::BodyExt;
use metrics_core::{LabelValue, metrics};
use metrics_tests_support::invariants;

#[derive(Clone, Copy, LabelValue)]
enum Side {
    Left,
    Right,
}

metrics! {
    #![prefix = "soak_"]

    /// Steps.
    static STEPS_TOTAL: Counter;

    /// Steps by side and number.
    static OPEN_TOTAL: Counter<side: Side, number: u64>;

    /// Steps by side.
    static CLOSED_TOTAL: Counter<side: Side>;

    /// Things held.
    static LEVEL: Gauge;

    /// Sizes.
    #[metric(buckets = [0.5, 1, 8, 64], allow(unit))]
    static SIZES: Histogram<side: Side>;

    /// Sizes in wider and wider buckets.
    #[metric(factor = 1.01, max_buckets = 20, min_reset = "0s", buckets = [0.5, 1, 8, 64], allow(unit))]
    static NATIVE_SIZES: NativeHistogram<side: Side>;

    /// Sizes and their quantiles.
    #[metric(quantiles = [0.5 => 0.05, 0.99 => 0.001], allow(unit))]
    static QUANTILE_SIZES: Summary;

    /// Series that come and go.
    #[metric(max_series = 100_000)]
    static LIVES_TOTAL: Counter<life: u64>;

    /// Distributions that come and go.
    #[metric(max_series = 100_000, max_buckets = 4, allow(unit))]
    static LIFE_SIZES: NativeHistogram<life: u64>;
}

const WRITERS: usize = 3;
/// How many turns a thread writes before another one takes its place.
const LIFE: u64 = 20_000;

/// What was really done.
#[derive(Default)]
struct Done {
    turns: AtomicU64,
    /// The sizes observed, in eighths.
    eighths: AtomicU64,
    left: AtomicU64,
}

/// One turn of writing: all kinds once.
fn write(turn: u64) -> (u64, bool) {
    // From 1/8 to 2^17, all exact.
    let eighths = 1 << (turn % 21);
    let value = eighths as f64 / 8.0;
    let side = if turn.is_multiple_of(3) { Side::Left } else { Side::Right };
    STEPS_TOTAL.inc();
    OPEN_TOTAL { side, number: turn % 50 }.inc();
    CLOSED_TOTAL { side }.inc();
    LEVEL.inc_by(3);
    SIZES { side }.observe(value);
    NATIVE_SIZES { side }.observe(value);
    QUANTILE_SIZES.observe(value);
    LEVEL.dec_by(3);
    (eighths, matches!(side, Side::Left))
}

fn write_until(end: Instant, done: &Done) {
    while Instant::now() < end {
        // A thread of its own, so that its words are folded, again and again.
        thread::scope(|scope| {
            scope.spawn(|| {
                let (mut eighths, mut left) = (0, 0);
                for turn in 0..LIFE {
                    let (size, is_left) = write(turn);
                    eighths += size;
                    left += u64::from(is_left);
                }
                done.turns.fetch_add(LIFE, Ordering::Relaxed);
                done.eighths.fetch_add(eighths, Ordering::Relaxed);
                done.left.fetch_add(left, Ordering::Relaxed);
            });
        });
    }
}

/// Makes series, writes them from two threads, and removes them; how many.
fn churn_until(end: Instant) -> u64 {
    let mut life = 0;
    while Instant::now() < end {
        let (steps, sizes) = (LIVES_TOTAL { life }.handle(), LIFE_SIZES { life }.handle());
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(move || {
                    for turn in 0..200_u32 {
                        let size = f64::from(1 << (turn % 8));
                        steps.inc_with_exemplar(&[("life", &life.to_string())]);
                        sizes.observe_with_exemplar(size, &[("life", &life.to_string())]);
                    }
                });
            }
        });
        assert_eq!(steps.get(), 400.0, "life {life}");
        assert_eq!((sizes.count(), sizes.sum()), (400, 2.0 * 25.0 * 255.0), "life {life}");
        assert!(LIVES_TOTAL { life }.remove() && LIFE_SIZES { life }.remove());
        // A straggler, whose steps go nowhere.
        steps.inc_with_exemplar(&[("life", "over")]);
        sizes.observe_with_exemplar(1.0, &[("life", "over")]);
        life += 1;
    }
    life
}

fn scrape_until(ended: &AtomicBool) -> u64 {
    let mut scrapes = 0;
    let mut before = invariants::Scrape::default();
    while !ended.load(Ordering::Relaxed) {
        let now = invariants::check(&metrics_core::render()).unwrap();
        now.check_grown_since(&before).unwrap();
        before = now;
        scrapes += 1;
    }
    scrapes
}

/// Reads exemplars: each belongs to the series that it stands behind, and to the life of that series.
fn scrape_exemplars_until(ended: &AtomicBool) -> u64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut seen = 0;
    while !ended.load(Ordering::Relaxed) {
        let accept = http::Request::builder().header("accept", "application/openmetrics-text").body(());
        let body = runtime.block_on(async {
            let response = metrics_core::handler(accept.unwrap()).await;
            response.into_body().collect().await.unwrap().to_bytes()
        });
        let text = std::str::from_utf8(&body).unwrap();
        assert!(text.ends_with("# EOF\n"));
        for (series, exemplar) in text.lines().filter_map(|line| line.split_once(" # {")) {
            let life = series.split_once("life=\"").unwrap().1.split_once('"').unwrap().0;
            assert!(exemplar.starts_with(&format!("life=\"{life}\"}} ")), "{series} # {exemplar}");
            seen += 1;
        }
    }
    seen
}

#[test]
fn everything_at_once_stays_exact() {
    let seconds =
        std::env::var("SOAK_SECONDS").map_or(3, |seconds| seconds.parse().expect("SOAK_SECONDS is a number"));
    let end = Instant::now() + Duration::from_secs(seconds);
    let (done, ended) = (Done::default(), AtomicBool::new(false));
    thread::scope(|scope| {
        let readers = [(); 2].map(|()| scope.spawn(|| scrape_until(&ended)));
        let exemplars = scope.spawn(|| scrape_exemplars_until(&ended));
        let churned = scope.spawn(|| churn_until(end));
        let writers = [(); WRITERS].map(|()| scope.spawn(|| write_until(end, &done)));
        let written = writers.map(thread::ScopedJoinHandle::join);
        let churned = churned.join();
        // Also when something failed, or the scrapers would never end.
        ended.store(true, Ordering::Relaxed);
        let scrapes: u64 = readers.map(|reader| reader.join().unwrap()).iter().sum();
        let exemplars = exemplars.join().unwrap();
        written.into_iter().for_each(Result::unwrap);
        let churned = churned.unwrap();
        let turns = done.turns.load(Ordering::Relaxed);
        println!("{turns} turns, {scrapes} scrapes, {churned} series, {exemplars} exemplars");
        assert!(scrapes > 0 && churned > 0 && exemplars > 0);
    });
    check_sums(&done);
}

fn check_sums(done: &Done) {
    let last = invariants::check(&metrics_core::render()).unwrap();
    let turns = done.turns.load(Ordering::Relaxed) as f64;
    let left = done.left.load(Ordering::Relaxed) as f64;
    let sum = done.eighths.load(Ordering::Relaxed) as f64 / 8.0;
    let total = |prefix: &str| {
        let samples = last.samples.iter().filter(|(series, _)| series.starts_with(prefix));
        samples.map(|(_, value)| value).sum::<f64>()
    };
    let value = |series: &str| last.samples[series];
    assert_eq!(value("soak_steps_total"), turns);
    assert_eq!(total("soak_open_total{"), turns);
    assert_eq!(value("soak_closed_total{side=\"left\"}"), left);
    assert_eq!(value("soak_closed_total{side=\"right\"}"), turns - left);
    assert_eq!(value("soak_level"), 0.0);
    for family in ["soak_sizes", "soak_native_sizes"] {
        assert_eq!(total(&format!("{family}_count{{")), turns, "{family}");
        assert_eq!(total(&format!("{family}_sum{{")), sum, "{family}");
        assert_eq!(total(&format!("{family}_bucket{{side=\"left\",le=\"+Inf\"")), left, "{family}");
    }
    let classic = |family: &str, le: &str| total(&format!("{family}_bucket{{side=\"left\",le=\"{le}\""));
    for le in ["0.5", "1", "8", "64"] {
        assert_eq!(classic("soak_sizes", le), classic("soak_native_sizes", le), "{le}");
    }
    assert_eq!((value("soak_quantile_sizes_count"), value("soak_quantile_sizes_sum")), (turns, sum));
    for side in [Side::Left, Side::Right] {
        let native = NATIVE_SIZES { side }.handle().snapshot();
        assert!(native.positive.len() <= 20, "{native:?}");
    }
    assert_eq!(total("soak_lives_total{"), 0.0, "all were removed");
}
