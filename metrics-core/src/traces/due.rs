//! Which writes may look for the trace that they belong to: few of them, and to know that costs next to nothing.
//!
//! Nobody sees more exemplars than scrapes tell. So a scrape begins a new round, and in each round each thread takes one
//! trace for a series, or for a bucket of one; when so many writes have found none, it does without. A thread notes which
//! ones it is done with in a small table, by the round that it was in: nothing is to be cleared when the next one begins.
//! Two that share a place are done together. Who meets whom is another matter in each round.

use std::time::Duration;

use crate::cell::SeriesId;
use crate::clock;
use crate::sync::{AtomicU64, Cell, Ordering, thread_local};

/// The places of a thread's table.
const PLACES: usize = 512;

/// The lower bits of a place count the writes that looked in vain, the upper ones say in which round. All bits of the
/// count are set in a round's number: so many are enough.
const COUNT: u32 = 0xff;

/// From one round to the next: an odd number of them, so that one comes back only after all others.
const STEP: u32 = 0x9e_3779 * (COUNT + 1);
const FIRST: u64 = (STEP | COUNT) as u64;

/// What stands at the place of whoever is done with this round; 0 where nobody is to look for a trace.
static ROUND: AtomicU64 = AtomicU64::new(FIRST);

/// The latest one.
static LATEST: AtomicU64 = AtomicU64::new(FIRST);

/// When this round began, and how long it lasts at least, in milliseconds since the clock was built.
static BEGAN: AtomicU64 = AtomicU64::new(0);
static LASTS: AtomicU64 = AtomicU64::new(1_000);

thread_local! {
    static TABLE: [Cell<u32>; PLACES] = const { [const { Cell::new(0) }; PLACES] };
}

/// A write that looks for its trace.
#[derive(Clone, Copy)]
pub(crate) struct Due {
    place: usize,
    round: u32,
}

impl Due {
    /// A write that may look, as nobody is done with this round at its place.
    #[inline]
    pub(crate) fn of(id: SeriesId, number: usize) -> Option<Self> {
        let round = ROUND.load(Ordering::Relaxed) as u32;
        let place = place(id, number, round);
        TABLE.with(|table| table[place].get() != round).then_some(Self { place, round })
    }

    /// It looked in vain.
    pub(crate) fn missed(self) {
        TABLE.with(|table| {
            let own = &table[self.place];
            let first = self.round & !COUNT;
            let before = if own.get() & !COUNT == first { own.get() & COUNT } else { 0 };
            own.set(first | (before + 1).min(COUNT));
        });
    }

    /// It found a trace, or does without.
    pub(crate) fn done(self) {
        TABLE.with(|table| table[self.place].set(self.round));
    }

    /// Whether nobody is to look.
    pub(crate) fn is_off(self) -> bool {
        self.round == 0
    }
}

/// The upper bits of a product are spread by all bits of both. The positions of two series are as far apart as they
/// have words, so that no two buckets are the same to begin with.
#[inline]
fn place(id: SeriesId, number: usize, round: u32) -> usize {
    let which = (id.to_bits() as u32).wrapping_add(number as u32);
    (which.wrapping_mul(round) >> (u32::BITS - PLACES.ilog2())) as usize % PLACES
}

/// A scrape that tells exemplars begins: what comes now is for the next one.
pub(crate) fn begin_round() {
    let now = now();
    if now.saturating_sub(BEGAN.load(Ordering::Relaxed)) < LASTS.load(Ordering::Relaxed) {
        return;
    }
    BEGAN.store(now, Ordering::Relaxed);
    let round = ROUND.load(Ordering::Relaxed);
    if round != 0 {
        // If somebody else was first, it is a new round all the same.
        let _ = ROUND.compare_exchange(round, next(), Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// How long a round lasts at least, from now on; none for no more rounds.
pub(crate) fn set_rounds(lasting: Option<Duration>) {
    let round = lasting.map_or(0, |_| next());
    if let Some(lasting) = lasting {
        LASTS.store(lasting.as_millis() as u64, Ordering::Relaxed);
    }
    ROUND.store(round, Ordering::Relaxed);
}

/// A round that was not there for long.
fn next() -> u64 {
    let round = LATEST.fetch_add(STEP.into(), Ordering::Relaxed) as u32;
    round.wrapping_add(STEP).into()
}

fn now() -> u64 {
    (clock::uptime() * 1e3) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: SeriesId = SeriesId::from_bits(8);

    /// One test, as there is one round in a process.
    #[test]
    fn a_place_is_done_by_a_find_or_by_many_misses() {
        set_rounds(Some(Duration::ZERO));
        for _ in 0..255 {
            Due::of(ONE, 0).unwrap().missed();
        }
        assert!(Due::of(ONE, 0).is_none());
        let other = Due::of(ONE, 1).unwrap();
        other.done();
        assert!(Due::of(ONE, 1).is_none());
        // Nothing goes beyond that, also not of a write within a write.
        other.missed();
        assert!(Due::of(ONE, 1).is_none());

        begin_round();
        Due::of(ONE, 0).unwrap().missed();
        Due::of(ONE, 1).unwrap().done();
        assert!(Due::of(ONE, 0).is_some() && Due::of(ONE, 1).is_none());

        set_rounds(None);
        let off = Due::of(ONE, 0).filter(|due| due.is_off());
        off.into_iter().for_each(Due::done);
        assert!((0..100).all(|number| Due::of(ONE, number).is_none()));
        begin_round();
        assert!(Due::of(ONE, 0).is_none());
    }

    #[test]
    fn rounds_differ_in_who_shares_a_place() {
        let places = |round: u32| (0..8).map(|number| place(ONE, number, round)).collect::<Vec<_>>();
        let rounds: Vec<u32> = (1..100_u32).map(|at| STEP.wrapping_mul(at) | COUNT).collect();
        let distinct: std::collections::BTreeSet<_> = rounds.iter().map(|round| places(*round)).collect();
        assert!(distinct.len() > 90, "{}", distinct.len());
        assert!(rounds.iter().all(|round| *round != 0));
    }
}
