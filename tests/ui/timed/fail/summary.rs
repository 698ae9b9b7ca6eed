//! Options of the one kind or the other.
use metrics_core::{metrics, timed};

metrics! {
    /// Seconds.
    static CALL_SECONDS: Summary;
}

#[timed(summary, buckets = [1.0])]
fn buckets() {}

#[timed(quantiles = [0.5 => 0.05], max_age = "1m")]
fn quantiles() {}

#[timed(histogram, age_buckets = 5)]
fn histogram() {}

#[timed(histogram, summary)]
fn both() {}

#[timed(summary, summary, max_age = "1m")]
fn twice() {}

#[timed(summary, quantiles = [1.5 => 0.05], max_age = "0s", age_buckets = 61)]
fn values() {}

#[timed(CALL_SECONDS, summary, quantiles = [0.5 => 0.05], max_age = "1m", age_buckets = 5)]
fn declared() {}

#[timed(summry)]
fn misspelt() {}

fn main() {}
