//! How a native histogram begins anew, at times that the tests choose.

use std::time::Duration;

use super::*;
use crate::cell::Tenant;
use crate::cell::words::distribution;
use crate::sync::Arc;

const MINUTE: f64 = 60.0;

/// A series with at most four buckets that begins anew after ten minutes, and when it was begun.
fn series() -> (SeriesId, f64) {
    let tenant = Tenant { layout: words::LAYOUT, faults: Arc::default() };
    let id = cell::create(&Arc::new(tenant));
    let min_reset = Duration::from_mins(10);
    begin(id, &Native { factor: 1.2, max_buckets: 4, min_reset, ..Native::DEFAULT });
    (id, clock::uptime())
}

fn write((page, place): (SeriesId, usize), value: f64) {
    cell::write(page, |own, _| distribution::record(own, place, value));
}

fn observe(id: SeriesId, values: &[f64]) {
    for value in values {
        write(find(id, *value).unwrap(), *value);
    }
}

/// Schema, count and sum.
fn told(id: SeriesId, now: f64) -> (i8, u64, f64) {
    let (snapshot, _) = of(id).unwrap().tell(now).into_parts();
    (snapshot.schema, snapshot.count, snapshot.sum)
}

/// The first step: an old series begins anew at once, and keeps what triggered it.
#[test]
fn an_old_series_with_too_many_buckets_begins_anew() {
    let (id, since) = series();
    observe(id, &[0.0, 1.0, 1.25, 1.5, 2.0]);
    assert!(!of(id).unwrap().limit(since + 11.0 * MINUTE), "four are not too many");
    observe(id, &[4.0]);
    assert!(of(id).unwrap().limit(since + 11.0 * MINUTE));
    assert_eq!(told(id, since + 11.0 * MINUTE), (2, 0, 0.0));
    observe(id, &[4.0]);
    assert_eq!(told(id, since + 11.0 * MINUTE), (2, 1, 4.0));
    assert!(snapshot(id).unwrap().0.begun_anew.is_some());
    observe(id, &[1.0, 1.25, 1.5, 2.0]);
    assert!(!of(id).unwrap().limit(since + 12.0 * MINUTE), "its age counts from then on");
    end(id);
}

/// A young one becomes coarser, and begins anew as soon as it is old enough and somebody has seen what there was.
#[test]
fn a_young_series_begins_anew_later() {
    let (id, since) = series();
    observe(id, &[0.0, 1.0, 1.25, 1.5, 2.0, 4.0]);
    assert!(!of(id).unwrap().limit(since + MINUTE));
    assert_eq!(told(id, since + 9.0 * MINUTE), (1, 6, 9.75));
    assert_eq!(snapshot(id).unwrap().0.begun_anew, None, "it is coarser, but counts on");
    observe(id, &[1.0]);
    assert_eq!(told(id, since + 11.0 * MINUTE), (1, 7, 10.75), "nothing is left out");
    assert_eq!(told(id, since + 11.0 * MINUTE), (2, 0, 0.0));
    assert_eq!(told(id, since + 30.0 * MINUTE), (2, 0, 0.0));
    end(id);
}

#[test]
fn what_was_on_its_way_when_a_series_began_anew_is_told_once() {
    let (id, since) = series();
    observe(id, &[1.0, 1.25, 1.5, 2.0, 4.0]);
    let late = find(id, 1.0).unwrap();
    of(id).unwrap().limit(since + MINUTE);
    assert_eq!(told(id, since + 11.0 * MINUTE).1, 5);
    write(late, 1.0);
    assert_eq!(told(id, since + 12.0 * MINUTE), (2, 1, 1.0));
    observe(id, &[1.0]);
    assert_eq!(told(id, since + 13.0 * MINUTE), (2, 2, 2.0));
    end(id);
    assert!(of(id).is_none() && find(id, 1.0).is_none());
}

/// A page that is retired may have wider buckets than those of now: what comes to it then is told as wide as it is.
#[test]
fn what_comes_late_to_wide_buckets_makes_all_wide() {
    let (id, since) = series();
    observe(id, &[1.0, 1.25, 1.5, 2.0, 4.0]);
    of(id).unwrap().limit(since + MINUTE);
    let late = find(id, 1.0).unwrap();
    assert_eq!(told(id, since + 11.0 * MINUTE), (1, 5, 9.75));
    assert_eq!(told(id, since + 11.0 * MINUTE), (2, 0, 0.0));
    write(late, 1.0);
    observe(id, &[1.25]);
    assert_eq!(told(id, since + 12.0 * MINUTE), (1, 2, 2.25));
    assert_eq!(snapshot(id).unwrap().0.positive, [(0, 1), (1, 1)]);
    end(id);
}
