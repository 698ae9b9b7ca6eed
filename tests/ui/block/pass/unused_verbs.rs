//! A metric that is used through its struct has no unused parts.
#![deny(warnings)]
use metrics_core::metrics;

metrics! {
    /// Calls.
    static CALLS_TOTAL: Counter<kind>;

    /// In flight.
    static IN_FLIGHT: Gauge<kind>;

    /// Seconds.
    static CALL_SECONDS: Histogram<kind>;

    /// Seconds.
    static SUMMED_SECONDS: Summary<kind>;

    /// Facts.
    static FACTS: Info<kind>;
}

fn main() {
    CALLS_TOTAL { kind: "a" }.inc();
    let _guard = IN_FLIGHT { kind: "a" }.in_flight();
    CALL_SECONDS { kind: "a" }.observe(1.0);
    SUMMED_SECONDS { kind: "a" }.observe(1.0);
    FACTS { kind: "a" }.set();
}
