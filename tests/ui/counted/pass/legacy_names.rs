//! Names that break a rule of style are allowed one rule at a time.
#![deny(warnings)]
use metrics_core::{counted, gauged, timed};

#[counted(name = "requests", allow(total))]
fn total() {}

#[counted(name = "requests_count", allow(total, suffix))]
fn suffix() {}

#[gauged(name = "job:requestsGauge_gauge", allow(colon, camel_case, type_in_name, help), help = "")]
fn words() {}

#[timed(name = "wait_ms", allow(abbreviation, unit))]
fn abbreviation() {}

#[timed(name = "wait_milliseconds", labels { camelCase: 1 }, allow(unit, camel_case))]
fn unit() {}

fn main() {
    total();
    suffix();
    words();
    abbreviation();
    unit();
}
