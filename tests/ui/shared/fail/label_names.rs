//! Names of labels at an attribute's own metric.
use metrics_core::{counted, timed};

#[counted(labels { module: 1, function: 2 })]
fn taken() {}

#[timed(labels { le: 1, quantile: 2, __a: 3, "a-b": 4, aB: 5, c: 6, c: 7, "9": 8 })]
fn grammar() {}

#[counted(name = "a_total", labels { module: 1, aB: 2 }, allow(camel_case))]
fn allowed() {}

fn main() {}
