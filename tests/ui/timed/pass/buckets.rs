//! Every way to write the bounds of a histogram.
#![deny(warnings)]
use metrics_core::timed;

mod bounds {
    pub const ARRAY: [f64; 2] = [0.5, 1.0];
    pub static SLICE: &[f64] = &[0.5, 1.0];
}

#[timed(histogram)]
fn default() {}

#[timed(histogram, buckets = [-1, 0, 0.5, 1e3, 2_000.0])]
fn list() {}

#[timed(buckets = linear(0.1, 0.1, 7))]
fn linear() {}

#[timed(buckets = exponential(0.001, 10, 4), name = "exponential_seconds", unit = "seconds")]
fn exponential() {}

#[timed(buckets = bounds::ARRAY)]
fn array() {}

#[timed(buckets = metrics_core::buckets::DEFAULT)]
fn ours() {}

fn main() {
    assert_eq!(bounds::SLICE.len(), 2);
    default();
    list();
    linear();
    exponential();
    array();
    ours();
    let scrape = metrics_core::render();
    assert!(scrape.contains("linear_duration_seconds_bucket"), "{scrape}");
    assert!(scrape.contains("le=\"0.7\""), "{scrape}");
}
