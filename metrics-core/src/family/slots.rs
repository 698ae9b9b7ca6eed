//! A table of hashes that anybody may read at any time, and only the holder of the family's write lock changes.
//!
//! ```text
//! slot      hash (32 bits) | position of the record (32 bits); linear probing; 0 is empty
//! ```
//!
//! A table that is too full is followed by one of twice the size, into which its slots are moved a few at a time: whoever
//! makes a series waits for no more than those. A reader may miss what has not been moved or is just being moved: it looks
//! into both tables then, and again under the lock. What an old table still says of a record that is gone does no harm,
//! as the record is compared.

use super::records::Position;
use crate::sync::{AtomicU64, FIRST_SLOTS, OnceCell, Ordering, const_fn, zeros};

/// Each table has twice as many slots as the one before.
const TABLES: usize = 25;

pub(super) struct Slots {
    /// All that were ever in use, as somebody may still be reading an old one; together those are no larger than the
    /// one in use.
    tables: [OnceCell<Box<[AtomicU64]>>; TABLES],
    current: AtomicU64,
}

/// How many slots of the table before the one in use have been moved; for the holder of the lock.
#[derive(Default)]
pub(super) struct Moved(usize);

/// The slots that are moved whenever a record is put in: so that all are, long before the next table is needed.
const STEP: usize = 64;

/// What stands in an old table for a record that was taken out before it was moved: no record is there.
const GONE: u64 = 1;

impl Moved {
    pub(super) const NONE: Self = Self(0);
}

impl Slots {
    const_fn! {
        pub(super) const fn new() -> Self {
            Self { tables: [const { OnceCell::new() }; TABLES], current: AtomicU64::new(0) }
        }
    }

    /// The first record of this hash: almost always the only one.
    #[inline]
    pub(super) fn first(&self, hash: u64) -> Option<Position> {
        let slots = self.slots()?;
        let mut at = home(hash);
        // At most four fifths of the slots are taken: there is an empty one.
        loop {
            let slot = slots.get(at & (slots.len() - 1))?.load(Ordering::Acquire);
            if slot >> 32 == hash >> 32 {
                return Some(Position::from_bits(slot as u32));
            }
            if slot == 0 {
                return None;
            }
            at += 1;
        }
    }

    /// The first record of this hash for which `visit` has an answer.
    pub(super) fn find<T>(&self, hash: u64, visit: impl Fn(Position) -> Option<T>) -> Option<T> {
        let find_in = |slots: &[AtomicU64]| {
            let slots = probe(hash, slots.len()).map(|at| slots[at].load(Ordering::Acquire));
            let of_hash = slots.take_while(|slot| *slot != 0).filter(|slot| slot >> 32 == hash >> 32);
            of_hash.map(|slot| Position::from_bits(slot as u32)).find_map(&visit)
        };
        self.slots().and_then(find_in).or_else(|| self.old_slots().and_then(find_in))
    }

    /// Puts a record in, which makes `entries` of them; false if there is no room for so many.
    pub(super) fn insert(&self, moved: &mut Moved, entries: usize, hash: u64, position: Position) -> bool {
        let capacity = self.slots().map_or(0, <[AtomicU64]>::len);
        if slots_for(entries) > capacity && !self.grow(moved) {
            return false;
        }
        if let Some(slots) = self.slots() {
            place(slots, hash >> 32 << 32 | u64::from(position.to_bits()));
        }
        self.move_some(moved, STEP);
        true
    }

    /// Takes the record of this hash out that `is` says yes to.
    pub(super) fn remove(&self, moved: &Moved, hash: u64, is: impl Fn(Position) -> bool) -> Option<Position> {
        let slots = self.slots()?;
        if let Some((at, position)) = find_slot(slots, hash, &is) {
            close_gap(slots, at);
            return Some(position);
        }
        let old = self.old_slots()?;
        let (at, position) = find_slot(old, hash, is).filter(|(at, _)| *at >= moved.0)?;
        old[at].store(hash >> 32 << 32 | GONE, Ordering::Release);
        Some(position)
    }

    /// Takes all records out, each after `visit` saw it.
    pub(super) fn clear(&self, moved: &mut Moved, mut visit: impl FnMut(Position)) {
        self.move_some(moved, usize::MAX);
        for slot in self.slots().unwrap_or_default() {
            let old = slot.load(Ordering::Relaxed);
            if old != 0 {
                visit(Position::from_bits(old as u32));
                slot.store(0, Ordering::Release);
            }
        }
    }

