//! What metrics-core promises, one module per promise.

mod block;
mod cardinality;
mod concurrency;
mod control_flow;
mod counted;
mod exposition;
mod functions;
mod gauged;
mod handler;
mod handles;
mod labels;
mod registries;
mod scrape;
mod timed;
mod values;
