//! What is no metric is reported, and the metrics around it are there.
use metrics_core::metrics;

metrics! {
    #![prefx = "a_"]
    #![prefix = "Shop"]
    #![registry = USERS]

    /// A.
    static mut A_TOTAL: Counter;

    /// B.
    const B_TOTAL: Counter;

    /// C.
    static C_TOTAL: Countr;

    /// D.
    static D_TOTAL: Counter = 5;

    /// E.
    static E_TOTAL: Counter<type, "a b", 5>;

    /// F.
    #[metric]
    #[metric(nme = "f", name = 5, help = "F", buckets = [1.0], name = "f_total", name = "g_total")]
    static F_TOTAL: Counter;

    /// G.
    static G: ;

    /// H.
    static H: Gauge<a b>;

    /// I.
    static I: Untyped;

    #![prefix = "late_"]

    /// J.
    static J: Gauge<"crate">;

    /// K.
    static K_TOTAL: Counter<kind>;
}

fn main() {
    C_TOTAL.inc();
    F_TOTAL.inc();
    I.set(1);
    K_TOTAL { kind: "a" }.inc();
}
