//! Functions that are no `async fn` and return a future: labels are those of the call, and no future is missed.

#![allow(clippy::needless_return, clippy::nonminimal_bool, reason = "shapes, not work")]

use std::future::{Future, ready};
use std::pin::Pin;
use std::time::Duration;

use metrics_core::{Outcome, counted, gauged, metrics, timed};

use crate::scrape::scraped;

metrics! {
    /// Calls by argument.
    static RETURNED_TOTAL: Counter<by>;
    /// Seconds by shape.
    static RETURNED_SECONDS: Histogram<by>;
    /// Ends by argument.
    static RETURNED_ENDS_TOTAL: Counter<by, outcome: Outcome>;
}

#[counted(name = "returned_shadow_total", labels { id })]
#[counted(RETURNED_TOTAL { by: id })]
#[counted(RETURNED_ENDS_TOTAL { by: id }, outcome)]
fn shadowed(id: u64) -> impl Future<Output = Result<u64, Box<dyn std::error::Error>>> {
    let id = id * 1000;
    async move { if id > 0 { Ok(id) } else { Err(Box::new(std::fmt::Error)) } }
}

#[counted(name = "returned_moved_total", labels { name: &name })]
#[timed(name = "returned_moved_seconds", labels { name: &name })]
fn moved(name: String) -> Pin<Box<dyn Future<Output = usize> + Send>> {
    let taken = name;
    Box::pin(async move { taken.len() })
}

#[counted(name = "returned_moved_ends_total", labels { name: &name }, outcome)]
fn moved_and_judged(name: String) -> impl Future<Output = usize> + Send {
    let taken = name;
    async move { taken.len() }
}

#[counted(name = "returned_plain_total", labels { id })]
fn plain(id: u64) -> impl Future<Output = u8> + use<> {
    async { 1 }
}

#[tokio::test]
async fn labels_are_asked_for_before_the_statements() {
    assert_eq!(shadowed(1).await.unwrap(), 1000);
    assert!(shadowed(0).await.is_err());
    assert_eq!(scraped("returned_shadow_total{id=\"1\"}"), Some(1.0));
    assert_eq!(scraped("returned_shadow_total{id=\"1000\"}"), None);
    assert_eq!(RETURNED_TOTAL.get(RETURNED_TOTAL { by: 1 }), Some(1.0));
    let ends = |by, outcome| RETURNED_ENDS_TOTAL.get(RETURNED_ENDS_TOTAL { by, outcome });
    assert_eq!((ends(1, Outcome::Ok), ends(0, Outcome::Err)), (Some(1.0), Some(1.0)));
    assert_eq!((moved("moved".to_owned()).await, moved_and_judged("judged".to_owned()).await), (5, 6));
    assert_eq!(scraped("returned_moved_total{name=\"moved\"}"), Some(1.0));
    assert_eq!(scraped("returned_moved_seconds_count{name=\"moved\"}"), Some(1.0));
    assert_eq!(scraped("returned_moved_ends_total{name=\"judged\",outcome=\"ok\"}"), Some(1.0));
    assert_eq!(plain(7).await, 1);
    assert_eq!(scraped("returned_plain_total{id=\"7\"}"), Some(1.0));
}

#[test]
fn a_future_that_is_not_polled_is_not_recorded_by_its_labels() {
    drop(plain(8));
    assert_eq!(scraped("returned_plain_total{id=\"8\"}").unwrap_or(0.0), 0.0);
}

macro_rules! early {
    ($early:expr) => {
        if $early {
            return Box::pin(ready(0));
        }
    };
}

#[counted(RETURNED_TOTAL { by: text })]
#[counted(RETURNED_ENDS_TOTAL { by: text }, outcome)]
fn returned_by_a_macro(text: &str, early: bool) -> Pin<Box<dyn Future<Output = usize> + Send + '_>> {
    early!(early);
    Box::pin(async { text.len() })
}

#[counted(RETURNED_TOTAL { by: "nested macro" })]
fn returned_by_a_nested_macro(early: bool) -> Pin<Box<dyn Future<Output = u8> + Send>> {
    if !(!early) {
        early!(early);
    }
    return Box::pin(async { 1 });
}

