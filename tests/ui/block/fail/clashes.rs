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

    /// F.
    static F_SECONDS: Summary;

    /// F's sum.
    #[metric(name = "f_seconds_sum", allow(suffix))]
    static F_SUM: Gauge;

    /// G.
    static G_INFO: Info<version>;

    /// G by another name.
    #[metric(name = "g_info")]
    static G: Gauge;

    /// H and its label.
    static H: StateSet<bool>;

    /// H again.
    #[metric(name = "h")]
    static H_AGAIN: Info<version>;

    /// One or the other.
    #[cfg(any())]
    static E: Gauge;

    /// The other.
    #[cfg(not(any()))]
    static E: Histogram;
}

fn main() {}
