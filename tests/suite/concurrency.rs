//! Threads: nothing recorded is lost, not at a thread's end, not during a scrape.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use metrics_core::metrics;

use crate::scrape::{sample, scraped};

/// CL-2, CL-30, O-60: from any thread, and neither waits for the other.
#[test]
fn sums_are_exact_over_threads_that_come_and_go_while_scrapes_run() {
    metrics! {
        /// Work.
        static CONCURRENCY_WORK_TOTAL: Counter<kind>;
        /// Level.
        static CONCURRENCY_LEVEL: Gauge;
        /// Seconds.
        static CONCURRENCY_SECONDS: Histogram<kind>;
    }
    const WAVES: u64 = 20;
    const THREADS: u64 = 8;
    const STEPS: u64 = 2_000;
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut last = 0.0;
            while !done.load(Ordering::Relaxed) {
                let text = metrics_core::render();
                let now = sample(&text, "concurrency_work_total{kind=\"a\"}").unwrap_or(0.0);
                assert!(now >= last, "a counter never goes back: {last} then {now}");
                last = now;
                let count = sample(&text, "concurrency_seconds_count{kind=\"a\"}");
                let all = sample(&text, "concurrency_seconds_bucket{kind=\"a\",le=\"+Inf\"}");
                assert_eq!(count, all);
            }
        });
        for _ in 0..WAVES {
            thread::scope(|wave| {
                for _ in 0..THREADS {
                    wave.spawn(|| {
                        for _ in 0..STEPS {
                            CONCURRENCY_WORK_TOTAL { kind: "a" }.inc();
                            CONCURRENCY_LEVEL.inc_by(3);
                            CONCURRENCY_LEVEL.dec();
                            CONCURRENCY_SECONDS { kind: "a" }.observe(0.5);
                        }
                    });
                }
            });
        }
        done.store(true, Ordering::Relaxed);
    });
    let total = (WAVES * THREADS * STEPS) as f64;
    assert_eq!(scraped("concurrency_work_total{kind=\"a\"}"), Some(total));
    assert_eq!(scraped("concurrency_level"), Some(2.0 * total));
    assert_eq!(scraped("concurrency_seconds_count{kind=\"a\"}"), Some(total));
    assert_eq!(scraped("concurrency_seconds_sum{kind=\"a\"}"), Some(0.5 * total));
}

#[test]
fn what_a_thread_local_writes_in_its_destructor_counts() {
    metrics! {
        /// Farewells.
        static CONCURRENCY_FAREWELLS_TOTAL: Counter;
    }
    struct Farewell;
    impl Drop for Farewell {
        fn drop(&mut self) {
            CONCURRENCY_FAREWELLS_TOTAL.inc();
        }
    }
    thread_local! {
        static BEFORE: Farewell = const { Farewell };
        static AFTER: Farewell = const { Farewell };
    }
    for _ in 0..50 {
        let thread = thread::spawn(|| {
            // One is registered before the thread touches a metric, one after.
            BEFORE.with(|_| ());
            CONCURRENCY_FAREWELLS_TOTAL.inc();
            AFTER.with(|_| ());
        });
        thread.join().unwrap();
    }
    assert_eq!(CONCURRENCY_FAREWELLS_TOTAL.get(), 150.0);
}

#[test]
fn set_is_exact_whatever_other_threads_added_before() {
    metrics! {
        /// Level.
        static CONCURRENCY_SET: Gauge;
    }
    thread::spawn(|| CONCURRENCY_SET.inc_by(5)).join().unwrap();
    thread::scope(|scope| {
        scope.spawn(|| CONCURRENCY_SET.inc());
        scope.spawn(|| CONCURRENCY_SET.inc_by(0.5));
    });
    assert_eq!(CONCURRENCY_SET.get(), 6.5);
    CONCURRENCY_SET.set(10);
    assert_eq!(CONCURRENCY_SET.get(), 10.0);
    thread::spawn(|| CONCURRENCY_SET.dec()).join().unwrap();
    assert_eq!(CONCURRENCY_SET.get(), 9.0);
}

#[test]
fn removed_and_recreated_series_are_never_mixed_up() {
    metrics! {
        /// Lives.
        static CONCURRENCY_LIVES_TOTAL: Counter<life>;
    }
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        // A straggler writes through handles whose series are gone.
        scope.spawn(|| {
            let mut handles = Vec::new();
            while !done.load(Ordering::Relaxed) {
                handles.push(CONCURRENCY_LIVES_TOTAL { life: "straggler" }.handle());
                handles.iter().rev().take(50).for_each(|handle| handle.inc());
                CONCURRENCY_LIVES_TOTAL { life: "straggler" }.remove();
            }
        });
        for life in 0..3_000 {
            let labels = || CONCURRENCY_LIVES_TOTAL { life };
            labels().inc_by(600);
            assert_eq!(CONCURRENCY_LIVES_TOTAL.get(labels()), Some(600.0));
            assert!(labels().remove());
        }
        done.store(true, Ordering::Relaxed);
    });
}
