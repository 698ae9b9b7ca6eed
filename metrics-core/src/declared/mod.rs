//! What `metrics!` declares: a static a metric, which is a thin view of what the linker gathered.

pub(crate) mod counter;
pub(crate) mod gauge;
pub(crate) mod histogram;
mod view;
