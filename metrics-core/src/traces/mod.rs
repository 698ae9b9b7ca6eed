//! Traces as exemplars: with the feature `traces`, a write that belongs to one may become its example.

#[cfg(feature = "traces")]
pub(crate) mod current;
#[cfg(feature = "traces")]
mod due;
#[cfg(not(feature = "traces"))]
mod off;
#[cfg(feature = "traces")]
mod offer;

#[cfg(not(feature = "traces"))]
pub(crate) use off::{begin_round, offer};
#[cfg(feature = "traces")]
pub use offer::exemplars_from_traces;
#[cfg(feature = "traces")]
pub(crate) use {due::begin_round, offer::offer};
