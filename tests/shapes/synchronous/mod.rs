//! Free functions that are not `async`.

mod bodies;
mod heads;
mod results;
