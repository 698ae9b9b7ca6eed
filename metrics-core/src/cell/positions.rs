//! All spaces, and which positions in them are free.

use super::chunk::{Block, STRIDE, WORDS};
use super::id::{POSITIONS, SeriesId};
use super::pool;
use super::space::{Reading, Space, Tenant};
use crate::directory::Directory;
#[cfg(feature = "native")]
use crate::faults::Faults;
use crate::reentrant;
use crate::sync::{Arc, AtomicU64, Mutex, Ordering, is_holding, lock};

static SPACES: Directory<Space> = Directory::new();

const _: () =
    assert!(Directory::<Space>::CAPACITY * WORDS > POSITIONS as usize, "every position has a space");

/// The space that holds the position of `id`; none for [`SeriesId::NONE`].
pub(super) fn of(id: SeriesId) -> Option<&'static Space> {
    SPACES.get(id.position() / WORDS)
}

/// Free positions by stride, and the first space that nobody has.
struct Positions {
    free: [Vec<u32>; STRIDES],
    spaces: usize,
}

const STRIDES: usize = WORDS.ilog2() as usize + 1;

static POSITIONS_LEFT: Mutex<Positions> =
    Mutex::new(Positions { free: [const { Vec::new() }; STRIDES], spaces: 0 });

/// Words for a new series, all zero. [`SeriesId::NONE`] when 2^28 words are taken.
pub(crate) fn create(tenant: &Arc<Tenant>) -> SeriesId {
    let stride = tenant.layout.words.next_power_of_two().max(STRIDE);
    debug_assert!(stride <= WORDS, "a series needs at most one chunk");
    let mut left = lock(&POSITIONS_LEFT);
    let Some(position) = left.free_position(stride) else { return SeriesId::NONE };
    drop(left);
    let here = SeriesId::new(position, 0);
    of(here).map_or(SeriesId::NONE, |space| space.settle(position, tenant))
}

/// How many series have ended.
static REMOVALS: AtomicU64 = AtomicU64::new(0);

/// How many series have ended so far: as long as it stays the same, every id that was found is the right one.
#[inline]
pub(crate) fn removals() -> u64 {
    REMOVALS.load(Ordering::Acquire)
}

/// Ends a series that nobody can find any more. Writes through its id go nowhere from now on, and its words are free for
/// another one.
pub(crate) fn destroy(id: SeriesId) {
    REMOVALS.fetch_add(1, Ordering::Release);
    if let Some(stride) = of(id).and_then(|space| space.evict(id)) {
        lock(&POSITIONS_LEFT).free_list(stride).push(id.position() as u32);
    }
}

impl Positions {
    fn free_list(&mut self, stride: usize) -> &mut Vec<u32> {
        &mut self.free[stride.ilog2() as usize % STRIDES]
    }

    fn free_position(&mut self, stride: usize) -> Option<usize> {
        if self.free_list(stride).is_empty() {
            self.open_space(stride)?;
        }
        self.free_list(stride).pop().map(|position| position as usize)
    }

    fn open_space(&mut self, stride: usize) -> Option<()> {
        let number = self.spaces;
        SPACES.get_or_make(number, || Space::new(stride, pool::take()))?;
        self.spaces += 1;
        let first = number * WORDS;
        // Lowest last: they are handed out from the end.
        let positions = (0..WORDS / stride).rev().map(|slot| (first + slot * stride) as u32);
        self.free_list(stride).extend(positions);
        Some(())
    }
}

/// Runs `visit` over the base and over every thread's words of a series, under its lock; false if the series is gone.
pub(crate) fn read(id: SeriesId, visit: impl FnMut(Block)) -> bool {
    of(id).is_some_and(|space| space.reading().visit(id, visit))
}

/// Adds up the words of many series by `add`, and makes a number of each sum by `total`; none where the series is gone.
/// Neighbours share a lock.
pub(crate) fn read_all<S: Default, V>(
    ids: impl Iterator<Item = SeriesId>,
    totals: &mut [Option<V>],
    add: impl Fn(&mut S, Block),
    total: impl Fn(S) -> V,
) {
    let mut open: Option<(usize, Reading<'static>)> = None;
    for (id, place) in ids.zip(totals) {
        let number = id.position() / WORDS;
        if open.as_ref().is_none_or(|(open, _)| *open != number) {
            // First the old one: nobody holds two of these locks.
            drop(open.take());
            open = of(id).map(|space| (number, space.reading()));
        }
        let mut sum = S::default();
        let lives = open.as_ref().is_some_and(|(_, reading)| reading.visit(id, |block| add(&mut sum, block)));
        *place = lives.then(|| total(sum));
    }
}

/// The base block of a series, to be read without the lock.
pub(crate) fn base(id: SeriesId) -> Option<Block> {
    of(id).map(|space| space.base(id))
}

/// Runs `apply` on the base block of a living series, under its lock.
pub(crate) fn write_base(id: SeriesId, apply: &dyn Fn(Block)) {
    if let Some(space) = of(id) {
        space.write_base(id, apply);
    }
}

/// What the family of a living series could not take.
#[cfg(feature = "native")]
pub(crate) fn faults(id: SeriesId) -> Option<Arc<Faults>> {
    of(id)?.faults(id)
}

/// Counts a value that is not a possible one, with the family that the series belongs to.
#[cold]
pub(crate) fn drop_value(id: SeriesId) {
    if is_holding() {
        return reentrant::drop_write();
    }
    if let Some(faults) = of(id).and_then(|space| space.faults(id)) {
        faults.drop_value();
    }
}
