//! Metrics of one block that would write the same samples.
use metrics_core::metrics;

metrics! {
    /// A.
    static A: Gauge;

    /// A again.
    static A: Gauge;

    /// B.
    static B_SECONDS: Histogram;

    /// B's count.
    #[metric(name = "b_seconds_count", allow(suffix))]
    static B_COUNT: Gauge;

    /// C.
    static C_TOTAL: Counter;

    /// C in OpenMetrics.
    static C: Gauge;

    /// D.
    #[metric(name = "a")]
    static D: Gauge;

    /// One or the other.
    #[cfg(any())]
    static E: Gauge;

    /// The other.
    #[cfg(not(any()))]
    static E: Histogram;
}

fn main() {}
