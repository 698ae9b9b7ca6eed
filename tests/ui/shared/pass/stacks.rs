//! Several attributes, in any order, by any path, among others.
#![deny(warnings)]

use metrics_core as renamed;
use metrics_core::{counted, gauged, metrics, timed};

metrics! {
    /// Calls.
    static CALLS_TOTAL: Counter<kind>;

    /// Seconds.
    static CALL_SECONDS: Histogram;

    /// In flight.
    static IN_FLIGHT: Gauge<kind>;
}

#[counted(CALLS_TOTAL { kind: "ctg" },)]
#[timed(CALL_SECONDS)]
#[gauged(IN_FLIGHT { kind })]
fn ctg(kind: &str) {
    assert_eq!(IN_FLIGHT.get(IN_FLIGHT { kind }), Some(1.0));
}

#[gauged(IN_FLIGHT { kind })]
#[inline]
#[counted(CALLS_TOTAL { kind: "gct" })]
#[must_use]
#[timed(CALL_SECONDS)]
fn gct(kind: &str) -> bool {
    kind.is_empty()
}

#[renamed::timed(crate = renamed)]
#[metrics_core::gauged]
#[::metrics_core::counted]
#[renamed::counted(CALLS_TOTAL { kind: "tgc" }, crate = renamed)]
async fn tgc() {}

#[counted()]
#[counted(CALLS_TOTAL { kind: "twice" })]
fn twice() {}

macro_rules! annotated {
    ($name:ident, $metric:path) => {
        #[counted($metric { kind: "macro" })]
        #[counted(crate::CALLS_TOTAL { kind: stringify!($name) })]
        fn $name() {}
    };
}

annotated!(by_macro, crate::CALLS_TOTAL);

#[counted]
#[cfg_attr(all(), timed, gauged)]
fn conditional() {}

fn main() {
    by_macro();
    conditional();
    ctg("a");
    assert!(!gct("b"));
    drop(tgc());
    twice();
    assert_eq!(CALLS_TOTAL.get(CALLS_TOTAL { kind: "ctg" }), Some(1.0));
    assert_eq!(CALLS_TOTAL.get(CALLS_TOTAL { kind: "gct" }), Some(1.0));
    assert_eq!(CALLS_TOTAL.get(CALLS_TOTAL { kind: "twice" }), Some(1.0));
    assert_eq!(CALL_SECONDS.handle().count(), 2);
    assert_eq!(IN_FLIGHT.get(IN_FLIGHT { kind: "a" }), Some(0.0));
}
