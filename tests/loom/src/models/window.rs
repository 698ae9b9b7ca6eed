//! What threads count of a window of time, while it moves on, somebody reads it, and they end.

use loom::thread;

use super::check;
use crate::cell::SeriesId;
use crate::sketch::{Sketch, Track};

const OWNER: SeriesId = SeriesId::from_bits(7);

/// A sketch, and a thread's track that has room for `1.0`.
fn sketch(slices: u32) -> (Sketch, Track) {
    let (sketch, track) = (Sketch::new(OWNER, slices), Track::new());
    sketch.join(track);
    sketch.observe(track, 0, 1.0);
    (sketch, track)
}

/// Slices begin while somebody reads: each value is seen once, in its own slice, and none is seen and then not.
#[test]
fn a_window_that_moves_on_loses_and_doubles_nothing() {
    check(|| {
        let (sketch, track) = sketch(3);
        let reader = thread::spawn({
            let sketch = sketch.clone();
            move || (sketch.count(3), sketch.count(3))
        });
        (0..4).for_each(|now| sketch.observe(track, now, 1.0));
        let (first, second) = reader.join().unwrap();
        assert!(first <= second && second <= 3, "{first}, then {second}");
        // What was observed at 0 is none of it.
        assert_eq!(sketch.count(3), 3);
    });
}

/// A thread ends while somebody reads: what it counted is seen before or after, once.
#[test]
fn what_an_ended_thread_counted_of_a_window_stays() {
    check(|| {
        let (sketch, track) = sketch(2);
        let reader = thread::spawn({
            let sketch = sketch.clone();
            move || (sketch.count(1), sketch.count(1))
        });
        (0..2).for_each(|now| sketch.observe(track, now, 1.0));
        sketch.leave(track);
        let (first, second) = reader.join().unwrap();
        assert!((1..=second).contains(&first) && second <= 3, "{first}, then {second}");
        assert_eq!(sketch.count(1), 3);
    });
}

/// A series is removed while a thread observes it, and its track is handed to the next one that the thread observes.
#[test]
fn a_track_that_is_handed_on_mixes_up_nothing() {
    check(|| {
        let (old, track) = sketch(1);
        let new = Sketch::new(SeriesId::from_bits(8), 1);
        let remover = thread::spawn({
            let old = old.clone();
            move || {
                assert!((1..=2).contains(&old.count(0)));
                old.end();
            }
        });
        old.observe(track, 0, 1.0);
        if track.is_nobodys() {
            new.join(track);
            new.observe(track, 0, 1.0);
            // A straggler.
            old.observe(track, 0, 1.0);
            new.observe(track, 0, 1.0);
            assert_eq!(new.count(0), 2);
        }
        remover.join().unwrap();
        assert_eq!(old.count(0), 0);
    });
}
