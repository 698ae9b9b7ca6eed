//! From samples to bytes: one file a format, and what the text formats share.

pub(crate) mod escape;
pub(crate) mod number;
pub(crate) mod text;