    #[inline]
    fn slots(&self) -> Option<&[AtomicU64]> {
        let current = self.current.load(Ordering::Acquire);
        self.tables.get(current as usize)?.get().map(|slots| &**slots)
    }

    /// The table before the one in use.
    fn old_slots(&self) -> Option<&[AtomicU64]> {
        let old = (self.current.load(Ordering::Acquire) as usize).checked_sub(1)?;
        self.tables.get(old)?.get().map(|slots| &**slots)
    }

    /// Goes over to a table of twice the size, empty at first; false if there is no larger one.
    fn grow(&self, moved: &mut Moved) -> bool {
        self.move_some(moved, usize::MAX);
        let next = if self.slots().is_some() { self.current.load(Ordering::Relaxed) as usize + 1 } else { 0 };
        let Some(table) = self.tables.get(next) else { return false };
        table.get_or_init(|| zeros(FIRST_SLOTS << next));
        moved.0 = 0;
        self.current.store(next as u64, Ordering::Release);
        true
    }

    /// Moves so many of the slots that have not been moved yet, or all that are left.
    fn move_some(&self, moved: &mut Moved, most: usize) {
        let (Some(old), Some(slots)) = (self.old_slots(), self.slots()) else { return };
        let end = old.len().min(moved.0.saturating_add(most));
        for slot in old.get(moved.0..end).unwrap_or_default() {
            let slot = slot.load(Ordering::Relaxed);
            if slot != 0 && slot as u32 != GONE as u32 {
                place(slots, slot);
            }
        }
        moved.0 = end;
    }

    #[cfg(test)]
    pub(super) fn capacity(&self) -> usize {
        self.slots().map_or(0, <[AtomicU64]>::len)
    }
}

/// How many slots there are at least. A record that is not at its home costs a branch that was not foreseen, and small
/// tables can afford not to have any; in large ones memory counts.
fn slots_for(entries: usize) -> usize {
    match entries {
        0..=256 => 8 * entries,
        257..=4096 => 4 * entries,
        4097..=65_536 => 2 * entries,
        _ => entries + entries / 4,
    }
}

/// Where a hash or slot wants to be: told by the bits of a hash that a slot keeps.
#[inline]
fn home(slot: u64) -> usize {
    (slot >> 32) as usize
}

/// All places from the wanted one on, each once.
fn probe(slot: u64, slots: usize) -> impl Iterator<Item = usize> {
    (0..slots).map(move |step| (home(slot) + step) & (slots - 1))
}

/// Where the record of this hash is that `is` says yes to.
fn find_slot(slots: &[AtomicU64], hash: u64, is: impl Fn(Position) -> bool) -> Option<(usize, Position)> {
    let places = probe(hash, slots.len()).map(|at| (at, slots[at].load(Ordering::Relaxed)));
    let of_hash = places.take_while(|(_, slot)| *slot != 0).filter(|(_, slot)| slot >> 32 == hash >> 32);
    of_hash.map(|(at, slot)| (at, Position::from_bits(slot as u32))).find(|(_, position)| is(*position))
}

fn place(slots: &[AtomicU64], slot: u64) {
    let free = probe(slot, slots.len()).find(|at| slots[*at].load(Ordering::Relaxed) == 0);
    if let Some(at) = free {
        slots[at].store(slot, Ordering::Release);
    }
}

/// Takes the slot at `gap` out and moves later ones back, so that no probe ends too early and no slot is wasted.
fn close_gap(slots: &[AtomicU64], mut gap: usize) {
    let mask = slots.len() - 1;
    let mut at = gap;
    loop {
        at = (at + 1) & mask;
        let slot = slots[at].load(Ordering::Relaxed);
        if slot == 0 || at == gap {
            break;
        }
        let home = home(slot) & mask;
        // It may move back to the gap unless its home lies behind the gap.
        if (at.wrapping_sub(home) & mask) >= (at.wrapping_sub(gap) & mask) {
            slots[gap].store(slot, Ordering::Release);
            gap = at;
        }
    }
    slots[gap].store(0, Ordering::Release);
}
