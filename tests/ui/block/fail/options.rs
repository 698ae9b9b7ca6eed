//! Each option belongs to some kinds of metrics.
use metrics_core::metrics;

metrics! {
    /// A.
    #[metric(buckets = [1.0], quantiles = [0.5 => 0.05], max_age = "1m")]
    static A: Gauge;

    /// B.
    #[metric(buckets = [1.0])]
    static B_SECONDS: Summary;

    /// C.
    #[metric(quantiles = [0.5 => 0.05])]
    static C_SECONDS: Histogram;

    /// D.
    #[metric(unit = "seconds", max_series = 5, init = [{ version: 1 }], callback = number, buckets = [1.0])]
    static D: Info<version>;

    /// E.
    #[metric(unit = "seconds", max_series = 5, init = [{}], callback = number, age_buckets = 5)]
    static E: StateSet<bool>;

    /// F.
    #[metric(callback = number)]
    static F: Gauge<kind>;

    /// G.
    #[metric(callback = number)]
    static G_SECONDS: Histogram;

    /// H.
    #[metric(callback = |x| x, callback = "number", callback)]
    static H: Gauge;
}

fn number() -> u8 {
    5
}

fn main() {
    D { version: "1" }.set();
    E.set(true);
    F { kind: "a" }.inc();
    G_SECONDS.observe(1.0);
}
