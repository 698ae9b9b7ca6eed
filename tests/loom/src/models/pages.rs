//! The pages of a native histogram, while they are made, become coarser and are begun anew.

use std::time::Duration;

use loom::thread;

use super::check_within;
use crate::descriptor::Native;
use crate::native::{Histogram, Writer};

/// So many involuntary switches of threads: an observation that makes a page has too many steps for one more.
const SWITCHES: usize = 2;

/// Buckets that double, one of which is enough.
const ONE_BUCKET: Native =
    Native { factor: 2.0, max_buckets: 1, min_reset: Duration::ZERO, ..Native::DEFAULT };

/// Two threads hit a page for the first time at once: it is made once, and holds what both counted.
#[test]
fn a_page_that_two_threads_hit_first_counts_for_both() {
    check_within(SWITCHES, || {
        let histogram = Histogram::new(&ONE_BUCKET);
        let other = thread::spawn({
            let histogram = histogram.clone();
            move || histogram.observe(&Writer::default(), 1.5, 0.0)
        });
        histogram.observe(&Writer::default(), 1.5, 0.0);
        other.join().unwrap();
        let snapshot = histogram.snapshot();
        assert_eq!((snapshot.count, snapshot.sum), (2, 3.0));
        assert_eq!(snapshot.positive.len(), 1);
    });
}

/// A histogram whose first bucket two threads know already, and one of them.
fn histogram(native: &Native) -> (Histogram, Writer, Writer) {
    let (histogram, writers) = (Histogram::new(native), [Writer::default(), Writer::default()]);
    for writer in &writers {
        histogram.observe(writer, 1.5, 0.0);
    }
    let [one, other] = writers;
    (histogram, one, other)
}

/// One thread makes the buckets wider while another goes on with what it knows: nothing is lost, and all fits one bucket.
#[test]
fn a_resolution_that_becomes_coarser_loses_nothing() {
    check_within(SWITCHES, || {
        let (histogram, one, other) = histogram(&ONE_BUCKET);
        let other = thread::spawn({
            let histogram = histogram.clone();
            move || (0..2).for_each(|_| histogram.observe(&other, 1.5, 0.0))
        });
        histogram.observe(&one, 3.0, 0.0);
        let before = histogram.snapshot();
        other.join().unwrap();
        let after = histogram.snapshot();
        assert!((3..=5).contains(&before.count) && before.schema == -1, "{before:?}");
        assert_eq!((after.count, after.sum, after.positive.len()), (5, 9.0, 1));
    });
}

/// A scrape reads while a thread makes the buckets wider: each value is seen before or after, once, with its part of the
/// sum.
#[test]
fn a_scrape_of_a_resolution_that_becomes_coarser_sees_each_value_once() {
    check_within(SWITCHES, || {
        let (histogram, one, _other) = histogram(&ONE_BUCKET);
        let scrape = thread::spawn({
            let histogram = histogram.clone();
            move || (histogram.snapshot(), histogram.snapshot())
        });
        histogram.observe(&one, 3.0, 0.0);
        let (first, second) = scrape.join().unwrap();
        assert!(first.count <= second.count && second.count <= 3 && first.count >= 2, "{first:?} {second:?}");
        for told in [first, second] {
            // A suspended writer's sum may be ahead.
            let ahead = told.sum - 3.0 * (told.count - 1) as f64;
            assert!(ahead == 0.0 || ahead == 3.0, "{told:?}");
        }
    });
}

/// A scrape begins the series anew while a thread observes: what the thread still writes to the old page, as it has not
/// learnt of the new era, is told as what came late.
#[test]
fn what_comes_late_to_an_old_page_is_told() {
    check_within(SWITCHES, || {
        let native = Native { min_reset: Duration::from_secs(1), ..ONE_BUCKET };
        let (histogram, one, other) = histogram(&native);
        // Too many buckets, but too young.
        histogram.observe(&one, 3.0, 0.5);
        let writer = thread::spawn({
            let histogram = histogram.clone();
            move || (0..2).for_each(|_| histogram.observe(&other, 1.5, 2.0))
        });
        // Exactly what is told is left out from then on.
        let told = histogram.tell(2.0);
        writer.join().unwrap();
        let after = histogram.snapshot();
        assert_eq!(told.count + after.count, 5, "{told:?} {after:?}");
        assert_eq!(told.sum + after.sum, 9.0);
        // What came late came to a wider bucket.
        assert!(after.begun_anew.is_some() && (after.schema == 0 || after.count > 0), "{after:?}");
    });
}
