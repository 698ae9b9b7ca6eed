//! The models, one a promise.

mod pages;
mod window;

use loom::thread;

use crate::cell::words::{counter, distribution, gauge};
use crate::cell::{Model, SeriesId};
use crate::family::{Books, Key, Lookup};
use crate::sync::Arc;

/// A few involuntary switches of threads reach every bug that was ever put in on purpose; all of them would take hours.
fn check(model: impl Fn() + Sync + Send + 'static) {
    check_within(3, model);
}

/// The same with so many switches.
fn check_within(switches: usize, model: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(switches);
    builder.check(model);
}

fn counted(model: &Model, id: SeriesId) -> Option<u64> {
    let mut sum = counter::Sum::default();
    model.read(id, |block| sum.add(block)).then_some(sum.whole)
}

/// Fold against write and scrape: what a thread counted is seen once, before its end or after it, and never less than
/// before.
#[test]
fn a_threads_end_loses_and_doubles_nothing() {
    check(|| {
        let model = Model::new(4);
        let id = model.create(counter::LAYOUT);
        let writer = thread::spawn({
            let own = model.thread();
            move || {
                own.write(id, |own| counter::add_whole(own, 1));
                own.write(id, |own| counter::add_whole(own, 1));
            }
        });
        let first = counted(&model, id).unwrap();
        let second = counted(&model, id).unwrap();
        assert!(first <= second && second <= 2);
        writer.join().unwrap();
        assert_eq!(counted(&model, id), Some(2));
    });
}

/// Two threads touch a series for the first time at once.
#[test]
fn first_touches_do_not_disturb_each_other() {
    check(|| {
        let model = Model::new(4);
        let id = model.create(counter::LAYOUT);
        let threads = [1, 2].map(|amount| {
            let own = model.thread();
            thread::spawn(move || own.write(id, |own| counter::add_whole(own, amount)))
        });
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(counted(&model, id), Some(3));
    });
}

/// Removal against a cached word: a straggler's writes never reach the series that took the place.
#[test]
fn a_removed_series_and_its_successor_are_never_mixed_up() {
    check(|| {
        let model = Model::new(4);
        let old = model.create(counter::LAYOUT);
        let straggler = model.thread();
        straggler.write(old, |own| counter::add_whole(own, 5));
        let straggler = thread::spawn(move || {
            straggler.write(old, |own| counter::add_whole(own, 7));
            straggler.write(old, |own| counter::add_whole(own, 11));
        });
        model.remove(old);
        let new = model.create(counter::LAYOUT);
        assert_ne!(old, new);
        let own = model.thread();
        own.write(new, |own| counter::add_whole(own, 1));
        assert_eq!(counted(&model, new), Some(1));
        assert_eq!(counted(&model, old), None);
        straggler.join().unwrap();
        drop(own);
        assert_eq!(counted(&model, new), Some(1));
    });
}

fn gauged(model: &Model, id: SeriesId) -> f64 {
    let mut sum = gauge::Sum::default();
    assert!(model.read(id, |block| sum.add(block)));
    sum.value()
}

/// `set` against `inc`: an `inc` comes before or after a `set`, never half of it, and never counts twice.
#[test]
fn a_set_and_steps_of_another_thread_have_an_order() {
    check(|| {
        let model = Model::new(4);
        let id = model.create(gauge::LAYOUT);
        let (own, base) = (model.thread(), model.base(id));
        own.write(id, |own| gauge::add_whole(own, base, 1));
        let writer = thread::spawn(move || {
            own.write(id, |own| gauge::add_whole(own, base, 2));
            own.write(id, |own| gauge::add_whole(own, base, 4));
        });
        model.write_base(id, |base| gauge::set(base, 10.0));
        // The first step came before the set; the others come before or after it, in their order.
        assert!([10.0, 12.0, 14.0, 16.0].contains(&gauged(&model, id)));
        writer.join().unwrap();
        assert!([10.0, 14.0, 16.0].contains(&gauged(&model, id)));
        model.write_base(id, |base| gauge::set(base, 3.0));
        assert!((gauged(&model, id) - 3.0).abs() < f64::EPSILON, "a set is exact when read back");
    });
}

/// A scrape never sees a count without its sum; a sum may be ahead by the one observation of a suspended writer.
#[test]
fn an_observation_is_seen_whole() {
    check(|| {
        let model = Model::new(8);
        let id = model.create(distribution::layout(2));
        let writer = thread::spawn({
            let own = model.thread();
            move || {
                own.write(id, |own| distribution::record(own, 0, 1.0));
                own.write(id, |own| distribution::record(own, 1, 1.0));
            }
        });
        let observed = || {
            let (mut count, mut sum) = (0, distribution::Sum::default());
            model.read(id, |block| {
                let mut counts = [0; 2];
                sum.add(block, &mut counts);
                count += counts.iter().sum::<u64>();
            });
            sum.value() - count as f64
        };
        let ahead = observed();
        assert!((0.0..=1.0).contains(&ahead), "{ahead}");
        writer.join().unwrap();
        assert!(observed().abs() < f64::EPSILON);
    });
}

