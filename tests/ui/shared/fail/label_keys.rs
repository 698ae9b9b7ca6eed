//! Keys of labels that are none.
use metrics_core::{counted, metrics};

metrics! {
    /// Calls.
    static CALLS_TOTAL: Counter<kind, r#type>;
}

#[counted(CALLS_TOTAL { 5: "a", r#type: "b" })]
fn number() {}

#[counted(CALLS_TOTAL { kind: "a", type: "b" })]
fn keyword() {}

#[counted(CALLS_TOTAL { "kind": "a", r#type: "b" })]
fn text() {}

#[counted(CALLS_TOTAL { kind = "a", r#type: "b" })]
fn sign() {}

#[counted(labels { 5: "a" })]
fn own_number() {}

#[counted(labels)]
fn no_braces() {}

fn main() {}
