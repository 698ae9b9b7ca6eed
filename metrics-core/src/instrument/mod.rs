//! What stands around a piece of work and records it, however it ends.

pub(crate) mod call;
pub(crate) mod future;
pub(crate) mod in_flight;
pub(crate) mod judged;
pub(crate) mod kept;
pub(crate) mod late;
pub(crate) mod outcome;
pub(crate) mod own;
pub(crate) mod parts;
pub(crate) mod rows;
pub(crate) mod timer;
pub(crate) mod watch;
