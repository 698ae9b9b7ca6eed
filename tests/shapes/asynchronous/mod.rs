//! Free `async` functions.

mod bodies;
mod heads;
mod results;
