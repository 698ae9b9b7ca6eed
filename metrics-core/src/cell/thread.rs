//! A thread's own words: found through a thread-local without destructor, folded by one with.

use super::chunk::{Block, Chunk, WORDS};
use super::id::SeriesId;
use super::space::Space;
use super::{pool, positions};
use crate::sync::{Cell, Ordering, RefCell, thread_local};

/// Positions whose chunk is found by one look; later ones take a second step.
const NEAR_SPACES: usize = 64;

thread_local! {
    /// The chunks of the first spaces. `const` and without destructor: no lazy start, no state byte, no flag, and it
    /// stays usable while other thread-locals are torn down.
    static NEAR: [Cell<Option<&'static Chunk>>; NEAR_SPACES] =
        const { [const { Cell::new(None) }; NEAR_SPACES] };

    /// All chunks of this thread by space. The one owner: only its destructor ends a chunk's time with the thread.
    static OWNED: Owned = const { Owned { chunks: RefCell::new(Vec::new()) } };
}

struct Owned {
    chunks: RefCell<Vec<Option<&'static Chunk>>>,
}

impl Drop for Owned {
    fn drop(&mut self) {
        // First, so that no write of a later destructor lands in a chunk that somebody else owns by then.
        NEAR.with(|near| near.iter().for_each(|chunk| chunk.set(None)));
        for (number, chunk) in self.chunks.get_mut().drain(..).enumerate() {
            let Some(chunk) = chunk else { continue };
            if let Some(space) = positions::of(SeriesId::new(number * WORDS, 0)) {
                space.leave(chunk);
            }
            pool::give_back(chunk);
        }
    }
}

/// Runs `apply` on the words of a series that are this thread's own; on the base, under the lock, if the thread is
/// being torn down; not at all if the series is gone.
#[inline]
pub(crate) fn write(id: SeriesId, apply: impl Fn(Block)) {
    let near = NEAR.with(|near| near.get(id.position() / WORDS).and_then(Cell::get));
    if let Some(chunk) = near {
        let own = Block::new(chunk, id.position() % WORDS);
        if own.load(0, Ordering::Relaxed) == id.to_bits() {
            return apply(own);
        }
    }
    write_cold(id, &apply);
}

#[cold]
#[inline(never)]
fn write_cold(id: SeriesId, apply: &dyn Fn(Block)) {
    let Some(space) = positions::of(id) else { return };
    match chunk_of(id, space) {
        Some(chunk) => {
            let own = Block::new(chunk, id.position() % WORDS);
            if own.load(0, Ordering::Relaxed) == id.to_bits() || space.attach(id, chunk) {
                apply(own);
            }
        }
        None => space.write_base(id, apply),
    }
}

/// This thread's chunk for the space, made if it has none yet; none while the thread is torn down.
fn chunk_of(id: SeriesId, space: &'static Space) -> Option<&'static Chunk> {
    let number = id.position() / WORDS;
    let chunk = OWNED.try_with(|owned| {
        let mut chunks = owned.chunks.try_borrow_mut().ok()?;
        if chunks.len() <= number {
            chunks.resize(number + 1, None);
        }
        let place = chunks.get_mut(number)?;
        Some(*place.get_or_insert_with(|| {
            let chunk = pool::take();
            space.enter(chunk);
            chunk
        }))
    });
    let chunk = chunk.ok().flatten()?;
    NEAR.with(|near| {
        if let Some(place) = near.get(number) {
            place.set(Some(chunk));
        }
    });
    Some(chunk)
}
