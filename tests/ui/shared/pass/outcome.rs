//! Functions of every shape whose result is looked at: none loses or gains a lint, none changes its meaning.
#![deny(warnings, clippy::all)]
#![allow(dead_code)]

use std::cell::RefCell;
use std::error::Error;
use std::fmt::{Debug, Display};
use std::future::{Future, ready};
use std::pin::Pin;
use std::rc::Rc;

use metrics_core::{Outcome, counted, metrics, timed};

metrics! {
    /// Calls.
    static CALLS_TOTAL: Counter<kind, outcome: Outcome>;

    /// Seconds.
    static CALL_SECONDS: Histogram<kind>;
}

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

struct Store<T> {
    items: Vec<T>,
}

impl<T: Clone + Send + Sync + 'static> Store<T> {
    #[counted(outcome)]
    fn first(&self) -> Option<&T> {
        self.items.first()
    }

    #[counted(outcome)]
    fn first_mut(&mut self) -> Option<&mut T> {
        let items = &mut self.items;
        items.first_mut()
    }

    #[counted(outcome)]
    fn into_items(self: Box<Self>) -> Vec<T> {
        self.items
    }

    #[counted(outcome)]
    async fn wait(&mut self) -> &mut Self {
        ready(()).await;
        self
    }

    #[counted(outcome)]
    fn delegated(&self) -> Pin<Box<dyn Future<Output = Option<&T>> + '_>> {
        let first = self.items.first();
        Box::pin(ready(first))
    }

    #[timed(busy)]
    fn implied(&mut self) -> impl Future<Output = &mut Self> {
        self.wait()
    }

    #[counted(CALLS_TOTAL { kind: "boxed" }, outcome)]
    fn boxed(&self) -> BoxFuture<'_, usize> {
        Box::pin(ready(self.items.len()))
    }
}

#[counted(outcome)]
fn generic<'a, T: Debug + 'a, const N: usize>(
    values: &'a [T; N],
) -> Result<impl Iterator<Item = &'a T> + Debug + use<'a, T, N>, Box<dyn Error>> {
    if N == 0 {
        return Err("empty".into());
    }
    Ok(values.iter())
}

#[counted(outcome)]
fn patterns((a, b): (u8, u8), [c, ..]: [u8; 3], mut d: u8, _: u8) -> u8 {
    d += 1;
    a + b + c + d
}

#[counted(outcome)]
fn pointer(double: bool) -> fn(u8) -> u8 {
    if double {
        return |value| value * 2;
    }
    |value| value
}

#[counted(outcome)]
async fn pointer_later(double: bool) -> fn(u8) -> u8 {
    if double {
        return |value| value * 2;
    }
    |value| value
}

#[counted(outcome)]
fn object(name: bool) -> Box<dyn Display> {
    if name {
        return Box::new("name");
    }
    Box::new(5)
}

#[counted(outcome)]
unsafe fn dangerous(value: *const u8) -> Result<u8, ()> {
    Ok(unsafe { *value })
}

#[counted(outcome)]
async unsafe fn dangerous_later(value: u8) -> u8 {
    value
}

#[counted(outcome)]
extern "C" fn external(value: i32) -> i32 {
    value
}

#[counted(outcome)]
async fn not_send(shared: Rc<RefCell<u8>>) -> Result<u8, std::cell::BorrowError> {
    ready(()).await;
    Ok(*shared.try_borrow()?)
}

#[counted(outcome)]
fn recursive(levels: u32) -> u32 {
    if levels == 0 { 0 } else { recursive(levels - 1) + 1 }
}

#[counted(outcome)]
fn recursive_future(levels: u32) -> BoxFuture<'static, u32> {
    Box::pin(async move { if levels == 0 { 0 } else { recursive_future(levels - 1).await + 1 } })
}

#[counted(outcome)]
async fn never() -> ! {
    std::future::pending().await
}

#[counted(outcome)]
fn nothing() {
    #![allow(unused_variables)]
    fn helper() {}
    let unused = 1;
    helper();
}

#[must_use]
#[counted(labels { length: |text: &String| text.len() })]
fn conditional(#[cfg(any())] missing: u8, #[cfg(all())] text: &str) -> String {
    text.into()
}

/// Names that generated code must not mean.
mod hostile {
    #![allow(non_camel_case_types)]

    use metrics_core::{counted, timed};

    pub enum Verdict {
        Ok,
        Err,
        Some,
        None,
    }
    use Verdict::*;

    struct Result;
    struct Option;
    struct Outcome;
    struct String;
    mod core {}
    mod std {}
    const __METRICS_CELL_0: u8 = 1;

    #[counted(outcome, only = err, err_if = |verdict| matches!(verdict, Err))]
    #[timed(outcome)]
    pub fn verdict(__metrics_result: u8, __metrics_guard: u8) -> Verdict {
        let (_, _, _, _) = (Result, Option, Outcome, String);
        match __metrics_result + __metrics_guard + __METRICS_CELL_0 {
            0 => Ok,
            1 => Some,
            2 => None,
            _ => Err,
        }
    }
}

fn main() {
    assert_eq!(Store { items: vec![1] }.first_mut(), Some(&mut 1));
    assert_eq!(Store { items: vec![1] }.first(), Some(&1));
    assert_eq!(Box::new(Store { items: vec![1] }).into_items(), [1]);
    assert_eq!(generic(&[1, 2]).map_or(0, Iterator::count), 2);
    assert!(generic(&[0; 0]).is_err());
    assert_eq!(patterns((1, 2), [3, 0, 0], 4, 0), 11);
    assert_eq!((pointer(true)(2), pointer(false)(2)), (4, 2));
    assert_eq!(object(true).to_string() + &object(false).to_string(), "name5");
    assert_eq!(unsafe { dangerous(&5) }, Ok(5));
    assert_eq!((external(1), recursive(3), conditional("a").as_str()), (1, 3, "a"));
    assert!(matches!(hostile::verdict(1, 1), hostile::Verdict::Err));
    nothing();
}
