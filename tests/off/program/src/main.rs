//! Tells what was recorded.

fn main() {
    annotated::own("Rome");
    print!("{}", metrics_core::render());
}
