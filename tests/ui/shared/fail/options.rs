//! Unknown, repeated and malformed options: each is reported, and the function stays.
use metrics_core::{counted, gauged, timed};

#[counted(nam = "a_total")]
fn misspelt() {}

#[counted(name = "a_total", name = "b_total", help = 5, max_series = 0)]
fn repeated() {}

#[timed(name "a_seconds", registry = "users", labels = { a: 1 }, bucket = [1.0])]
fn malformed() {}

#[gauged(histogram, queue_length, allow(units), allow = unit)]
fn words() {}

#[counted(max_series = "many", name = )]
fn values() {}

#[counted(labels { a 5, b:, "c" = 1, type: 2, ..rest }; 5)]
fn labels() {}

fn main() {
    misspelt();
    repeated();
    malformed();
    words();
    values();
    labels();
}
