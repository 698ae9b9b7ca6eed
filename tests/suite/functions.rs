//! The shapes of functions: none is changed by an attribute but for what is recorded.

#![allow(
    clippy::unused_async,
    clippy::unused_self,
    clippy::unnecessary_wraps,
    clippy::boxed_local,
    reason = "shapes, not work"
)]

use std::error::Error;
use std::fmt::Debug;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;

use metrics_core::{Outcome, counted, gauged, metrics, timed};

metrics! {
    /// Calls.
    static SHAPES_TOTAL: Counter<shape>;
    /// Seconds.
    static SHAPES_SECONDS: Histogram<shape>;
    /// Ends.
    static SHAPES_ENDS_TOTAL: Counter<shape, outcome: Outcome>;
}

fn calls(shape: &str) -> f64 {
    SHAPES_TOTAL.get(SHAPES_TOTAL { shape }).unwrap_or(0.0)
}

struct Store {
    items: Vec<String>,
}

trait Shop {
    fn sell(&mut self, item: &str) -> Option<String>;

    #[counted(SHAPES_TOTAL { shape: "default method" })]
    fn greet(&self) -> &'static str {
        "hello"
    }
}

impl Store {
    #[counted(SHAPES_TOTAL { shape: "self by reference" })]
    fn first(&self) -> Option<&String> {
        self.items.first()
    }

    #[counted(SHAPES_TOTAL { shape: "self by unique reference" })]
    fn first_mut(&mut self) -> Option<&mut String> {
        self.items.first_mut()
    }

    #[counted(SHAPES_TOTAL { shape: self.items[0].as_str() })]
    fn into_items(self: Box<Self>) -> Vec<String> {
        self.items
    }

    #[counted(SHAPES_TOTAL { shape: "associated" })]
    fn new(items: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { items: items.into_iter().map(Into::into).collect() }
    }

    #[counted(SHAPES_TOTAL { shape: "async method" })]
    #[timed]
    async fn wait(&mut self) -> &mut Self {
        self
    }
}

impl Shop for Store {
    #[counted(SHAPES_TOTAL { shape: "trait method" })]
    #[gauged]
    fn sell(&mut self, item: &str) -> Option<String> {
        let at = self.items.iter().position(|own| own == item)?;
        Some(self.items.remove(at))
    }
}

#[tokio::test]
async fn methods() {
    let mut store = Store::new(["tea"]);
    assert_eq!(store.first().unwrap(), "tea");
    store.wait().await.first_mut().unwrap().push('s');
    assert_eq!(store.sell("teas").unwrap(), "teas");
    assert_eq!(store.greet(), "hello");
    store.items.push("boxed".into());
    assert_eq!(Box::new(store).into_items(), ["boxed"]);
    for shape in [
        "self by reference",
        "self by unique reference",
        "boxed",
        "associated",
        "async method",
        "trait method",
        "default method",
    ] {
        assert_eq!(calls(shape), 1.0, "{shape}");
    }
}

#[counted(SHAPES_TOTAL { shape: "generic" })]
fn generic<'a, T, const N: usize>(
    values: &'a [T; N],
    start: usize,
) -> impl Iterator<Item = &'a T> + use<'a, T, N>
where
    T: Debug + 'a,
{
    values.iter().skip(start)
}

#[counted(SHAPES_TOTAL { shape: "patterns" })]
fn patterns((a, b): (u8, u8), [c, ..]: [u8; 3], mut d: u8, _: u8) -> u8 {
    d += 1;
    a + b + c + d
}

#[counted(SHAPES_TOTAL { shape: "never" })]
fn never() -> ! {
    panic!("on purpose")
}

#[counted(SHAPES_TOTAL { shape: "extern" })]
extern "C" fn external(value: i32) -> i32 {
    value
}

#[counted(SHAPES_TOTAL { shape: "inner attributes and items" })]
fn inner_attributes() -> u8 {
    #![allow(unused_variables)]
    use std::convert::identity;
    const BASE: u8 = 4;
    fn helper(value: u8) -> u8 {
        value
    }
    let unused = 1;
    identity(helper(BASE))
}

#[counted(SHAPES_TOTAL { shape: "recursive" })]
fn recursive(levels: u32) -> Pin<Box<dyn Future<Output = u32> + Send>> {
    let more = levels > 0;
    Box::pin(async move { if more { recursive(levels - 1).await + 1 } else { 0 } })
}

#[tokio::test]
async fn free_functions() {
    assert_eq!(generic(&[1, 2, 3], 1).count(), 2);
    assert_eq!(patterns((1, 2), [3, 0, 0], 4, 0), 11);
    assert!(std::panic::catch_unwind(|| never()).is_err());
    assert_eq!(external(3), 3);
    assert_eq!(inner_attributes(), 4);
    assert_eq!(recursive(3).await, 3);
    for shape in ["generic", "patterns", "never", "extern", "inner attributes and items"] {
        assert_eq!(calls(shape), 1.0, "{shape}");
    }
    assert_eq!(calls("recursive"), 4.0);
}

