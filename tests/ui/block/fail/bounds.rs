//! Bounds by the path of a constant, and bounds that round to the same number.
use metrics_core::metrics;

const RISING: [f64; 2] = [1.0, 2.0];
const FALLING: [f64; 2] = [2.0, 1.0];
const TEXT: &str = "1.0";

metrics! {
    /// Equal when they are rounded.
    #[metric(buckets = linear(1e16, 1, 3))]
    static ROUNDED: Histogram;

    /// A constant that is right.
    #[metric(buckets = RISING)]
    static RIGHT: Histogram;

    /// A constant that is wrong.
    #[metric(buckets = FALLING)]
    static WRONG: Histogram;

    /// A constant of another type.
    #[metric(buckets = TEXT)]
    static OTHER: Histogram;

    /// An expression.
    #[metric(buckets = [1.0 + 1.0, 3.0])]
    static SUM: Histogram;
}

fn main() {
    RIGHT.observe(1.5);
}
