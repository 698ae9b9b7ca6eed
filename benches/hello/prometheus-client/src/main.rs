//! One counter, exposed.

use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::registry::Registry;

fn main() {
    let greetings: Counter = Counter::default();
    let mut registry = Registry::default();
    registry.register("greetings", "Greetings", greetings.clone());
    greetings.inc();
    let mut page = String::new();
    text::encode(&mut page, &registry).unwrap();
    print!("{page}");
}
