//! The resolution of a native histogram.
use metrics_core::metrics;

metrics! {
    /// A.
    #[metric(factor = 1.1, native = only)]
    static A_SECONDS: Histogram;

    /// B.
    #[metric(factor = 0.5, zero_threshold = SMALL, max_zero_threshold = -1)]
    static B_SECONDS: NativeHistogram;

    /// C.
    #[metric(max_buckets = 5000000000, min_reset = 60)]
    static C_SECONDS: NativeHistogram<kind>;

    /// D.
    #[metric(native = only, buckets = [1.0])]
    static D_SECONDS: NativeHistogram;

    /// E.
    #[metric(native = none)]
    static E_SECONDS: NativeHistogram;

    /// F.
    #[metric(quantiles = [0.5 => 0.05])]
    static F_SECONDS: NativeHistogram;

    /// G.
    #[metric(buckets = linear(1, 1, 110))]
    static G_SECONDS: NativeHistogram;
}

fn main() {
    A_SECONDS.observe(1.0);
    C_SECONDS { kind: "a" }.observe(1.0);
}
