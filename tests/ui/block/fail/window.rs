//! The quantiles of a summary.
use metrics_core::metrics;

metrics! {
    /// A.
    #[metric(quantiles = [1.5 => 0.05, -0.5 => 0.05, 95 => 0.01, 0.5 => 0, 0.9 => 1, 0.99 => -0.1])]
    static A_SECONDS: Summary;

    /// B.
    #[metric(quantiles = [0.5 => 0.05, 0.9 => 0.01, 0.50 => 0.01])]
    static B_SECONDS: Summary;

    /// C.
    #[metric(quantiles = [])]
    static C_SECONDS: Summary;

    /// D.
    #[metric(quantiles = [0.5, HALF => 0.05, 0.5 => "a"])]
    static D_SECONDS: Summary;

    /// E.
    #[metric(quantiles = 0.5, quantiles)]
    static E_SECONDS: Summary;

    /// F.
    #[metric(max_age = "10m", age_buckets = 3)]
    static F_SECONDS: Summary;

    /// G.
    #[metric(quantiles = [0.5 => 0.05], max_age = "0s", age_buckets = 0)]
    static G_SECONDS: Summary<kind>;

    /// H.
    #[metric(quantiles = [0.5 => 0.05], max_age = "10 minutes", age_buckets = 61)]
    static H_SECONDS: Summary;

    /// I.
    #[metric(quantiles = [0.5 => 0.05], max_age = 600, age_buckets = "5")]
    static I_SECONDS: Summary;

    /// J.
    #[metric(quantile = [0.5 => 0.05])]
    static J_SECONDS: Summary;

    /// K.
    static K_SECONDS: Summary<quantile>;
}

fn main() {
    A_SECONDS.observe(1.0);
    G_SECONDS { kind: "a" }.observe(1.0);
}
