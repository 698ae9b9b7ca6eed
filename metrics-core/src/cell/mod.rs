//! Words: the number behind every series, written by one thread each and summed when read.
//!
//! A write goes to a word that only the current thread writes; a read adds up the threads' words. So a metric that
//! many threads hit costs each of them a few plain instructions, whatever the others do, and nothing in safe Rust
//! stands in the way: one owner's relaxed load and store of an atomic compile to plain moves.
//!
//! ```text
//!             position 0 … 127 (one space)
//! thread A    [ tag words… | tag words… | … ]   a chunk, written by A alone
//! thread B    [ tag words… | tag words… | … ]   a chunk, written by B alone
//! base        [     words… |     words… | … ]   what ended threads left, under the space's lock
//! ```
//!
//! The tag is the [`SeriesId`] that the words were last used for. A series that is removed leaves its position to
//! another one; a late write through the old id finds or leaves an old tag, and nobody reads words with an old tag.

mod chunk;
mod id;
mod pool;
mod positions;
mod space;
mod thread;
pub(crate) mod words;

pub(crate) use chunk::Block;
pub(crate) use id::{Handle, SeriesId};
pub(crate) use positions::{base, create, destroy, drop_value, read, read_all, removals, write_base};
pub(crate) use space::{Layout, Tenant};
pub(crate) use thread::{Lead, belongings, own, write};
#[cfg(feature = "native")]
pub(crate) use {positions::faults, thread::adopt};
