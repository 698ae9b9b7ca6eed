//! The main promise, end to end: what Prometheus stores is what was done.

#[path = "../hostile.rs"]
mod hostile;

mod command_line;
mod foreign;
mod formats;
mod latency;
mod logins;
mod native;
mod node_exporter;
mod orders;
mod quickstart;
mod streaming;
mod tasks;
