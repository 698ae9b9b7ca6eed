//! Memory for words: chunks that one thread at a time writes.

use super::id::SeriesId;
use crate::sync::{AtomicU64, CHUNK_WORDS, Ordering};

/// The number of words in a chunk: 128, which is 1 KiB.
pub(super) const WORDS: usize = CHUNK_WORDS;

/// The fewest words that a series takes.
pub(super) const STRIDE: usize = 4;

/// Words of one thread. Aligned to two cache lines, as neighbouring lines are fetched in pairs: what one thread
/// writes shares no line with what another one writes.
#[repr(align(128))]
pub(super) struct Chunk(pub(super) [AtomicU64; WORDS]);

impl Chunk {
    /// Zeros, for ever: chunks are recycled and never freed, so that a thread can hold a plain `&'static` to one.
    pub(super) fn leak() -> &'static Self {
        Box::leak(Box::new(Self(std::array::from_fn(|_| AtomicU64::new(0)))))
    }

    pub(super) fn wipe(&self) {
        for word in &self.0 {
            word.store(0, Ordering::Relaxed);
        }
    }
}

/// The words of one series within a chunk; the first is its tag.
///
/// Whoever writes through it is the only writer: the thread that owns the chunk, or, for a base chunk, the holder of
/// the space's lock. So a step is a plain load, an addition and a plain store, and no atomic read-modify-write.
#[derive(Clone, Copy)]
pub(crate) struct Block {
    chunk: &'static Chunk,
    start: usize,
}

impl Block {
    /// The block at a position of the chunk's space.
    #[inline]
    pub(super) fn new(chunk: &'static Chunk, position: usize) -> Self {
        // A multiple of the smallest stride: so the compiler knows that the first words are within the chunk.
        Self { chunk, start: position & (WORDS - STRIDE) }
    }

    /// Whether these words were last used for this series. For the thread that writes them.
    #[inline]
    pub(super) fn holds(self, id: SeriesId) -> bool {
        self.load(0, Ordering::Relaxed) == id.to_bits()
    }

    #[inline]
    fn word(self, at: usize) -> &'static AtomicU64 {
        // The mask keeps the index in range without a branch; a block never leaves its chunk.
        &self.chunk.0[(self.start + at) & (WORDS - 1)]
    }

    #[inline]
    pub(crate) fn load(self, at: usize, order: Ordering) -> u64 {
        self.word(at).load(order)
    }

    #[inline]
    pub(crate) fn store(self, at: usize, value: u64, order: Ordering) {
        self.word(at).store(value, order);
    }

    /// Adds a whole number, around the end of the range if need be: signed steps are added as their two's complement.
    #[inline]
    pub(crate) fn add(self, at: usize, amount: u64, order: Ordering) {
        let sum = self.load(at, Ordering::Relaxed).wrapping_add(amount);
        self.store(at, sum, order);
    }

    /// Adds to a word that holds an `f64`.
    #[inline]
    pub(crate) fn add_f64(self, at: usize, amount: f64, order: Ordering) {
        let sum = f64::from_bits(self.load(at, Ordering::Relaxed)) + amount;
        self.store(at, sum.to_bits(), order);
    }

    #[inline]
    pub(crate) fn load_f64(self, at: usize, order: Ordering) -> f64 {
        f64::from_bits(self.load(at, order))
    }

    pub(super) fn clear(self, words: usize) {
        for at in 0..words {
            self.store(at, 0, Ordering::Relaxed);
        }
    }
}