/// A thread gets words of its own while a scrape runs: what it wrote into the base before is not lost or seen twice.
#[test]
fn promotion_loses_and_doubles_nothing() {
    check(|| {
        let model = Model::new(4);
        let id = model.create(counter::LAYOUT);
        let writer = thread::spawn({
            let own = model.thread();
            move || {
                own.touch(id, |base| counter::add_whole(base, 1));
                own.write(id, |own| counter::add_whole(own, 1));
                own.write(id, |own| counter::add_whole(own, 1));
            }
        });
        let first = counted(&model, id).unwrap();
        let second = counted(&model, id).unwrap();
        assert!(first <= second && second <= 3);
        writer.join().unwrap();
        assert_eq!(counted(&model, id), Some(3));
    });
}

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// What belongs to `value`: a tag, and its complement to know it by.
fn found(lookup: &Lookup<2>, value: &str) -> Option<u64> {
    let head = lookup.find_first(&Key::new(SEED, &[value]))?;
    assert_eq!(head[1], !head[0], "a head of two halves");
    Some(head[0])
}

/// Runs `write` on a look-up that knows "one" by the tag 1, while somebody looks for each of the values; at the end all
/// tags that `found` saw are checked by `is_right`.
///
/// The reader is the thread that is spawned: the checker goes back to a store when a load of another thread meets it, but
/// a load that came before is hidden by the writer's own.
fn look_while(
    write: impl Fn(&Lookup<2>, &mut Books) + Copy + Send + Sync + 'static,
    value: &'static str,
    is_right: impl Fn(Option<u64>) -> bool + Copy + Send + Sync + 'static,
) {
    check(move || {
        let (lookup, mut books) = (Arc::new(Lookup::<2>::new()), Books::default());
        lookup.insert(&mut books, &Key::new(SEED, &["one"]), [1, !1]);
        let reader = thread::spawn({
            let lookup = Arc::clone(&lookup);
            move || found(&lookup, value)
        });
        write(&lookup, &mut books);
        let found = reader.join().unwrap();
        assert!(is_right(found), "{value} led to {found:?}");
    });
}

/// A table grows, and its slots are moved, while somebody looks: what was there is found all the time.
#[test]
fn a_growing_table_hides_nothing() {
    check(|| {
        let (lookup, mut books) = (Arc::new(Lookup::<2>::new()), Books::default());
        insert(&lookup, &mut books, "one", 1);
        let reader = thread::spawn({
            let lookup = Arc::clone(&lookup);
            move || lookup.find(&Key::new(SEED, &["one"]))
        });
        // The smallest table has room for one.
        insert(&lookup, &mut books, "two", 2);
        assert_eq!(reader.join().unwrap(), Some([1, !1]));
        assert_eq!((found(&lookup, "one"), found(&lookup, "two")), (Some(1), Some(2)));
    });
}

fn insert(lookup: &Lookup<2>, books: &mut Books, value: &str, tag: u64) {
    lookup.insert(books, &Key::new(SEED, &[value]), [tag, !tag]);
}

fn remove(lookup: &Lookup<2>, books: &mut Books, value: &str) {
    lookup.remove(books, &Key::new(SEED, &[value]));
}

/// A record is given to another series, and its slot moved, while somebody looks: he finds the right one or none.
#[test]
fn a_look_up_finds_the_right_one_or_none() {
    let write = |lookup: &Lookup<2>, books: &mut Books| {
        remove(lookup, books, "one");
        insert(lookup, books, "two", 2);
    };
    look_while(write, "one", |found| matches!(found, None | Some(1)));
    look_while(write, "two", |found| matches!(found, None | Some(2)));
}

/// The record of one series becomes another's and then its own again: whoever compared it meanwhile is not told the tag
/// of the other one.
#[test]
fn a_record_that_comes_back_is_not_mixed_up() {
    look_while(
        |lookup, books| {
            remove(lookup, books, "one");
            insert(lookup, books, "two", 2);
            remove(lookup, books, "two");
            insert(lookup, books, "one", 3);
        },
        "one",
        |found| matches!(found, None | Some(1 | 3)),
    );
}

/// What is found is replaced meanwhile: one or the other is found, whole.
#[test]
fn a_replaced_head_is_seen_whole() {
    let write = |lookup: &Lookup<2>, books: &mut Books| insert(lookup, books, "one", 3);
    look_while(write, "one", |found| matches!(found, None | Some(1 | 3)));
}
