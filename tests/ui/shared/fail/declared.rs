//! A declared metric tells its name and labels itself.
use metrics_core::{counted, gauged, metrics, timed};

metrics! {
    /// Calls.
    static CALLS_TOTAL: Counter;

    /// Calls by kind.
    static KINDS_TOTAL: Counter<kind>;

    /// Seconds.
    static CALL_SECONDS: Histogram;
}

#[counted(CALLS_TOTAL, name = "other_total", help = "No.", labels { a: 1 })]
fn options() {}

#[timed(CALL_SECONDS, histogram, buckets = [1.0])]
fn buckets() {}

#[counted(CALLS_TOTAL, KINDS_TOTAL { kind: "a" })]
fn two() {}

#[counted(CALLS_TOTAL {})]
fn braces() {}

#[gauged(CALLS_TOTAL)]
fn kind() {}

#[timed(KINDS_TOTAL { kind: "a" })]
fn kind_of_row() {}

#[counted(KINDS_TOTAL)]
fn labels() {}

#[counted(MISSING_TOTAL)]
fn missing() {}

fn main() {}
