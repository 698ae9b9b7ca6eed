//! Every shape of function, clean under the strictest lints.
#![deny(warnings, clippy::all, clippy::pedantic)]
#![allow(clippy::unused_async, clippy::must_use_candidate, clippy::missing_errors_doc)]

use std::cell::Cell;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use metrics_core::{counted, gauged, timed};

#[counted]
fn plain() {}

#[timed]
async fn asynchronous(value: &str) -> usize {
    value.len()
}

#[counted]
#[timed]
#[gauged]
async fn fallible(text: String) -> Result<u8, std::num::ParseIntError> {
    let number: u8 = text.parse()?;
    Ok(number)
}

#[timed]
fn generic<'a, T: Debug + ?Sized, const N: usize>(value: &'a T, _: [u8; N]) -> &'a T
where
    T: PartialEq,
{
    value
}

#[gauged]
fn patterns((a, b): (u8, u8), [c, ..]: [u8; 3], _: &mut [u8]) -> u8 {
    a + b + c
}

#[counted]
fn implied(values: impl Iterator<Item = u8>) -> impl Iterator<Item = u8> {
    values.map(|value| value + 1)
}

#[timed]
fn never() -> ! {
    loop {
        std::thread::park();
    }
}

#[counted]
extern "C" fn foreign(value: i32) -> i32 {
    value
}

#[timed]
unsafe fn dangerous() {}

#[counted]
fn recursive(depth: u8) -> u8 {
    if depth == 0 { 0 } else { recursive(depth - 1) }
}

#[timed]
fn recursive_async(depth: u8) -> Pin<Box<dyn Future<Output = u8> + Send>> {
    let next = depth.saturating_sub(1);
    Box::pin(async move { if next == 0 { 0 } else { recursive_async(next).await } })
}

#[counted]
#[timed(labels { depth: depth })]
fn future(depth: u8) -> impl Future<Output = u8> {
    let next = depth + 1;
    async move { next + depth }
}

#[gauged]
fn borrowing(text: &str) -> impl Future<Output = usize> + '_ {
    async move {
        #![allow(clippy::let_and_return)]
        use std::str::Bytes;
        let bytes: Bytes<'_> = text.bytes();
        let length = bytes.len();
        length
    }
}

#[timed]
fn items() -> u8 {
    #![allow(clippy::items_after_statements)]
    use std::mem::size_of;
    const ONE: u8 = 1;
    struct Local;
    fn helper() -> u8 {
        ONE
    }
    assert_eq!(size_of::<Local>(), 0);
    helper()
}

#[timed]
fn no_send(value: Rc<Cell<u8>>) -> u8 {
    value.get()
}

struct Service {
    name: String,
}

trait Work {
    async fn work(&self) -> u8;

    #[counted]
    fn provided(&self) -> u8 {
        1
    }
}

impl Service {
    #[counted]
    #[timed(labels { name: self.name.as_str() })]
    fn shared(&self) -> &str {
        &self.name
    }

    #[timed]
    async fn exclusive(&mut self) {
        self.name.push('a');
    }


    #[counted]
    fn boxed(self: Box<Self>) {}

    #[counted]
    fn counted(self: Arc<Self>) {}
}

impl Work for Service {
    #[timed]
    #[counted]
    async fn work(&self) -> u8 {
        2
    }
}

impl Drop for Service {
    #[counted]
    fn drop(&mut self) {}
}

macro_rules! make {
    ($name:ident, $body:block) => {
        #[counted]
        fn $name() -> u8 $body
    };
}

make!(made, { 3 });

fn assert_send<T: Send>(value: T) -> T {
    value
}

fn main() {
    plain();
    drop(assert_send(asynchronous("a")));
    drop(assert_send(fallible(String::new())));
    assert_eq!(generic("a", [1]), "a");
    assert_eq!(patterns((1, 2), [3, 4, 5], &mut []), 6);
    assert_eq!(implied([1].into_iter()).next(), Some(2));
    let _: fn() -> ! = never;
    assert_eq!(foreign(1), 1);
    unsafe { dangerous() };
    assert_eq!(recursive(3), 0);
    drop(recursive_async(2));
    drop(future(1));
    drop(borrowing("a"));
    assert_eq!(items(), 1);
    assert_eq!(no_send(Rc::new(Cell::new(1))), 1);
    let mut service = Service { name: String::from("a") };
    assert_eq!(service.shared(), "a");
    drop(assert_send(service.exclusive()));
    drop(service.work());
    assert_eq!(service.provided(), 1);
    Box::new(Service { name: String::new() }).boxed();
    Arc::new(Service { name: String::new() }).counted();
    assert_eq!(made(), 3);
}