#[test]
fn a_future_stays_send() {
    #[counted]
    #[timed]
    #[gauged]
    async fn sendable(text: &str) -> usize {
        tokio::task::yield_now().await;
        text.len()
    }
    fn is_send(_: impl Send) {}
    is_send(sendable("x"));
}

#[test]
fn a_method_of_a_generic_type_may_use_its_constants() {
    trait Named {
        const NAME: &'static str;
    }
    struct One;
    impl Named for One {
        const NAME: &'static str = "constant of a generic";
    }
    struct Holder<T>(T);
    impl<T: Named> Holder<T> {
        #[counted(SHAPES_TOTAL { shape: T::NAME })]
        fn touch(&self) {}

        #[counted(SHAPES_TOTAL { shape: { <T as Named>::NAME } })]
        fn touch_again(&self) {}
    }
    struct Sized<const SIZE: usize>;
    impl<const SIZE: usize> Sized<SIZE> {
        #[counted(SHAPES_TOTAL { shape: { SIZE } })]
        fn touch(&self) {}
    }
    Sized::<512>.touch();
    assert_eq!(calls("512"), 1.0);
    let holder = Holder(One);
    holder.touch();
    holder.touch_again();
    let _ = &holder.0;
    assert_eq!(calls("constant of a generic"), 2.0);
}

trait Fetch {
    async fn fetch(self, parts: &mut Vec<u8>, #[cfg(any())] missing: u8, size: impl Into<usize>) -> usize;
}

struct Once(Rc<u8>);

impl Fetch for Once {
    #[counted(SHAPES_ENDS_TOTAL { shape: "not send" }, outcome)]
    #[timed(SHAPES_SECONDS { shape: "not send" })]
    async fn fetch(
        mut self,
        parts: &mut Vec<u8>,
        #[cfg(any())] missing: u8,
        size: impl Into<usize>,
    ) -> usize {
        tokio::task::yield_now().await;
        *Rc::make_mut(&mut self.0) += 1;
        parts.push(*self.0);
        size.into() + parts.len()
    }
}

#[tokio::test]
async fn a_future_that_is_not_send_runs_on_its_thread() {
    let local = tokio::task::LocalSet::new();
    let fetched = local.run_until(async {
        let fetched = tokio::task::spawn_local(async { Once(Rc::new(4)).fetch(&mut Vec::new(), 2_u8).await });
        fetched.await.unwrap()
    });
    assert_eq!(fetched.await, 3);
    assert_eq!(SHAPES_SECONDS { shape: "not send" }.handle().count(), 1);
    let ok = SHAPES_ENDS_TOTAL { shape: "not send", outcome: Outcome::Ok };
    assert_eq!(SHAPES_ENDS_TOTAL.get(ok), Some(1.0));
}

#[counted(SHAPES_TOTAL { shape: "coercions" })]
#[counted(SHAPES_ENDS_TOTAL { shape: "coercions" }, outcome)]
fn coercions(text: &str) -> Result<fn(u8) -> u8, Box<dyn Error>> {
    if text.is_empty() {
        return Err(Box::new(std::fmt::Error));
    }
    let add: u8 = text.parse()?;
    if add > 1 {
        return Err("too much".into());
    }
    Ok(if add == 1 { |value| value + 1 } else { |value| value })
}

#[counted(SHAPES_TOTAL { shape: "unsafe" })]
unsafe fn dangerous(value: u8) -> u8 {
    value
}

#[test]
fn coercions_of_a_body_are_what_they_were() {
    assert_eq!((coercions("1").unwrap()(1), coercions("0").unwrap()(1)), (2, 1));
    assert!(coercions("").is_err() && coercions("x").is_err() && coercions("2").is_err());
    let ends = |outcome| SHAPES_ENDS_TOTAL.get(SHAPES_ENDS_TOTAL { shape: "coercions", outcome });
    assert_eq!((calls("coercions"), ends(Outcome::Ok), ends(Outcome::Err)), (5.0, Some(2.0), Some(3.0)));
    // SAFETY: it does nothing that is not safe.
    assert_eq!((unsafe { dangerous(1) }, calls("unsafe")), (1, 1.0));
}

/// Where the caller stands is seen through a guard; a body whose result is looked at is a closure, which sees itself.
#[test]
fn a_caller_is_tracked_unless_the_result_is_looked_at() {
    #[track_caller]
    #[counted]
    #[timed]
    fn tracked() -> &'static Location<'static> {
        Location::caller()
    }
    #[track_caller]
    #[counted(outcome)]
    fn judged() -> &'static Location<'static> {
        Location::caller()
    }
    let (here, line) = (tracked(), line!());
    assert_eq!((here.file(), here.line()), (file!(), line));
    assert_eq!(judged().file(), file!());
    assert_ne!(judged().line(), line!());
}
