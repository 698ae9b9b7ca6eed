//! What one thread counts of one series' window, without a lock.
//!
//! A track has two sets of counts. Its thread counts in one of them as long as a slice of the window lasts; then it says
//! that the set is finished, and goes on in the other. A finished set belongs to whoever holds the lock of the series:
//! he adds it to the slices that all threads share, clears it, and says that it is free. So no set is cleared while it is
//! written or read, and the thread waits for nobody as long as somebody reads the series once a slice; if nobody does,
//! the thread takes the lock itself, every third slice.
//!
//! ```text
//!            the thread               the thread               the holder of the lock
//! free  ──── begins a slice ────▶ its number ──── next slice ────▶ finished ──── adds it up ────▶ free
//! ```

use std::ops::RangeInclusive;

use super::slices::{Counted, Slices, Span};
use crate::cell::SeriesId;
use crate::octaves::{self, FINE};
use crate::sync::Ordering::{Acquire, Relaxed, Release};
use crate::sync::{AtomicU32, AtomicU64, OCTAVES as PLACES, OnceCell};

const SETS: usize = 2;

/// Counts of one thread. Tracks are never freed but handed on; whose one is now, it says itself.
///
/// Aligned as chunks of words are: what one thread writes shares no line with what another one writes.
#[repr(align(128))]
pub(crate) struct Track {
    owner: AtomicU64,
    /// How long its slices are.
    span: AtomicU64,
    /// The tick at which the slice ends that is counted now; 0 if there is none.
    end: AtomicU64,
    /// The set in which it is counted.
    current: AtomicU64,
    sets: [Set; SETS],
    /// The octave that has a place, as a key. Changed under the lock of the series.
    keys: [AtomicU64; PLACES],
    octaves: [OnceCell<Box<Octave>>; PLACES],
}

/// The state of a set, and the least and the greatest value in it.
struct Set {
    /// The number of a slice, and in the lowest bit whether it is finished.
    state: AtomicU64,
    least: AtomicU64,
    greatest: AtomicU64,
}

const FREE: u64 = 0;
const FINISHED: u64 = 1;

/// The counts of an octave in both sets.
#[repr(align(128))]
struct Octave([[AtomicU32; FINE]; SETS]);

impl Track {
    pub(crate) fn new() -> Self {
        Self {
            owner: AtomicU64::new(SeriesId::NONE.to_bits()),
            span: AtomicU64::new(1),
            end: AtomicU64::new(0),
            current: AtomicU64::new(0),
            sets: std::array::from_fn(|_| Set::new()),
            keys: std::array::from_fn(|_| AtomicU64::new(0)),
            octaves: std::array::from_fn(|_| OnceCell::new()),
        }
    }

    /// Whether its series has ended: then its thread may hand it to another one.
    pub(crate) fn is_nobodys(&self) -> bool {
        // Acquire: whoever read it for the old series has done so.
        self.owner.load(Acquire) == SeriesId::NONE.to_bits()
    }

    /// Empties it for another series, whose slices are so long. For the thread that writes it, as long as nobody reads it.
    pub(crate) fn hand_to(&self, owner: SeriesId, span: Span) {
        for octave in self.octaves.iter().filter_map(OnceCell::get) {
            octave.0.iter().flatten().for_each(|count| count.store(0, Relaxed));
        }
        self.keys.iter().for_each(|key| key.store(0, Relaxed));
        self.sets.iter().for_each(|set| set.state.store(FREE, Relaxed));
        self.end.store(0, Relaxed);
        self.span.store(span.ticks(), Relaxed);
        self.owner.store(owner.to_bits(), Relaxed);
    }

    /// Its series has ended, or its thread. For the holder of the lock.
    pub(crate) fn retire(&self) {
        self.owner.store(SeriesId::NONE.to_bits(), Release);
    }

    /// Counts `value`, which is not `NaN`; false if that takes the lock of the series. For the thread that writes the
    /// track.
    #[inline]
    pub(crate) fn observe(&self, owner: SeriesId, now: u64, value: f64) -> bool {
        if self.owner.load(Relaxed) != owner.to_bits() || now >= self.end.load(Relaxed) && !self.turn(now) {
            return false;
        }
        let (octave, fine) = octaves::split(octaves::bucket(value));
        let Some(Octave(counts)) = self.octave(octave) else { return false };
        let current = self.current.load(Relaxed) as usize % SETS;
        let count = &counts[current][fine];
        let before = count.load(Relaxed);
        if before == u32::MAX {
            return false;
        }
        self.sets[current].widen(value);
        // Last: whoever sees the count sees that the value was taken in.
        count.store(before + 1, Release);
        true
    }

    /// Begins the slice that `now` is in; false if the other set is not free.
    #[cold]
    fn turn(&self, now: u64) -> bool {
        let current = self.current.load(Relaxed) as usize % SETS;
        let next = (current + 1) % SETS;
        // Acquire: whoever freed it has cleared it.
        if self.sets[next].state.load(Acquire) != FREE {
            return false;
        }
        let span = Span::new(self.span.load(Relaxed));
        let number = span.number(now);
        self.sets[current].finish();
        self.sets[next].begin(number);
        self.current.store(next as u64, Relaxed);
        self.end.store(span.end(number), Relaxed);
        true
    }

