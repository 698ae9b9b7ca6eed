//! Names that a person wrote.
use metrics_core::timed;

#[timed(name = "request_duration")]
fn no_unit() {}

#[timed(name = "request_seconds_total")]
fn total() {}

#[timed(name = "request_milliseconds", unit = "milliseconds")]
fn unit() {}

#[timed(name = "request_seconds_histogram", allow(type_in_name, unit))]
fn allowed() {}

fn main() {}
