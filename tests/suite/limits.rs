//! What the pages of the macros say about their limits is so, and no more than that.

use std::cell::RefCell;
use std::future::{Future, pending};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Waker};

use metrics_core::{Outcome, counted, metrics};

metrics! {
    /// Calls of a function that never returns.
    static ENDLESS_TOTAL: Counter<outcome: Outcome>;
}

thread_local! {
    static DROPPED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// Notes when it is dropped.
struct Named(&'static str);

impl Drop for Named {
    fn drop(&mut self) {
        DROPPED.with_borrow_mut(|dropped| dropped.push(self.0));
    }
}

fn dropped() -> Vec<&'static str> {
    DROPPED.take()
}

/// The same function without an attribute, with a guard, and where its result is looked at.
macro_rules! three {
    ($($attribute:meta)?, $name:ident) => {
        $(#[$attribute])?
        #[allow(clippy::needless_pass_by_value, reason = "what is dropped matters")]
        fn $name(first: Named, _second: Named, (third, _): (Named, Named), _: Named) -> usize {
            let _local = Named("local");
            let used = [&first, &third];
            used.len()
        }
    };
}

three!(, plain);
three!(counted, guarded);
three!(counted(outcome), judged);

fn call(function: fn(Named, Named, (Named, Named), Named) -> usize) -> Vec<&'static str> {
    function(Named("first"), Named("second"), (Named("third"), Named("fourth")), Named("fifth"));
    dropped()
}

#[test]
fn arguments_are_dropped_in_another_order_only_where_a_result_is_looked_at() {
    let usual = call(plain);
    assert_eq!(call(guarded), usual);
    let mut other = call(judged);
    assert_ne!(other, usual);
    assert_eq!(other[0], "local");
    // Those that are used come first.
    let used = other.iter().position(|name| *name == "first");
    assert!(used < other.iter().position(|name| *name == "second"), "{other:?}");
    let mut all = usual;
    all.sort_unstable();
    other.sort_unstable();
    assert_eq!(other, all, "each is dropped once");
}

#[counted(ENDLESS_TOTAL, outcome)]
async fn endless() -> ! {
    loop {
        pending::<()>().await;
    }
}

fn ended(outcome: Outcome) -> f64 {
    ENDLESS_TOTAL.get(ENDLESS_TOTAL { outcome }).unwrap_or_default()
}

#[test]
fn of_what_never_returns_the_thread_is_asked() {
    let polled = || {
        let mut future = Box::pin(endless());
        assert!(pin!(&mut future).poll(&mut Context::from_waker(Waker::noop())).is_pending());
        future
    };
    drop(polled());
    assert_eq!((ended(Outcome::Cancelled), ended(Outcome::Panicked)), (1.0, 0.0));
    let neighbour = catch_unwind(AssertUnwindSafe(|| {
        let _future = polled();
        panic!("a neighbour");
    }));
    assert!(neighbour.is_err());
    assert_eq!((ended(Outcome::Cancelled), ended(Outcome::Panicked)), (1.0, 1.0));
}
