//! Labels: what they can hold, series that exist from the start, and how many there may be.
//!
//! ```text
//! cargo run --example labels
//! ```

use std::net::{IpAddr, Ipv4Addr};

use metrics_core::{LabelValue, metrics};

/// A label whose values are known: as a type, so that a typing mistake is a compile error and not a new
/// series. The values are the names of the variants in `snake_case`.
#[derive(LabelValue)]
enum Payment {
    Card,
    Cash,
}

metrics! {
    /// Orders taken, by means of payment and country.
    // `payment` takes a `Payment` only; `country` takes anything that can be a label's value. The first
    // scrape shows the series that `init` lists, with 0.
    #[metric(init = [
        { payment: Payment::Card, country: "de" },
        { payment: Payment::Cash, country: "de" },
    ])]
    static ORDERS_TOTAL: Counter<payment: Payment, country>;

    /// Open connections, by peer and protocol.
    // `type` is a keyword of Rust, not of Prometheus.
    static CONNECTIONS: Gauge<peer, r#type>;

    /// Logins by user.
    // A label that strangers can fill, so its series are limited: by default to 2 000, here to 2.
    #[metric(max_series = 2)]
    static LOGINS_TOTAL: Counter<user>;
}

fn main() {
    show("At the start", "orders_total");

    let (payment, country) = (Payment::Card, "de");
    ORDERS_TOTAL { payment, country }.inc();
    // `None` leaves the label out.
    let (payment, country) = (Payment::Cash, None::<&str>);
    ORDERS_TOTAL { payment, country }.inc();
    show("Two orders later", "orders_total");

    let (peer, r#type) = (IpAddr::from(Ipv4Addr::LOCALHOST), "http");
    let connections = CONNECTIONS { peer, r#type };
    connections.set(3);
    // A handle has looked its series up already: for the places where every nanosecond counts.
    let handle = connections.handle();
    handle.inc();
    show("An address and a keyword", "connections");
    // The peer will not come back: neither should its series.
    connections.remove();
    show("After its removal", "connections");

    for user in ["ada", "grace", "mallory-1", "mallory-2", "mallory-3", "ada"] {
        LOGINS_TOTAL { user }.inc();
    }
    show("Beyond the limit", "logins_total");
}

/// Prints the series of one metric.
fn show(what: &str, name: &str) {
    println!("{what}:");
    let text = metrics_core::render();
    for line in text.lines().filter(|line| line.starts_with(name)) {
        println!("  {line}");
    }
    println!();
}
