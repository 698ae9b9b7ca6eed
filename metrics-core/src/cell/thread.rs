//! A thread's own words: found through a thread-local without destructor, folded by one with.
//!
//! Words of one's own cost memory and a look at each scrape, for every thread and series. So a thread writes a series
//! through the base, under the lock of its space, until it has touched it a few times, and it owns only so many chunks.

use super::chunk::{Block, Chunk, WORDS};
use super::id::SeriesId;
use super::space::Space;
use super::{pool, positions};
use crate::record::RECORD;
use crate::reentrant;
use crate::sync::{AtomicU64, Cell, Ordering, RefCell, is_holding, thread_local};

/// Chunks that are found by one look. Two spaces whose numbers differ by a multiple of this take turns.
const NEAR_SPACES: usize = 128;
/// The most chunks of one thread: 16 384 words, 128 KiB.
const MOST_CHUNKS: usize = 128;
/// The chunks of one thread that no other thread can keep from it.
const SURE_CHUNKS: usize = 16;
/// With so many chunks of all threads, nobody gets more than the sure ones: a scrape looks into each.
const PLENTY_OF_CHUNKS: u64 = 2048;

/// The chunks of all living threads.
static CHUNKS: AtomicU64 = AtomicU64::new(0);

thread_local! {
    /// Chunks by the number of their space; whether it is the wanted one tells the tag. `const` and without destructor: no
    /// lazy start, no state byte, no flag, and it stays usable while other thread-locals are torn down.
    static NEAR: [Cell<Near>; NEAR_SPACES] = const { [const { Cell::new(Near::NOTHING) }; NEAR_SPACES] };

    /// All chunks of this thread by space. The one owner: only its destructor ends a chunk's time with the thread.
    static OWNED: Owned =
        const { Owned {
            chunks: RefCell::new(Vec::new()),
            count: Cell::new(0),
            touches: Touches::new(),
            belongings: RefCell::new(Belongings { numbers: Vec::new(), give_back: |_| {} }),
        } };
}

/// A thread's chunk for a space, and the base of the space.
#[derive(Clone, Copy)]
struct Near {
    own: &'static Chunk,
    base: &'static Chunk,
}

/// Zeros that nobody writes, as no tag is zero: so that a thread need not ask first whether it has a chunk.
static NOBODYS: Chunk = Chunk([const { AtomicU64::new(0) }; WORDS]);

impl Near {
    const NOTHING: Self = Self { own: &NOBODYS, base: &NOBODYS };
}

/// Whoever knows which series is to be written.
pub(crate) trait Lead: Copy {
    /// The series, or one that nobody can write, if it has not been looked up yet.
    fn likely(self) -> SeriesId;

    /// The series, looked up if need be.
    fn sure(self) -> SeriesId;
}

/// A series that was found already.
impl Lead for SeriesId {
    #[inline]
    fn likely(self) -> SeriesId {
        self
    }

    #[inline]
    fn sure(self) -> SeriesId {
        self
    }
}

struct Owned {
    /// By the number of the space.
    chunks: RefCell<Vec<Option<&'static Chunk>>>,
    count: Cell<usize>,
    touches: Touches,
    belongings: RefCell<Belongings>,
}

/// What a thread has beside its words, by number, and who takes it back.
struct Belongings {
    numbers: Vec<usize>,
    give_back: fn(usize),
}

impl Drop for Owned {
    fn drop(&mut self) {
        // First, so that no write of a later destructor lands in a chunk that somebody else owns by then.
        NEAR.with(|near| near.iter().for_each(|chunk| chunk.set(Near::NOTHING)));
        CHUNKS.fetch_sub(self.count.get() as u64, Ordering::Relaxed);
        for (number, chunk) in self.chunks.get_mut().drain(..).enumerate() {
            let Some(chunk) = chunk else { continue };
            if let Some(space) = positions::of(SeriesId::new(number * WORDS, 0)) {
                space.leave(chunk);
            }
            pool::give_back(chunk);
        }
        // Last: what belongs to a word was folded with it.
        let Belongings { numbers, give_back } = self.belongings.get_mut();
        numbers.drain(..).for_each(*give_back);
    }
}

/// Runs `apply` on the words of a series that are this thread's own; on the base, under the lock, if it has none; not at
/// all if the series is gone. The second block is the base, which `apply` may read.
#[inline]
pub(crate) fn write(lead: impl Lead, apply: impl Fn(Block, Block)) {
    if !RECORD {
        return;
    }
    let id = lead.likely();
    let Near { own, base } = NEAR.with(|near| near[place(id)].get());
    let own = Block::new(own, id.position());
    if own.holds(id) { apply(own, Block::new(base, id.position())) } else { write_cold(lead, apply) }
}

