//! Every way out of a function is recorded, and a future that never ran is not.
#![deny(warnings)]
use std::future::{Future, pending};
use std::panic::catch_unwind;
use std::task::{Context, Waker};

use metrics_core::{counted, gauged, metrics};

metrics! {
    /// In flight.
    static IN_FLIGHT: Gauge;

    /// Calls.
    static CALLS_TOTAL: Counter;
}

#[gauged(IN_FLIGHT)]
#[counted(CALLS_TOTAL)]
async fn waiting() {
    pending::<()>().await;
}

#[gauged(IN_FLIGHT)]
fn panicking() {
    assert!(IN_FLIGHT.get() < 1.0, "while it runs");
}

#[gauged(IN_FLIGHT)]
fn failing() -> Option<u8> {
    let value: Option<u8> = None;
    Some(value? + 1)
}

fn main() {
    drop(waiting());
    assert_eq!((IN_FLIGHT.get(), CALLS_TOTAL.get()), (0.0, 0.0));
    let mut future = Box::pin(waiting());
    assert!(future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_eq!((IN_FLIGHT.get(), CALLS_TOTAL.get()), (1.0, 1.0));
    drop(future);
    assert!(catch_unwind(panicking).is_err());
    assert_eq!(failing(), None);
    assert_eq!((IN_FLIGHT.get(), CALLS_TOTAL.get()), (0.0, 1.0));
}
