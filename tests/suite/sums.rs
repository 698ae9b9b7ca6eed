//! Sums: what only grows never falls from one reading to the next, not by the last digit, as Prometheus takes any fall for a
//! reset (CL-2).

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use metrics_core::metrics;

metrics! {
    #![prefix = "sums_"]

    /// Parts.
    static PARTS_TOTAL: Counter<part: u64>;

    /// Sizes.
    #[metric(buckets = [0.1, 1, 10], allow(unit))]
    static SIZES: Histogram<part: u64>;

    /// Seconds.
    static TIMES_SECONDS: Histogram<part: u64>;

    /// Sizes.
    #[metric(allow(unit))]
    static PLAIN_SIZES: Summary<part: u64>;

    /// Sizes.
    #[metric(quantiles = [0.5 => 0.05], allow(unit))]
    static LATE_SIZES: Summary<part: u64>;

    /// Sizes.
    #[metric(allow(unit))]
    static NATIVE_SIZES: NativeHistogram<part: u64>;
}

const PARTS: u64 = 40;
const THREADS: u64 = 5;

/// Values whose sums are rounded, of sizes that are far apart.
fn value(thread: u64, part: u64, step: u64) -> f64 {
    let scale = [1e-3, 1.0, 100.0, 1e6][((thread * 7 + part) % 4) as usize];
    scale * (step + 1) as f64 / (3 + part % 5) as f64
}

fn write(thread: u64) {
    for part in 0..PARTS {
        for step in 0..20 + thread {
            let value = value(thread, part, step);
            PARTS_TOTAL { part }.inc_by(value);
            SIZES { part }.observe(value);
            drop(TIMES_SECONDS { part }.start_timer());
            PLAIN_SIZES { part }.observe(value);
            LATE_SIZES { part }.observe(value);
            // In one page, whose sum is all there is.
            NATIVE_SIZES { part }.observe(1.0 + value / (1.0 + value));
        }
    }
}

/// All sums there are.
fn sums() -> Vec<f64> {
    let of = |part| {
        [
            PARTS_TOTAL { part }.handle().get(),
            SIZES { part }.handle().sum(),
            TIMES_SECONDS { part }.handle().sum(),
            PLAIN_SIZES { part }.handle().sum(),
            LATE_SIZES { part }.handle().sum(),
            NATIVE_SIZES { part }.handle().sum(),
        ]
    };
    (0..PARTS).flat_map(of).collect()
}

/// The sums of all scrapes so far, none of which is less than the one before.
struct Watch(Vec<f64>);

impl Watch {
    fn look(&mut self) {
        let now = sums();
        let fell = self.0.iter().zip(&now).filter(|(last, now)| now < last).count();
        let first = self.0.iter().zip(&now).find(|(last, now)| now < last);
        assert_eq!(fell, 0, "of {} sums; the first: {first:?}", now.len());
        self.0 = now;
    }
}

/// A thread that has written and lives on until its sender is dropped.
fn idle(thread: u64) -> (Sender<()>, JoinHandle<()>) {
    let (end, ends): (_, Receiver<()>) = channel();
    let (written, is_written) = channel();
    let handle = thread::spawn(move || {
        write(thread);
        written.send(()).unwrap();
        let _ = ends.recv();
    });
    is_written.recv().unwrap();
    (end, handle)
}

/// Nothing is recorded while threads end, in either order, so nothing changes.
#[test]
fn a_sum_does_not_fall_when_threads_end() {
    let mut watch = Watch(sums());
    for last_first in [true, false, true] {
        let mut threads: Vec<_> = (0..THREADS).map(idle).collect();
        if last_first {
            threads.reverse();
        }
        watch.look();
        for (end, thread) in threads {
            drop(end);
            thread.join().unwrap();
            let before = watch.0.clone();
            watch.look();
            assert_eq!(before, watch.0, "nothing was recorded");
        }
    }
}
