//! Labels that are known at the end only, and are not those of the metric.
use metrics_core::{Outcome, counted, metrics, timed};

metrics! {
    /// B.
    static B_TOTAL: Counter<outcome: u8>;

    /// C.
    static C_TOTAL: Counter<kind>;

    /// D.
    static D_SECONDS: Histogram<outcome: Outcome, status: Option<u16>>;
}

#[counted(B_TOTAL, outcome)]
fn another_type() {}

#[counted(C_TOTAL { kind: "a" }, outcome)]
fn no_such_label() {}

#[counted(C_TOTAL { kond: |()| "a" })]
fn misspelt() {}

#[timed(D_SECONDS { status: |status| Some(*status) })]
fn no_outcome() -> u16 {
    200
}

fn main() {}
