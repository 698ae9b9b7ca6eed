//! Labels at a use: rustc compares them with the declaration (CL-26).
use metrics_core::{counted, metrics};

metrics! {
    /// Calls.
    static CALLS_TOTAL: Counter<kind, code: u16>;
}

mod series {
    metrics_core::metrics! {
        /// Calls.
        pub static CALLS_TOTAL: Counter<kind>;
    }
}

struct Opaque;

#[counted(CALLS_TOTAL { kind: "a" })]
fn missing() {}

#[counted(CALLS_TOTAL { kindd: "a", code: 5 })]
fn misspelt() {}

#[counted(CALLS_TOTAL { kind: "a", kind: "b", code: 5 })]
fn repeated() {}

#[counted(CALLS_TOTAL { kind: "a", code: text })]
fn wrong_type(text: &str) {
    drop(text);
}

#[counted(CALLS_TOTAL { kind: Opaque, code: 5 })]
fn no_value() {}

#[counted(series::CALLS_TOTAL { kind: text })]
fn no_value_of_path(text: Vec<u8>) {
    drop(text);
}

#[counted(labels { kind: value })]
fn own_no_value(value: Opaque) {
    drop(value);
}

#[counted(CALLS_TOTAL { kind: unknown, code: 5 })]
fn unknown_variable() {}

fn main() {}
