//! Chunks that nobody has.
//!
//! What is ever leaked is bounded by the peak of the threads that lived at once, times the spaces they touched.

use super::chunk::Chunk;
use crate::sync::{Mutex, lock};

static POOL: Mutex<Vec<&'static Chunk>> = Mutex::new(Vec::new());

/// A chunk of zeros for the caller alone.
pub(super) fn take() -> &'static Chunk {
    let recycled = lock(&POOL).pop();
    recycled.unwrap_or_else(Chunk::leak)
}

/// Gives a chunk back. Nobody may read or write it any more.
pub(super) fn give_back(chunk: &'static Chunk) {
    chunk.wipe();
    lock(&POOL).push(chunk);
}
