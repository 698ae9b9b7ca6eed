//! Names of the user's, whatever they are, mean what they meant.
#![no_implicit_prelude]
#![deny(warnings)]

extern crate metrics_core;
extern crate std;

#[allow(dead_code)]
struct Result;
#[allow(dead_code)]
struct Option;
#[allow(dead_code)]
struct String;
#[allow(dead_code)]
struct FnOnce;
#[allow(dead_code, non_camel_case_types)]
struct str;
#[allow(dead_code, non_camel_case_types)]
struct bool;
#[allow(dead_code, non_camel_case_types)]
struct __Entry;
#[allow(dead_code)]
mod core {}

const __METRICS_CELL: &'static ::std::primitive::str = "cell";
const __METRICS_ROW_0: &'static ::std::primitive::str = "row";
const __METRICS_SITES: &'static ::std::primitive::str = "site";

::metrics_core::metrics! {
    /// Calls.
    static CALLS_TOTAL: Counter<kind>;

    /// Length.
    static LENGTH: Gauge;

    /// Time.
    static WORK_SECONDS: Histogram<l0, run>;
}

#[::metrics_core::counted(CALLS_TOTAL { kind: __METRICS_CELL })]
#[::metrics_core::timed]
#[::metrics_core::gauged(LENGTH)]
fn constants() {
    let _ = (__METRICS_CELL, __METRICS_ROW_0, __METRICS_SITES);
}

#[::metrics_core::counted(CALLS_TOTAL { kind: __metrics_rows })]
#[::metrics_core::timed(labels { guard: __metrics_guard, cell: { __METRICS_CELL } })]
fn locals(__metrics_rows: &::std::primitive::str, __metrics_guard: &::std::primitive::str) -> (usize, usize) {
    static __METRICS_CELL_0: usize = 1;
    (__METRICS_CELL_0, __metrics_rows.len() + __metrics_guard.len())
}

fn main() {
    constants();
    ::std::assert_eq!(locals("a", "b"), (1, 2));
    WORK_SECONDS { l0: "", run: "" }.observe(1.0);
}
