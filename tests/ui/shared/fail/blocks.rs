//! `impl` blocks and traits: what has nothing to record, and mistakes in what is handed out.
use metrics_core::{counted, gauged, timed};

struct Service;

#[counted]
impl Service {}

#[timed]
trait Work {
    fn work(&self);
}

#[gauged(nam = "in_flight")]
impl Service {
    fn first(&self) {}

    #[gauged(skip)]
    fn second(&self) {}
}

#[counted]
impl Service {
    #[counted(skip, help = "…")]
    fn third(&self) {}

    const fn constant() {}
}

#[timed(skip)]
fn alone() {}

#[counted(name = "calls_total", function = "named")]
fn named() {}

fn main() {
    Service.first();
    Service.second();
    Service.third();
    Service::constant();
    alone();
    named();
}
