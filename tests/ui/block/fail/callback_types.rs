//! What a callback is.
use metrics_core::metrics;

fn text() -> String {
    String::new()
}

fn argument(number: u8) -> u8 {
    number
}

metrics! {
    /// A text.
    #[metric(callback = text)]
    static TEXT: Gauge;

    /// An argument.
    #[metric(callback = argument)]
    static ARGUMENT: Gauge;

    /// Nothing.
    #[metric(callback = missing::number)]
    static MISSING: Gauge;

    /// A number.
    #[metric(callback = number)]
    static NUMBER: Gauge;
}

fn number() -> u8 {
    5
}

fn main() {
    NUMBER.inc();
}
