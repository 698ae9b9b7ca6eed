//! What can't be recorded is refused with the reason.
use metrics_core::{counted, gauged, timed};
use std::future::Future;
use std::pin::Pin;

#[counted]
const fn constant() -> u8 {
    1
}

trait Work {
    #[timed]
    fn work(&self);
}

#[gauged]
struct Service;

#[counted]
impl Service {}

#[timed]
static NUMBER: u8 = 1;

async fn inner() {}

#[timed]
fn delegated() -> impl Future<Output = ()> {
    inner()
}

#[counted]
fn boxed() -> Pin<Box<dyn Future<Output = ()> + Send>> {
    let future = inner();
    Box::pin(future)
}

fn main() {
    const _: u8 = constant();
    drop((delegated(), boxed(), Service, NUMBER));
}
