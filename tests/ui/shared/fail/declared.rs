//! A declared metric tells its name and labels itself.
use metrics_core::{counted, gauged, metrics, timed};

metrics! {
    /// Calls.
    static CALLS_TOTAL: Counter;

    /// Calls by kind.
    static KINDS_TOTAL: Counter<kind>;

    /// Seconds.
    static CALL_SECONDS: Histogram;

    /// What was built.
    static BUILD: Info<version>;

    /// What is done.
    static MODE: StateSet<bool>;
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

#[gauged(KINDS_TOTAL { kind: "a" })]
fn kind_of_gauge() {}

#[counted(CALL_SECONDS)]
fn kind_of_histogram() {}

#[timed(CALLS_TOTAL)]
fn kind_of_counter() {}

#[counted(BUILD { version: "1" })]
fn kind_of_info() {}

#[gauged(MODE)]
fn kind_of_state_set() {}

#[counted(KINDS_TOTAL)]
fn labels() {}

#[counted(MISSING_TOTAL)]
fn missing() {}

fn main() {}
