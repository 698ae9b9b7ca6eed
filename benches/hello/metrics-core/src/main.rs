//! One counter, exposed.

metrics_core::metrics! {
    /// Greetings.
    static GREETINGS_TOTAL: Counter;
}

fn main() {
    GREETINGS_TOTAL.inc();
    print!("{}", metrics_core::render());
}
