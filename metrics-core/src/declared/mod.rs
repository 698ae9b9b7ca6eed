//! What `metrics!` declares: a static a metric, which is a thin view of what the linker gathered.

pub(crate) mod callback;
pub(crate) mod counter;
pub(crate) mod gauge;
pub(crate) mod histogram;
pub(crate) mod info;
#[cfg(feature = "native")]
pub(crate) mod native_histogram;
pub(crate) mod state_set;
pub(crate) mod summary;
mod view;
