//! Bounds of a histogram.
use metrics_core::timed;

#[timed(buckets = [])]
fn empty() {}

#[timed(buckets = [0.1, 0.5, 0.5, 0.2])]
fn falling() {}

#[timed(buckets = [1e999, f64::NAN, "a", SIZE, -"b"])]
fn numbers() {}

#[timed(buckets = 5, buckets = 6)]
fn number() {}

#[timed(buckets = &[1.0])]
fn reference() {}

#[timed(buckets = linear(0, 0, 1.5))]
fn linear() {}

#[timed(buckets = exponential(0, 1, 200))]
fn exponential() {}

#[timed(buckets = linear(1, 2))]
fn short() {}

#[timed(buckets = logarithmic(1, 2, 3))]
fn unknown() {}

#[timed(buckets = WRONG)]
fn constant() {}

const WRONG: [f64; 2] = [1.0, 0.5];

fn main() {}
