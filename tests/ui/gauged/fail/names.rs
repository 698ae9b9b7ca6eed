//! Names that a person wrote.
use metrics_core::gauged;

#[gauged(name = "calls_total")]
fn total() {}

#[gauged(name = "calls_gauge")]
fn type_in_name() {}

#[gauged(name = "job:calls")]
fn colon() {}

#[gauged(buckets = [1.0])]
fn buckets() {}

fn main() {}
