//! One counter, exposed.

use prometheus::{TextEncoder, register_int_counter};

fn main() {
    let greetings = register_int_counter!("greetings_total", "Greetings.").unwrap();
    greetings.inc();
    print!("{}", TextEncoder::new().encode_to_string(&prometheus::gather()).unwrap());
}
