//! Handles: found once, cheap to keep, harmless when they outlive their series.

use metrics_core::metrics;

use crate::scrape::scraped;

metrics! {
    /// Things.
    static HANDLES_THINGS_TOTAL: Counter<a, b>;
}

/// CL-27: a series that was found is kept.
#[test]
fn a_handle_writes_its_series() {
    let handle = HANDLES_THINGS_TOTAL { a: "x", b: 1 }.handle();
    handle.inc();
    let copy = handle;
    std::thread::spawn(move || copy.inc_by(2)).join().unwrap();
    assert_eq!(handle.get(), 3.0);
    assert_eq!(scraped("handles_things_total{a=\"x\",b=\"1\"}"), Some(3.0));
}

#[test]
fn a_removed_series_is_gone_and_its_handle_writes_nowhere() {
    let labels = || HANDLES_THINGS_TOTAL { a: "gone", b: "g" };
    let handle = labels().handle();
    handle.inc();
    assert!(labels().remove());
    assert!(!labels().remove());
    handle.inc();
    assert_eq!(handle.get(), 0.0);
    assert_eq!(HANDLES_THINGS_TOTAL.get(labels()), None);
    assert_eq!(scraped("handles_things_total{a=\"gone\",b=\"g\"}"), None);

    labels().inc();
    assert_eq!(HANDLES_THINGS_TOTAL.get(labels()), Some(1.0), "a new life starts at 0");
    handle.inc();
    assert_eq!(HANDLES_THINGS_TOTAL.get(labels()), Some(1.0), "the old handle does not reach it");
}

/// CL-27: `remove` and `clear`.
#[test]
fn series_are_removed_by_some_of_their_labels() {
    metrics! {
        /// Sessions.
        static HANDLES_SESSIONS: Gauge<tenant, shard>;
    }
    for tenant in ["a", "b"] {
        for shard in 0..3 {
            HANDLES_SESSIONS { tenant, shard }.set(1);
        }
    }
    assert_eq!(HANDLES_SESSIONS.remove_matching([("tenant", "a")]), 3);
    assert_eq!(HANDLES_SESSIONS.remove_matching([("tenant", "b"), ("shard", "1")]), 1);
    assert_eq!(HANDLES_SESSIONS.remove_matching([("tenannt", "b")]), 0);
    assert_eq!(HANDLES_SESSIONS.get(HANDLES_SESSIONS { tenant: "b", shard: 0 }), Some(1.0));
    assert_eq!(HANDLES_SESSIONS.get(HANDLES_SESSIONS { tenant: "b", shard: 1 }), None);
    HANDLES_SESSIONS.clear();
    assert_eq!(HANDLES_SESSIONS.get(HANDLES_SESSIONS { tenant: "b", shard: 0 }), None);
}

#[test]
fn two_series_in_one_statement_do_not_block_each_other() {
    let (one, other) = (HANDLES_THINGS_TOTAL { a: "1", b: "2" }, HANDLES_THINGS_TOTAL { a: "2", b: "1" });
    one.inc_by(other.handle().get() as u64 + 1);
    assert_eq!(HANDLES_THINGS_TOTAL.get(one), Some(1.0));
}
