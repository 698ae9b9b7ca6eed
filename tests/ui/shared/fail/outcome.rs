//! What can be asked about the end of a call, and what can't.
use metrics_core::{Outcome, counted, gauged, metrics, timed};

metrics! {
    /// Calls.
    static CALLS_TOTAL: Counter<kind>;
    /// Calls by status.
    static STATUS_TOTAL: Counter<status: u16>;
    /// Calls by outcome.
    static ENDS_TOTAL: Counter<outcome: Outcome>;
}

#[counted(CALLS_TOTAL { kind: "a" }, outcome)]
fn no_such_label() {}

#[counted(STATUS_TOTAL { status: |status| *status })]
fn not_optional() -> u16 {
    5
}

#[counted(ENDS_TOTAL { outcome: "ok" }, outcome)]
#[counted(labels { outcome: "ok" }, outcome)]
fn twice() {}

#[gauged(outcome)]
#[gauged(labels { status: |status| *status })]
fn gauge() {}

#[counted(only = ok, only = [err, err], only)]
#[counted(only = [error, panicked])]
#[counted(only = [])]
fn only() {}

#[timed(only = err, outcom)]
#[timed(err_if = is_bad, outcome)]
#[timed(err_if = |result| result)]
fn err_if() -> bool {
    true
}

#[counted(outcome, err_if = |result| *result)]
#[timed(outcome, err_if = |result| !*result)]
fn second() -> bool {
    true
}

#[counted(labels { a: async |r| *r, b: move |r| *r, c: |a, b| *a, d: || 5, e: |r| -> u8 { *r } })]
fn closures() -> u8 {
    5
}

#[counted(labels { a: |result| 5 }, outcome, err_if = |_| true)]
fn never() -> ! {
    loop {}
}

#[timed(busy)]
fn busy() {}

#[timed(busy)]
async fn busy_for_ever() -> ! {
    loop {}
}

#[timed(ENDS_TOTAL, busy)]
async fn busy_declared() {}

fn main() {
    no_such_label();
    not_optional();
    twice();
    gauge();
    only();
    err_if();
    second();
    closures();
    busy();
    drop((busy_declared(), busy_for_ever()));
    never();
}
