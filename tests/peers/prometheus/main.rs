//! The main promise, end to end: what Prometheus stores is what was done.

#[path = "../hostile.rs"]
mod hostile;

mod command_line;
mod foreign;
mod latency;
mod logins;
mod native;
mod orders;
mod quickstart;
mod tasks;
