//! What metrics-core promises, one module per promise.

mod block;
mod built;
mod busy;
mod callback;
mod cardinality;
mod closed_labels;
mod concurrency;
mod control_flow;
mod counted;
mod exposition;
mod functions;
mod gauged;
mod handler;
mod handles;
mod info;
mod labels;
mod outcome;
mod parser;
mod properties;
mod registries;
mod scrape;
mod stacks;
mod state_set;
mod summary;
mod timed;
mod values;
