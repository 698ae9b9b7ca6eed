//! Mistakes in what reads a result, and in a body whose result is looked at.
use metrics_core::{counted, timed};

struct Opaque;

#[counted(labels { status: |opaque| opaque.status() })]
fn no_method() -> Opaque {
    Opaque
}

#[counted(labels { status: |opaque| opaque })]
fn no_label_value() -> Opaque {
    Opaque
}

#[counted(outcome, err_if = |opaque| 5)]
fn no_bool() -> Opaque {
    Opaque
}

#[counted(outcome)]
async fn wrong_tail() -> Result<u8, String> {
    if true {
        return Err(5);
    }
    "text"
}

#[timed(outcome)]
fn wrong_sync_tail() -> Result<u8, String> {
    if true {
        return Err(5);
    }
    "text"
}

#[counted(outcome)]
fn missing_tail() -> u8 {
    let value = 5;
}

#[counted(outcome)]
async fn missing_async_tail() -> u8 {
    let value = 5;
}

#[timed(outcome)]
async fn unused(argument: u8) -> u8 {
    let mut variable = 5;
    variable
}

fn main() {}