/// The words of a series that are this thread's own, if it has any at hand, and the base, which it may read.
#[inline]
pub(crate) fn own(id: SeriesId) -> Option<(Block, Block)> {
    let Near { own, base } = NEAR.with(|near| near[place(id)].get());
    let own = Block::new(own, id.position());
    own.holds(id).then(|| (own, Block::new(base, id.position())))
}

/// The same, made if the series deserves it.
#[cfg(feature = "native")]
pub(crate) fn adopt(id: SeriesId) -> Option<(Block, Block)> {
    let space = positions::of(id)?;
    let chunk = chunk_of(id, space)?;
    let own = Block::new(chunk, id.position());
    (own.holds(id) || space.attach(id, chunk)).then(|| (own, space.base(id)))
}

/// Lets `look` see, and add to, the numbers of what this thread has beside its words: `give_back` is told each when the
/// thread ends, after its last write to words of its own. None while the thread is torn down.
pub(crate) fn belongings<R>(
    give_back: fn(usize),
    look: impl FnOnce(&mut Vec<usize>) -> Option<R>,
) -> Option<R> {
    let with = |owned: &Owned| {
        let mut belongings = owned.belongings.try_borrow_mut().ok()?;
        belongings.give_back = give_back;
        look(&mut belongings.numbers)
    };
    OWNED.try_with(with).ok().flatten()
}

/// Where among the near ones the chunk is kept, unless another space's has taken its place.
#[inline]
fn place(id: SeriesId) -> usize {
    id.position() / WORDS % NEAR_SPACES
}

/// By value, so that what is written need not be in memory where it is not cold.
#[cold]
#[inline(never)]
fn write_cold(lead: impl Lead, apply: impl Fn(Block, Block)) {
    write_slowly(lead.sure(), &apply);
}

fn write_slowly(id: SeriesId, apply: &dyn Fn(Block, Block)) {
    // What led to no series was counted where it was looked for.
    let Some(space) = positions::of(id) else { return };
    if is_holding() {
        return reentrant::drop_write();
    }
    match chunk_of(id, space) {
        Some(chunk) => {
            let own = Block::new(chunk, id.position());
            if own.holds(id) || space.attach(id, chunk) {
                apply(own, space.base(id));
            }
        }
        None => space.write_base(id, &|base| apply(base, base)),
    }
}

/// This thread's chunk for the space, made if the series deserves it; none while the thread is torn down.
fn chunk_of(id: SeriesId, space: &'static Space) -> Option<&'static Chunk> {
    let number = id.position() / WORDS;
    let chunk = OWNED.try_with(|owned| owned.chunk(number, id, space)).ok().flatten()?;
    NEAR.with(|near| near[place(id)].set(Near { own: chunk, base: space.base_chunk() }));
    Some(chunk)
}

impl Owned {
    fn chunk(&self, number: usize, id: SeriesId, space: &'static Space) -> Option<&'static Chunk> {
        let mut chunks = self.chunks.try_borrow_mut().ok()?;
        let there = chunks.get(number).copied().flatten();
        if there.is_some_and(|chunk| Block::new(chunk, id.position()).holds(id)) {
            return there;
        }
        if !self.touches.are_many(id) {
            return None;
        }
        if there.is_some() {
            return there;
        }
        let plenty = CHUNKS.load(Ordering::Relaxed) >= PLENTY_OF_CHUNKS;
        if self.count.get() >= if plenty { SURE_CHUNKS } else { MOST_CHUNKS } {
            return None;
        }
        if chunks.len() <= number {
            chunks.resize(number + 1, None);
        }
        let chunk = pool::take();
        space.enter(chunk);
        chunks[number] = Some(chunk);
        self.count.set(self.count.get() + 1);
        CHUNKS.fetch_add(1, Ordering::Relaxed);
        Some(chunk)
    }
}

/// How often this thread lately touched series that it has no words for, roughly: some share a count, and then one of
/// them gets its words a little too soon.
struct Touches {
    counts: [Cell<u8>; 512],
    total: Cell<u16>,
}

/// From this touch on a series deserves words of its own.
const MANY: u8 = 4;

impl Touches {
    const fn new() -> Self {
        Self { counts: [const { Cell::new(0) }; 512], total: Cell::new(0) }
    }

    fn are_many(&self, id: SeriesId) -> bool {
        // Neighbouring positions lie at least 4 apart.
        let count = &self.counts[(id.position() / 4) % self.counts.len()];
        count.set(count.get().saturating_add(1));
        self.total.set(self.total.get() + 1);
        if usize::from(self.total.get()) == 2 * self.counts.len() {
            // What was touched once in a while is forgotten.
            self.total.set(0);
            self.counts.iter().for_each(|count| count.set(count.get() / 2));
        }
        count.get() >= MANY
    }
}
