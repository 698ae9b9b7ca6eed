//! From samples to bytes: one file a format, and what the text formats share.

pub(crate) mod escape;
pub(crate) mod line;
pub(crate) mod number;
pub(crate) mod openmetrics;
#[cfg(feature = "protobuf")]
pub(crate) mod protobuf;
pub(crate) mod text;
#[cfg(feature = "protobuf")]
mod wire;
