//! Every shape that a function can have, under each way in which the macros rewrite one: a guard before the body, and a
//! look at the result. Each is compiled without an attribute as well, warnings are errors, and every call is recorded once.

#![deny(warnings)]
#![allow(clippy::all, clippy::pedantic, reason = "shapes, not work; `tests/strict` is for those lints")]

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Measures the function in the last braces in two ways; the braces before it hold what it needs, and, of a method, the head
/// of its `impl` block. The expression calls it once, or as often as it says.
macro_rules! shape {
    ($name:ident, { $($needs:tt)* }, { $($function:tt)* }, $call:expr $(, calls $calls:literal)?) => {
        shape!(@ $name, { $($needs)* }, [], { $($function)* }, {}, $call, [$($calls)? 1]);
    };
    ($name:ident, { $($needs:tt)* }, { $($head:tt)* } { $($function:tt)* } { $($rest:tt)* }, $call:expr) => {
        shape!(@ $name, { $($needs)* }, [$($head)*], { $($function)* }, { $($rest)* }, $call, [1]);
    };
    (@ $name:ident, $needs:tt, $head:tt, $function:tt, $rest:tt, $call:expr, [$calls:literal $($_:literal)?]) => {
        mod $name {
            shape!(@ mod plain, [], $needs, $head, $function, $rest, $call);
            shape!(@ mod guard, [
                #[metrics_core::counted]
                #[metrics_core::timed]
                #[metrics_core::gauged]
            ], $needs, $head, $function, $rest, $call);
            shape!(@ mod result, [
                #[metrics_core::counted(outcome, name = "shapes_ends_total", labels { module: module_path!() })]
                #[metrics_core::timed(outcome, name = "shapes_ends_seconds", labels { module: module_path!() })]
            ], $needs, $head, $function, $rest, $call);

            #[test]
            fn is_recorded_and_does_not_change() {
                plain::call();
                guard::call();
                result::call();
                crate::check(module_path!(), $calls);
            }
        }
    };
    (@ mod $mode:ident, [$($attributes:tt)*], { $($needs:tt)* }, [], { $($function:tt)* }, {}, $call:expr) => {
        mod $mode {
            #[allow(unused_imports)]
            use crate::prelude::*;
            $($needs)*
            $($attributes)*
            $($function)*
            pub(super) fn call() {
                $call;
            }
        }
    };
    (@ mod $mode:ident, [$($attributes:tt)*], { $($needs:tt)* }, [$($head:tt)+], { $($function:tt)* }, { $($rest:tt)* }, $call:expr) => {
        mod $mode {
            #[allow(unused_imports)]
            use crate::prelude::*;
            $($needs)*
            $($head)+ {
                $($attributes)*
                $($function)*
                $($rest)*
            }
            pub(super) fn call() {
                $call;
            }
        }
    };
}

mod asynchronous;
mod futures;
mod methods;
mod synchronous;

mod prelude {
    pub(crate) use std::error::Error;
    pub(crate) use std::fmt::{Debug, Display};
    pub(crate) use std::future::ready;
    pub(crate) use std::pin::Pin;
    pub(crate) use std::rc::Rc;
    pub(crate) use std::sync::Arc;

    pub(crate) use super::{block_on, cancelled, panics, pause, sent};
}

/// Runs a future to its end.
fn block_on<F: Future>(future: F) -> F::Output {
    let (mut future, mut context) = (pin!(future), Context::from_waker(Waker::noop()));
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

/// Begins a future and drops it.
fn cancelled(future: impl Future) {
    assert!(pin!(future).poll(&mut Context::from_waker(Waker::noop())).is_pending());
}

/// Is pending once.
async fn pause() {
    let mut paused = false;
    std::future::poll_fn(
        |_| if std::mem::replace(&mut paused, true) { Poll::Ready(()) } else { Poll::Pending },
    )
    .await;
}

/// What can go to another thread.
fn sent<T: Send>(value: T) -> T {
    value
}

fn panics(call: impl FnOnce()) {
    let end = std::panic::catch_unwind(std::panic::AssertUnwindSafe(call));
    assert!(end.is_err());
}

/// Every call in the modules `guard` and `result` of this one was recorded, and none is in flight.
fn check(module: &str, calls: u64) {
    let text = metrics_core::render();
    let sum = |metric: &str, mode: &str| -> f64 {
        let label = format!("module=\"{module}::{mode}\"");
        let lines = text.lines().filter(|line| !line.starts_with('#') && line.contains(&label));
        let lines = lines.filter(|line| line.split('{').next().is_some_and(|name| name.ends_with(metric)));
        lines.map(|line| line.rsplit(' ').next().unwrap().parse::<f64>().unwrap()).sum()
    };
    let calls = calls as f64;
    assert_eq!(sum("_calls_total", "guard"), calls);
    assert_eq!(sum("_duration_seconds_count", "guard"), calls);
    assert_eq!(sum("_in_flight", "guard"), 0.0);
    assert!(text.contains(&format!("module=\"{module}::guard\"")));
    assert_eq!(sum("shapes_ends_total", "result"), calls);
    assert_eq!(sum("shapes_ends_seconds_count", "result"), calls);
}
