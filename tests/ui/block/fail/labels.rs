//! Labels of a declaration.
use metrics_core::metrics;

metrics! {
    /// Twice.
    static A: Gauge<kind, kind, "kind" as other, "x" as y, "z" as y>;

    /// Reserved: PL-6.
    static B: Gauge<le, quantile, __name, "a-b" as ab, camelCase>;

    /// References.
    static C: Gauge<kind: &'static str>;

    /// Not a value.
    static D: Gauge<kind: Vec<u8>>;

    /// Unlabelled.
    #[metric(init = [{ kind: "a" }])]
    static E: Gauge;

    /// Wrong entries.
    #[metric(init = [{ kind: "a" }, { kinds: "a", zone: "b", zone: "c" }, 5, {}])]
    static F: Gauge<kind, zone>;

    /// No list.
    #[metric(init = { kind: "a" })]
    static G: Gauge<kind>;
}

fn main() {
    A { kind: "a", y: "b" }.inc();
    C { kind: "a" }.inc();
}
