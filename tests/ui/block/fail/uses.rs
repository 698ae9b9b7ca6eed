//! Wrong uses by hand.
use metrics_core::metrics;

metrics! {
    /// Calls.
    static CALLS_TOTAL: Counter<kind, code: u16>;

    /// Length.
    static LENGTH: Gauge;
}

struct Opaque;

fn main() {
    CALLS_TOTAL.inc();
    CALLS_TOTAL { kind: "a" }.inc();
    CALLS_TOTAL { kind: "a", codes: 5 }.inc();
    CALLS_TOTAL { kind: "a", code: 5, code: 6 }.inc();
    CALLS_TOTAL { kind: "a", code: "5" }.inc();
    CALLS_TOTAL { kind: Opaque, code: 5 }.inc();
    CALLS_TOTAL { kind: "a", code: 5 }.dec();
    CALLS_TOTAL { kind: "a", code: 5 }.inc_by("many");
    LENGTH { kind: "a" }.inc();
    LENGTH.observe(1.0);
}
