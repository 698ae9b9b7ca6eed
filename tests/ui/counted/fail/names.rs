//! Names that a person wrote.
use metrics_core::counted;

#[counted(name = "requests")]
fn total() {}

#[counted(name = "requests_count")]
fn suffix() {}

#[counted(name = "requestCounter_total")]
fn words() {}

#[counted(name = "wait_ms_total")]
fn abbreviation() {}

#[counted(name = "wait_milliseconds_total", unit = "seconds")]
fn unit() {}

#[counted(unit = "bytes")]
fn default_unit() {}

#[counted(name = "a-b", help = "")]
fn grammar() {}

#[counted(name = "metrics_core_calls_total")]
fn reserved() {}

fn main() {}
