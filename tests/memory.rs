//! Memory is bounded: many threads on many series need little more than one, and what is gone is given back.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use http::Request;
use http_body_util::BodyExt as _;
use metrics_core::{Counter, Histogram, Registry, Scrape, Summary, metrics};

/// The system's allocator, which knows how much is allocated.
struct Measuring;

static ALLOCATED: AtomicUsize = AtomicUsize::new(0);

/// The most that was allocated at once since it was last set.
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Measuring {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let before = ALLOCATED.fetch_add(layout.size(), Ordering::Relaxed);
        PEAK.fetch_max(before + layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the promises of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        ALLOCATED.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the promises of `dealloc`.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Measuring = Measuring;

const SERIES: u32 = 100_000;
const THREADS: u32 = 64;
const MIB: usize = 1 << 20;

metrics! {
    /// Many.
    #[metric(max_series = 200_000)]
    static MANY_TOTAL: Counter<number: u32>;

    /// Many by many.
    #[metric(max_series = 20_000)]
    static BUSY_TOTAL: Counter<number: u32>;

    /// Seconds.
    #[metric(quantiles = [0.5 => 0.05])]
    static FEW_SECONDS: Summary<number: u32>;

    /// Seconds.
    #[metric(quantiles = [0.5 => 0.05])]
    static MANY_SECONDS: Summary<number: u32>;
}

/// One test at a time: what is allocated is known of the process as a whole.
static ALONE: Mutex<()> = Mutex::new(());

#[test]
fn a_registry_that_is_dropped_gives_everything_back() {
    let _alone = ALONE.lock();
    let round = || {
        let registry = Registry::new();
        let waits =
            Histogram::builder("waits_seconds", "Waits.").labels(["number"]).register(&registry).unwrap();
        let sizes = Summary::builder("sizes_bytes", "Sizes.")
            .quantiles([(0.5, 0.05)])
            .labels(["number"])
            .register(&registry)
            .unwrap();
        for number in 0..500 {
            waits.with([number]).observe(1.0);
            sizes.with([number]).observe(1.0);
        }
        registry.render().len()
    };
    let length = round();
    let before = ALLOCATED.load(Ordering::Relaxed);
    for _ in 0..20 {
        assert_eq!(round(), length);
    }
    let more = ALLOCATED.load(Ordering::Relaxed).saturating_sub(before);
    assert!(more < MIB / 4, "{more} bytes more");
}

#[test]
fn many_threads_on_many_series_need_little_more_than_one() {
    let _alone = ALONE.lock();
    for number in 0..SERIES {
        MANY_TOTAL { number }.inc();
    }
    let one_thread = ALLOCATED.load(Ordering::Relaxed);
    let barrier = std::sync::Barrier::new(THREADS as usize + 1);
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let barrier = &barrier;
            scope.spawn(move || {
                for step in 0..SERIES {
                    // Each thread in an order of its own.
                    let number = (step * 7_919 + thread * 1_000) % SERIES;
                    MANY_TOTAL { number }.inc();
                }
                barrier.wait();
                barrier.wait();
            });
        }
        barrier.wait();
        let more = ALLOCATED.load(Ordering::Relaxed).saturating_sub(one_thread);
        barrier.wait();
        assert!(more <= 32 * MIB, "{} MiB more", more / MIB);
    });
    for number in (0..SERIES).step_by(997) {
        assert_eq!(MANY_TOTAL.get(MANY_TOTAL { number }), Some(f64::from(THREADS + 1)));
    }
}

#[test]
fn hundreds_of_threads_stay_bounded_and_leave_nothing_behind() {
    const HUNDREDS: u32 = 576;
    /// The first threads may own 128 chunks of 1 KiB, the many only 16; finding them takes a word a space.
    const OWN: usize = 64 << 10;
    let series = |thread| if thread < 8 { 4_200 } else { 800 };
    let _alone = ALONE.lock();
    let before = ALLOCATED.load(Ordering::Relaxed);
    // Twice: what the first ones leave is for the second ones.
    for round in 1..=2 {
        let barrier = std::sync::Barrier::new(HUNDREDS as usize + 1);
        thread::scope(|scope| {
            for thread in 0..HUNDREDS {
                let barrier = &barrier;
                let work = move || {
                    // Enough series, touched often enough, for all the chunks that a thread may have.
                    for number in 0..series(thread) {
                        let busy = BUSY_TOTAL { number: number + thread % 8 * 1_000 }.handle();
                        (0..4).for_each(|_| busy.inc());
                    }
                    barrier.wait();
                    barrier.wait();
                };
                thread::Builder::new().stack_size(256 << 10).spawn_scoped(scope, work).unwrap();
            }
            barrier.wait();
            let more = ALLOCATED.load(Ordering::Relaxed).saturating_sub(before);
            barrier.wait();
            assert!(
                more <= HUNDREDS as usize * OWN,
                "round {round}: {} KiB a thread",
                (more / HUNDREDS as usize) >> 10
            );
        });
    }
    let busy: f64 = (0..11_200).filter_map(|number| BUSY_TOTAL.get(BUSY_TOTAL { number })).sum();
    assert_eq!(busy, f64::from((0..HUNDREDS).map(series).sum::<u32>() * 2 * 4));
}

