//! How the words of each kind are written and added up: nothing but blocks, so that a model checker can run it.

pub(crate) mod counter;
pub(crate) mod distribution;
pub(crate) mod gauge;
#[cfg(feature = "native")]
pub(crate) mod native;
