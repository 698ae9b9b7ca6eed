//! Functions that return a future are measured while the future runs, and lose no statement.
#![deny(warnings)]
use std::cell::Cell;
use std::future::{Future, ready};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use metrics_core::{metrics, timed};

metrics! {
    /// Seconds.
    static FUTURE_SECONDS: Histogram<kind>;
}

thread_local! {
    static STATEMENTS: Cell<u8> = const { Cell::new(0) };
}

fn statement() {
    STATEMENTS.set(STATEMENTS.get() + 1);
}

type LocalBoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

trait Boxed: Future + Sized {
    fn boxed_local<'a>(self) -> LocalBoxFuture<'a, Self::Output>
    where
        Self: 'a,
    {
        Box::pin(self)
    }
}

impl<F: Future> Boxed for F {}

#[timed(FUTURE_SECONDS { kind: "implied" })]
fn implied(value: &u8) -> impl Future<Output = u8> {
    statement();
    async { *value }
}

#[timed(FUTURE_SECONDS { kind })]
fn pinned(kind: &'static str) -> Pin<Box<dyn Future<Output = usize> + Send>> {
    statement();
    let length = kind.len();
    Box::pin(async move { ready(length).await })
}

#[timed(FUTURE_SECONDS { kind: "boxed" })]
fn boxed<'a>() -> LocalBoxFuture<'a, ()> {
    statement();
    async move {}.boxed_local()
}

#[timed(FUTURE_SECONDS { kind: "returned" })]
fn returned(early: bool) -> impl Future<Output = ()> {
    if early {
        statement();
    }
    return std::boxed::Box::pin(async {});
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return value;
        }
    }
}

fn count(kind: &str) -> u64 {
    FUTURE_SECONDS { kind }.handle().count()
}

fn main() {
    drop((implied(&1), pinned("pinned"), boxed(), returned(true)));
    assert_eq!(STATEMENTS.get(), 4);
    assert_eq!([count("implied"), count("pinned"), count("boxed"), count("returned")], [0; 4]);
    assert_eq!((run(implied(&1)), run(pinned("pinned"))), (1, 6));
    run(boxed());
    run(returned(false));
    assert_eq!([count("implied"), count("pinned"), count("boxed"), count("returned")], [1; 4]);
}
