//! The runtime's `record`: here everything is recorded.

pub(crate) const RECORD: bool = true;
