//! A type whose values are no closed set, and one that is no label value at all.
use metrics_core::metrics;

struct Opaque;

metrics! {
    /// Any text.
    static TEXT: StateSet<String>;

    /// No text.
    static STATE: StateSet<Opaque>;

    /// No text.
    static OPAQUE_TOTAL: Counter<kind: Opaque>;
}

fn main() {}