    /// The counts of an octave, if it has a place.
    #[inline]
    fn octave(&self, octave: i32) -> Option<&Octave> {
        let first = octave as usize % PLACES;
        let is_first = self.keys[first].load(Relaxed) == key(octave);
        let place = if is_first { first } else { self.place(octave)? };
        let is_there = is_first || self.keys[place].load(Relaxed) == key(octave);
        if is_there { self.octaves[place].get().map(|octave| &**octave) } else { None }
    }

    /// The place that an octave has or could get; none if all are taken. Neighbours lie beside each other, so that few are
    /// not at the first one that is looked at.
    #[inline(never)]
    fn place(&self, octave: i32) -> Option<usize> {
        let mut places = (0..PLACES).map(|step| (octave as usize).wrapping_add(step) % PLACES);
        places.find(|place| [key(octave), NO_KEY].contains(&self.keys[*place].load(Relaxed)))
    }

    /// Gives the octave of `value` a place; false if all are taken. For the thread that writes the track, with the lock.
    pub(crate) fn make_room(&self, value: f64) -> bool {
        let (octave, _) = octaves::split(octaves::bucket(value));
        let Some(place) = self.place(octave) else { return false };
        self.octaves[place].get_or_init(|| Box::new(Octave::zeros()));
        self.keys[place].store(key(octave), Relaxed);
        true
    }

    /// Moves everything to the slices. For the thread that writes the track, with the lock.
    pub(crate) fn settle(&self, slices: &mut Slices) {
        (0..SETS).for_each(|set| self.fold(set, slices));
        self.end.store(0, Relaxed);
    }

    /// Moves to the slices what is finished. For any holder of the lock.
    pub(crate) fn fold_finished(&self, slices: &mut Slices) {
        for (set, head) in self.sets.iter().enumerate() {
            if head.state.load(Acquire) & FINISHED != 0 {
                self.fold(set, slices);
            }
        }
    }

    fn fold(&self, set: usize, slices: &mut Slices) {
        let head = &self.sets[set];
        let state = head.state.load(Acquire);
        if state == FREE {
            return;
        }
        let mut slice = slices.slice(state >> 1);
        for (bucket, count) in self.counts(set) {
            let counted = count.load(Relaxed);
            count.store(0, Relaxed);
            if let Some(slice) = &mut slice {
                slice.add_many(bucket, counted.into());
            }
        }
        if let Some(slice) = slice {
            head.widen_other(slice);
        }
        // Release: whoever sees that it is free sees that it is empty.
        head.state.store(FREE, Release);
    }

    /// Adds up what belongs to slices of these numbers. For any holder of the lock.
    pub(crate) fn read(&self, window: &RangeInclusive<u64>, total: &mut Counted) {
        for (set, head) in self.sets.iter().enumerate() {
            let state = head.state.load(Acquire);
            if state != FREE && window.contains(&(state >> 1)) {
                for (bucket, count) in self.counts(set) {
                    total.add_many(bucket, count.load(Acquire).into());
                }
                head.widen_other(total);
            }
        }
    }

    /// The counts of a set by bucket. For the holder of the lock.
    pub(super) fn counts(&self, set: usize) -> impl Iterator<Item = (i32, &AtomicU32)> {
        let octaves = self
            .keys
            .iter()
            .zip(&self.octaves)
            .filter_map(|(key, octave)| Some((octave_of(key.load(Relaxed))?, octave.get()?)));
        octaves.flat_map(move |(octave, counts)| {
            counts.0[set].iter().enumerate().map(move |(fine, count)| (octaves::join(octave, fine), count))
        })
    }
}

impl Octave {
    fn zeros() -> Self {
        Self(std::array::from_fn(|_| std::array::from_fn(|_| AtomicU32::new(0))))
    }
}

impl Set {
    fn new() -> Self {
        Self { state: AtomicU64::new(FREE), least: AtomicU64::new(0), greatest: AtomicU64::new(0) }
    }

    /// Begins a slice in a set that is free.
    fn begin(&self, number: u64) {
        self.least.store(f64::INFINITY.to_bits(), Relaxed);
        self.greatest.store(f64::NEG_INFINITY.to_bits(), Relaxed);
        self.state.store(number << 1, Release);
    }

    /// Leaves the set to the holder of the lock, unless it is free.
    fn finish(&self) {
        let state = self.state.load(Relaxed);
        if state != FREE {
            // Release: all that was counted comes before.
            self.state.store(state | FINISHED, Release);
        }
    }

    /// Takes a value in.
    #[inline]
    fn widen(&self, value: f64) {
        if value < f64::from_bits(self.least.load(Relaxed)) {
            self.least.store(value.to_bits(), Relaxed);
        }
        if value > f64::from_bits(self.greatest.load(Relaxed)) {
            self.greatest.store(value.to_bits(), Relaxed);
        }
    }

    /// Tells the least and the greatest value. After the counts, so that no counted value is beyond them.
    fn widen_other(&self, counted: &mut Counted) {
        let [least, greatest] = [&self.least, &self.greatest].map(|word| f64::from_bits(word.load(Relaxed)));
        counted.widen(least, greatest);
    }
}

const NO_KEY: u64 = 0;

/// An octave as a key, which is not zero.
fn key(octave: i32) -> u64 {
    u64::from(octave as u32) + 1
}

fn octave_of(key: u64) -> Option<i32> {
    Some(key.checked_sub(1)? as u32 as i32)
}
