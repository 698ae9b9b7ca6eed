//! Quantiles of a window of time.
//!
//! Values are counted in the narrow buckets of [`octaves`](crate::octaves). What is bounded so is the *value*; the rank is
//! exact.
//!
//! A series has a sketch: [slices](slices::Slices) of time behind a lock. A thread that observes the series often has
//! a [track] beside its words, and counts there without a lock; which one, a word of its own says.

mod shared;
mod slices;
mod track;

use crate::cell::words::distribution;
use crate::cell::{self, Block, Layout, SeriesId};
use crate::clock::{self, Ticks};
use crate::descriptor::Window;
use crate::directory::HandedOn;
use crate::reentrant;
use crate::sync::Ordering::Relaxed;
use crate::sync::{AtomicU64, Mutex, is_holding, lock};

use shared::Shared;
use slices::{Slices, Span};
use track::Track;

/// What the threads share of a series. Never freed but handed on, so that words can name one by number.
type Sketch = Mutex<Shared>;

static SKETCHES: HandedOn<Sketch> = HandedOn::new();

static TRACKS: HandedOn<Box<Track>> = HandedOn::new();

/// Where a thread's own words hold the number of its track, plus one: behind those of the sum and count.
const TRACK: usize = PLAIN.words;

/// Where the base block, which is no thread's, holds the number of the sketch, plus one.
const SKETCH: usize = TRACK;

const PLAIN: Layout = distribution::layout(1);

/// The words of a series that has a sketch.
pub(crate) const LAYOUT: Layout = Layout { words: TRACK + 1, fold };

/// From so many observations on, a thread deserves a track.
const OFTEN: u64 = 16;
/// The most tracks of one thread.
const MOST_TRACKS: usize = 256;
/// The tracks of one thread that no other thread can keep from it.
const SURE_TRACKS: usize = 16;
/// With so many tracks of all threads, nobody gets more than the sure ones: they take memory, and a scrape looks into each.
const PLENTY_OF_TRACKS: u64 = 4096;

/// The tracks of all living threads.
static TAKEN: AtomicU64 = AtomicU64::new(0);

/// Gives a new series a sketch, if there is one to be had.
pub(crate) fn begin(id: SeriesId, window: &Window) {
    let Some((number, sketch)) = SKETCHES.take(|| Mutex::new(Shared::nobodys())) else { return };
    let slices = f64::from(window.age_buckets);
    let span = Ticks::of(window.max_age.as_secs_f64() / slices);
    lock(sketch).begin(id, Slices::new(Span::new(span.count()), window.age_buckets));
    cell::write_base(id, &|base| base.store(SKETCH, number as u64 + 1, Relaxed));
}

/// Takes it back.
pub(crate) fn end(id: SeriesId) {
    let Some(number) = cell::base(id).and_then(|base| kept(base, SKETCH)) else { return };
    if let Some(sketch) = SKETCHES.get(number) {
        lock(sketch).end();
        SKETCHES.give_back(number);
    }
}

/// Counts `value`, which is not `NaN`, in the sum, in the count and in the window.
#[inline]
pub(crate) fn record(id: SeriesId, value: f64) {
    match cell::own(id) {
        Some((own, _)) => {
            distribution::record(own, 0, value);
            observe(id, Some(own), value);
        }
        None => record_cold(id, value),
    }
}

/// The thread has no words for the series at hand.
#[cold]
#[inline(never)]
fn record_cold(id: SeriesId, value: f64) {
    if cell::base(id).is_none() {
        return;
    }
    if is_holding() {
        return reentrant::drop_write();
    }
    cell::write(id, move |own, _| distribution::record(own, 0, value));
    observe(id, cell::own(id).map(|(own, _)| own), value);
}

/// Counts in the thread's track, if it has one and can.
#[inline]
fn observe(id: SeriesId, own: Option<Block>, value: f64) {
    let now = clock::since_start();
    if !own.and_then(track).is_some_and(|track| track.observe(id, now.count(), value)) {
        observe_slowly(id, own, now, value);
    }
}

/// Counts in the slices that all threads share, and sees to it that the thread can do without them the next time, if it
/// deserves that. Does nothing if the series is gone.
#[cold]
#[inline(never)]
fn observe_slowly(id: SeriesId, own: Option<Block>, now: Ticks, value: f64) {
    let Some(sketch) = of(id) else { return };
    if is_holding() {
        return reentrant::drop_write();
    }
    let mut shared = lock(sketch);
    if !shared.is_of(id) {
        return;
    }
    if let Some(own) = own.filter(|own| deserves_track(*own))
        && let Some((number, track)) = new_track()
    {
        shared.join(track);
        own.store(TRACK, number as u64 + 1, Relaxed);
    }
    shared.observe(own.and_then(track), now.count(), value);
}

/// Each quantile of the window with the value at it; `NaN` if nothing was observed in it, or the series is gone (O-44).
pub(crate) fn quantiles(id: SeriesId, window: &Window) -> Vec<(f64, f64)> {
    let counted = of(id).filter(|_| !is_holding()).and_then(|sketch| {
        let mut shared = lock(sketch);
        shared.is_of(id).then(|| shared.window(clock::since_start().count()))
    });
    counted.unwrap_or_default().at(window.quantiles)
}

/// Adds an ended thread's words to the base, and its track to the sketch.
fn fold(own: Block, base: Block, _: usize) {
    (PLAIN.fold)(own, base, PLAIN.words);
    if let Some(track) = track(own)
        && let Some(sketch) = sketch(base)
    {
        lock(sketch).leave(track);
    }
}

fn of(id: SeriesId) -> Option<&'static Sketch> {
    sketch(cell::base(id)?)
}

fn sketch(base: Block) -> Option<&'static Sketch> {
    SKETCHES.get(kept(base, SKETCH)?)
}

#[inline]
fn track(own: Block) -> Option<&'static Track> {
    TRACKS.get(kept(own, TRACK)?).map(|track| &**track)
}

/// The number in a word, which is kept plus one: 0 is none.
#[inline]
fn kept(block: Block, at: usize) -> Option<usize> {
    (block.load(at, Relaxed) as usize).checked_sub(1)
}

/// Whether it is time to look for a track: after a few observations of the thread, and whenever they have doubled, as
/// there may have been none to be had.
fn deserves_track(own: Block) -> bool {
    let observed = distribution::count(own, 0);
    kept(own, TRACK).is_none() && observed >= OFTEN && observed.is_power_of_two()
}

/// A track for this thread alone, and its number: one whose series has ended, or a new one.
fn new_track() -> Option<(usize, &'static Track)> {
    cell::belongings(give_back, |numbers| {
        let there = |number: &usize| TRACKS.get(*number).map(|track| (*number, &**track));
        if let Some(left) = numbers.iter().filter_map(there).find(|(_, track)| track.is_nobodys()) {
            return Some(left);
        }
        let plenty = TAKEN.load(Relaxed) >= PLENTY_OF_TRACKS;
        if numbers.len() >= if plenty { SURE_TRACKS } else { MOST_TRACKS } {
            return None;
        }
        let (number, track) = TRACKS.take(|| Box::new(Track::new()))?;
        numbers.push(number);
        TAKEN.fetch_add(1, Relaxed);
        Some((number, &**track))
    })
}

/// A thread has ended, and writes its track no more.
fn give_back(number: usize) {
    TAKEN.fetch_sub(1, Relaxed);
    TRACKS.give_back(number);
}

#[cfg(test)]
mod tests;
