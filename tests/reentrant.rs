//! An allocator may count its allocations with the library's own metrics: nothing waits for itself, and nothing that
//! could not be counted is lost in silence.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use metrics_core::{Gauge, Registry, counted, metrics};

metrics! {
    /// Allocations.
    static ALLOCATIONS_TOTAL: Counter;
    /// Allocations by size.
    static ALLOCATIONS_BY_SIZE_TOTAL: Counter<bits>;
    /// Some allocations by number.
    #[metric(max_series = 100_000)]
    static ALLOCATIONS_BY_NUMBER_TOTAL: Counter<number: u64>;
    /// Allocations by whether they are large.
    static ALLOCATIONS_LARGE_TOTAL: Counter<large: bool>;
    /// Bytes allocated.
    static ALLOCATED_BYTES: Gauge;
    /// The last size.
    static LAST_ALLOCATION_BYTES: Gauge;
    /// Bytes an allocation has.
    #[metric(buckets = exponential(16, 4, 8))]
    static ALLOCATION_SIZE_BYTES: Histogram;
    /// Bytes an allocation has, finely.
    static ALLOCATION_NATIVE_BYTES: NativeHistogram;
    /// Bytes an allocation lately had.
    #[metric(quantiles = [0.5 => 0.05], max_age = "20ms")]
    static LATE_ALLOCATION_SIZE_BYTES: Summary;
    /// A counter that is told what it can't be.
    static IMPOSSIBLE_TOTAL: Counter;
    /// What it lately did.
    static LAST_LARGE: StateSet<bool>;
    /// Work, which allocates.
    static WORK_TOTAL: Counter<number>;
}

/// The system's allocator, which tells the metrics about everything.
struct Counting;

thread_local! {
    static TRUTH: Cell<u64> = const { Cell::new(0) };
    /// What the metrics allocate when they are told of an allocation is not told: there would be no end.
    static TELLING: Cell<bool> = const { Cell::new(false) };
}

/// Whether what can't be counted exactly is told, too.
static EVERYTHING: AtomicBool = AtomicBool::new(false);
/// How often a counter or histogram was told something until then.
static TOLD: AtomicU64 = AtomicU64::new(0);

fn tell(size: usize) {
    if TELLING.replace(true) {
        return;
    }
    TRUTH.set(TRUTH.get() + 1);
    if EVERYTHING.load(Ordering::Relaxed) {
        tell_more(size);
    } else {
        let number = TRUTH.get();
        TOLD.fetch_add(if number.is_multiple_of(11) { 6 } else { 5 }, Ordering::Relaxed);
    }
    ALLOCATIONS_TOTAL.inc();
    ALLOCATIONS_BY_SIZE_TOTAL { bits: size.ilog2() }.inc();
    // Now and then a new series, so that every place that allocates meets one that is made.
    let number = TRUTH.get();
    if number.is_multiple_of(11) {
        ALLOCATIONS_BY_NUMBER_TOTAL { number }.inc();
    }
    ALLOCATIONS_LARGE_TOTAL { large: size > 1_000 }.inc();
    ALLOCATION_SIZE_BYTES.observe(size as f64);
    // A bucket that this thread had not hit before makes it look after the limit on them.
    ALLOCATION_NATIVE_BYTES.observe((number % 997) as f64);
    TELLING.set(false);
}

fn tell_more(size: usize) {
    ALLOCATED_BYTES.inc_by(size);
    LAST_ALLOCATION_BYTES.set(size);
    LATE_ALLOCATION_SIZE_BYTES.observe(size as f64);
    IMPOSSIBLE_TOTAL.inc_by(-1.0);
    ALLOCATION_SIZE_BYTES.observe(f64::NAN);
    LAST_LARGE.set(size > 1_000);
    std::hint::black_box((
        ALLOCATIONS_TOTAL.get(),
        ALLOCATED_BYTES.get(),
        ALLOCATION_SIZE_BYTES.handle().sum(),
    ));
    std::hint::black_box(ALLOCATIONS_BY_SIZE_TOTAL.get(ALLOCATIONS_BY_SIZE_TOTAL { bits: 1 }));
    if TRUTH.get().is_multiple_of(1_000) {
        ALLOCATIONS_BY_SIZE_TOTAL { bits: size.ilog2() }.remove();
    }
}

// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        tell(layout.size().max(1));
        // SAFETY: the caller keeps the promises of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the promises of `dealloc`.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[counted(labels { kind })]
fn work(kind: &str) -> String {
    kind.to_uppercase()
}

/// Everything that takes locks and allocates.
fn everything() {
    for number in 0..3_000_u32 {
        WORK_TOTAL { number }.inc();
        work(&format!("kind {}", number % 50));
        if number.is_multiple_of(7) {
            WORK_TOTAL { number }.remove();
        }
    }
    let registry = Registry::new();
    let gauge = Gauge::builder("built_at_run_time", "Built.").labels(["a"]).register(&registry).unwrap();
    gauge.with(["x".repeat(40)]).set(1);
    for _ in 0..20 {
        assert!(registry.render().len() + metrics_core::render().len() > 1_000);
    }
}

/// What was told and what was dropped is all there was.
fn what_was_not_counted_is_told() {
    let threads: Vec<_> = (0..4).map(|_| thread::spawn(everything)).collect();
    for thread in threads {
        thread.join().unwrap();
    }
    // From here on, this thread tells nothing of what it allocates, and there is no other.
    TELLING.set(true);
    let scrape = metrics_core::render();
    let of = |name: &str| -> u64 {
        let lines = scrape.lines().filter(|line| line.split(['{', ' ']).next() == Some(name));
        lines.map(|line| line.rsplit(' ').next().unwrap().parse::<f64>().unwrap() as u64).sum()
    };
    let counted: u64 = [
        "allocations_total",
        "allocations_by_size_total",
        "allocations_by_number_total",
        "allocations_large_total",
        "allocation_size_bytes_count",
        "allocation_native_bytes_count",
    ]
    .map(of)
    .into_iter()
    .sum();
    let dropped = of("metrics_core_reentrant_writes_total");
    assert!(dropped > 0);
    assert_eq!(counted + dropped, TOLD.load(Ordering::Relaxed), "{dropped} were dropped");
    TELLING.set(false);
}

#[test]
fn an_allocator_that_counts_waits_for_nothing() {
    what_was_not_counted_is_told();
    EVERYTHING.store(true, Ordering::Relaxed);
    let (done, end) = mpsc::channel();
    thread::spawn(move || {
        let threads: Vec<_> = (0..4).map(|_| thread::spawn(everything)).collect();
        for thread in threads {
            thread.join().unwrap();
        }
        everything();
        done.send(()).unwrap();
    });
    end.recv_timeout(Duration::from_mins(2)).expect("somebody waits for himself");

    let dropped = "\nmetrics_core_reentrant_writes_total ";
    assert!(metrics_core::render().contains(dropped), "what met a lock of its own thread is told");

    // Once a thread has its words, it counts all there is.
    (0..100).for_each(|_| drop(Box::new(1_u8)));
    let (truth, told) = (TRUTH.get(), ALLOCATIONS_TOTAL.get());
    (0..1_000).for_each(|_| drop(std::hint::black_box(Box::new(1_u8))));
    assert_eq!(TRUTH.get() - truth, 1_000);
    assert!(ALLOCATIONS_TOTAL.get() - told >= 1_000.0);
}
