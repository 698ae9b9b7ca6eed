//! Answering a scrape over HTTP, on the types that all frameworks share.

pub(crate) mod body;
mod coding;
pub(crate) mod handler;
pub(crate) mod negotiate;
#[cfg(feature = "serve")]
pub(crate) mod serve;
mod stream;
