//! Metrics that are half written: those behind them are there all the same.
use metrics_core::metrics;

metrics! {
    #![prefix = "a_" 5]
    #![registry(USERS, OTHERS)]
    #![crate = metrics_core]
    #![5]

    /// A.
    static A

    /// B.
    static B_TOTAL Counter;

    /// C.
    static: Gauge;

    /// D.
    static DEPTH: Gauge<5>;

    /// E.
    static EDGES: Gauge

    /// F.
    static F: Gauge = 5;

    /// G.
    pub(crate) G: Gauge;

    /// H.
    static H: std::Gauge;

    /// I.
    static I: Gauge;
}

fn main() {
    I.set(1);
    EDGES.set(1);
}