/// Lets so many threads observe so many series, and returns how much memory that took while they lived.
fn memory_of_quantiles(threads: usize, series: u32, observe: impl Fn(u32, f64) + Sync) -> usize {
    let before = ALLOCATED.load(Ordering::Relaxed);
    let barrier = std::sync::Barrier::new(threads + 1);
    thread::scope(|scope| {
        let observing = || {
            for number in 0..series {
                // Four octaves.
                (0..100).for_each(|step| observe(number, [0.1, 0.2, 0.4, 0.7][step % 4]));
            }
            barrier.wait();
            barrier.wait();
        };
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(observing)).collect();
        barrier.wait();
        let more = ALLOCATED.load(Ordering::Relaxed).saturating_sub(before);
        barrier.wait();
        // A scope does not wait for what threads do at their very end: they give back what they had.
        for thread in threads {
            thread.join().unwrap();
        }
        more
    })
}

#[test]
fn quantiles_take_little_memory_a_thread_and_hand_it_on() {
    const KIB: usize = 1 << 10;
    /// Of one thread and series.
    const TRACK: usize = KIB + 4 * 2 * KIB;
    const SHARED: usize = 12 * KIB;
    let _alone = ALONE.lock();
    let few = || memory_of_quantiles(16, 8, |number, value| FEW_SECONDS { number }.observe(value));
    let first = few();
    assert!(first <= 16 * 8 * TRACK + 8 * SHARED + MIB / 2, "{} KiB", first / KIB);
    let second = few();
    assert!(second <= MIB / 4, "{} KiB more", second / KIB);

    // A thread has 256 tracks at most, and 16 once there are plenty.
    let many = memory_of_quantiles(24, 400, |number, value| MANY_SECONDS { number }.observe(value));
    let tracks = 4096 + 24 * 16;
    assert!(many <= tracks * TRACK + 400 * SHARED + 2 * MIB, "{} KiB", many / KIB);
    for number in 0..400 {
        assert_eq!(MANY_SECONDS { number }.handle().count(), 2_400);
    }
}

#[tokio::test(flavor = "current_thread")]
#[allow(clippy::await_holding_lock, reason = "one test at a time, and each on a thread of its own")]
async fn a_scrape_needs_little_memory_however_many_series_there_are() {
    const MANY: u32 = 100_000;
    let _alone = ALONE.lock();
    let registry = Registry::new();
    let pages = Counter::builder("pages_total", "Pages.").labels(["number"]).max_series(MANY as usize);
    let pages = pages.register(&registry).unwrap();
    for number in 0..MANY {
        pages.with([number]).inc();
    }
    let scrape = Scrape::of([&registry]);
    let length = scrape.render().len();
    assert!(length > 2 * MIB, "{length}");
    // The library's own metrics about scrapes take their memory once.
    for _ in 0..8 {
        scrape.respond(Request::get("/?name[]=none").body(()).unwrap()).await;
    }
    for coding in ["identity", "gzip", "zstd"] {
        let before = ALLOCATED.load(Ordering::Relaxed);
        PEAK.store(before, Ordering::Relaxed);
        let request = Request::get("/metrics").header("accept-encoding", coding).body(()).unwrap();
        let mut body = scrape.respond(request).await.into_body();
        let mut received = 0;
        while let Some(frame) = body.frame().await {
            received += frame.unwrap().into_data().unwrap().len();
        }
        drop(body);
        assert!(if coding == "identity" { received == length } else { received < length / 4 });
        let more = PEAK.load(Ordering::Relaxed) - before;
        assert!(more <= MIB / 2, "{coding}: {more} bytes");
        let left = ALLOCATED.load(Ordering::Relaxed).saturating_sub(before);
        assert!(left < 1_024, "{coding}: {left} bytes are left");
    }
}
