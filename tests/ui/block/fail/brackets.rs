//! What stands in the angle brackets of infos and state sets.
use metrics_core::metrics;

metrics! {
    /// A.
    static A: Info;

    /// B.
    static B: Info<>;

    /// C.
    static C: StateSet;

    /// D.
    static D: StateSet<>;

    /// E.
    static E: StateSet<mode: bool>;

    /// F.
    static F: StateSet<bool, bool>;

    /// G.
    static G: StateSet<"mode">;

    /// H.
    static H: Stateset<bool>;

    /// I.
    #[metric(name = "le")]
    static I: StateSet<bool>;

    /// J.
    #[metric(name = "a:b", allow(colon))]
    static J: StateSet<bool>;

    /// K.
    static K_TOTAL: StateSet<bool>;

    /// L.
    static L_TOTAL: Info<version>;
}

fn main() {
    E.set(true);
    F.set(false);
}
