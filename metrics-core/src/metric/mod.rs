//! The kinds of metrics, one a file: what a series of it can be told, and how its words add up.

pub(crate) mod callback;
pub(crate) mod counter;
pub(crate) mod gauge;
pub(crate) mod histogram;
pub(crate) mod info;
#[cfg(feature = "native")]
pub(crate) mod native_histogram;
pub(crate) mod state_set;
pub(crate) mod summary;