#[tokio::test]
async fn a_future_that_a_macro_returns_is_recorded() {
    let text = "macro".to_owned();
    assert_eq!((returned_by_a_macro(&text, true).await, returned_by_a_macro(&text, false).await), (0, 5));
    let ok = RETURNED_ENDS_TOTAL { by: "macro", outcome: Outcome::Ok };
    assert_eq!(RETURNED_ENDS_TOTAL.get(ok), Some(2.0));
    assert_eq!((returned_by_a_nested_macro(true).await, returned_by_a_nested_macro(false).await), (0, 1));
    let calls = ["macro", "nested macro"].map(|by| RETURNED_TOTAL.get(RETURNED_TOTAL { by }));
    assert_eq!(calls, [Some(2.0), Some(2.0)]);
}

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Nothing in here returns another future, so that the alias is fine.
#[counted(RETURNED_TOTAL { by: "alias" }, async)]
fn other_returns(text: &'static str) -> Boxed<usize> {
    let length = |text: &str| {
        if text.is_empty() {
            return 0;
        }
        text.len()
    };
    let work = async move {
        return text;
    };
    let length = length(text);
    return Box::pin(async move { work.await.len() + length });
}

#[tokio::test]
async fn what_closures_and_blocks_return_is_no_future_of_the_function() {
    assert_eq!(other_returns("ab").await, 4);
    assert_eq!(RETURNED_TOTAL.get(RETURNED_TOTAL { by: "alias" }), Some(1.0));
}

#[timed(RETURNED_SECONDS { by: "impl future" })]
fn returns_future(millis: u64) -> impl Future<Output = u64> {
    let doubled = millis * 2;
    async move {
        tokio::time::sleep(std::time::Duration::from_millis(millis)).await;
        doubled
    }
}

const NAP: Duration = Duration::from_millis(30);

async fn nap(value: String) -> Result<String, std::num::ParseIntError> {
    tokio::time::sleep(NAP).await;
    value.parse::<u8>()?;
    Ok(value)
}

#[timed(RETURNED_SECONDS { by: "delegated" })]
#[counted(RETURNED_ENDS_TOTAL { by: value.len() }, outcome)]
fn delegated(value: String) -> impl Future<Output = Result<String, std::num::ParseIntError>> + Send {
    nap(value)
}

#[timed(RETURNED_SECONDS { by: "boxed" })]
fn boxed<'a>(value: &'a str, early: bool) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
    if early {
        return Box::pin(std::future::ready(0));
    }
    let future = nap(value.to_owned());
    Box::pin(future.then_length())
}

trait ThenLength: Future<Output = Result<String, std::num::ParseIntError>> + Sized {
    fn then_length(self) -> impl Future<Output = usize> {
        async { self.await.map_or(0, |text| text.len()) }
    }
}

impl<F: Future<Output = Result<String, std::num::ParseIntError>>> ThenLength for F {}

struct Service;

trait Call {
    type Future: Future<Output = u8>;

    fn call(&self) -> Self::Future;
}

impl Call for Service {
    type Future = Boxed<u8>;

    #[timed(RETURNED_SECONDS { by: "said" }, async)]
    #[counted]
    fn call(&self) -> Self::Future {
        Box::pin(async {
            tokio::time::sleep(NAP).await;
            1
        })
    }
}

struct ResponseFuture;

#[gauged]
#[timed(RETURNED_SECONDS { by: "sync" }, sync)]
fn sounds_like_a_future() -> ResponseFuture {
    std::thread::sleep(NAP);
    ResponseFuture
}

#[tokio::test]
async fn futures_made_elsewhere_are_timed_too() {
    let timed = |shape: &str| {
        let handle = RETURNED_SECONDS { by: shape }.handle();
        (handle.count(), handle.sum() >= 0.03)
    };
    let ends = |shape: &str| {
        let read = |outcome| RETURNED_ENDS_TOTAL.get(RETURNED_ENDS_TOTAL { by: shape, outcome });
        (read(Outcome::Ok), read(Outcome::Err))
    };
    drop(delegated("1".to_owned()));
    assert_eq!(timed("delegated"), (0, false));
    assert_eq!(delegated("1".to_owned()).await.unwrap(), "1");
    assert_eq!((timed("delegated"), ends("1")), ((1, true), (Some(1.0), None)));
    assert!(delegated("oh no".to_owned()).await.is_err());
    assert_eq!(ends("5"), (None, Some(1.0)));
    assert_eq!((boxed("1", true).await, timed("boxed")), (0, (1, false)));
    assert_eq!((boxed("22", false).await, timed("boxed")), (2, (2, true)));
    assert_eq!((Service.call().await, timed("said")), (1, (1, true)));
    let ResponseFuture = sounds_like_a_future();
    assert_eq!(timed("sync"), (1, true));
}

#[tokio::test]
async fn a_returned_future_is_what_is_timed() {
    drop(returns_future(30));
    let handle = RETURNED_SECONDS { by: "impl future" }.handle();
    assert_eq!(handle.count(), 0, "never polled");
    assert_eq!(returns_future(30).await, 60);
    assert_eq!(handle.count(), 1);
    assert!(handle.sum() >= 0.03);
}
