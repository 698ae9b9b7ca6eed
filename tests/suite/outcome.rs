//! How a call ended: as a label, and counted alone.

#![allow(
    clippy::unused_async,
    clippy::unnecessary_wraps,
    clippy::elidable_lifetime_names,
    clippy::type_complexity,
    clippy::semicolon_if_nothing_returned,
    reason = "shapes, not work"
)]

use std::error::Error;
use std::future::{Future, poll_fn};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use metrics_core::{Outcome, counted, gauged, metrics, timed};

metrics! {
    /// Calls by outcome.
    static ENDS_TOTAL: Counter<case, outcome: Outcome>;
    /// Seconds by outcome.
    static ENDS_SECONDS: Histogram<case, outcome: Outcome>;
    /// Calls by outcome alone.
    static ENDS_CLOSED_TOTAL: Counter<outcome: Outcome>;
    /// Errors.
    static ENDS_ERRORS_TOTAL: Counter;
    /// Calls that run.
    static ENDS_RUNNING: Gauge;
}

const ALL: [Outcome; 4] = [Outcome::Ok, Outcome::Err, Outcome::Panicked, Outcome::Cancelled];

/// The calls of `case` that ended in each way.
fn ends(case: &str) -> [f64; 4] {
    ALL.map(|outcome| ENDS_TOTAL.get(ENDS_TOTAL { case, outcome }).unwrap_or(0.0))
}

/// The timed calls of `case` that ended in each way.
fn timed_ends(case: &str) -> [u64; 4] {
    ALL.map(|outcome| ENDS_SECONDS { case, outcome }.handle().count())
}

/// The lines of the exposition that begin with `front`.
pub(crate) fn lines(front: &str) -> Vec<String> {
    let text = metrics_core::render();
    text.lines().filter(|line| line.starts_with(front)).map(str::to_owned).collect()
}

pub(crate) fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[counted(ENDS_TOTAL { case }, outcome)]
#[timed(ENDS_SECONDS { case }, outcome)]
#[gauged(ENDS_RUNNING)]
fn sync(case: &str, input: &str) -> Result<u32, Box<dyn Error>> {
    if input.is_empty() {
        return Err("empty".into());
    }
    if input == "boxed" {
        return Err(Box::new(io::Error::other("boxed")));
    }
    assert_ne!(input, "panic", "on purpose");
    Ok(input.parse()?)
}

#[counted(ENDS_TOTAL { case }, outcome)]
#[timed(ENDS_SECONDS { case }, outcome)]
#[gauged(ENDS_RUNNING)]
async fn future(case: &str, input: &str) -> Result<u32, Box<dyn Error>> {
    tokio::task::yield_now().await;
    if input == "boxed" {
        return Err(Box::new(io::Error::other("boxed")));
    }
    assert_ne!(input, "panic", "on purpose");
    Ok(input.parse()?)
}

#[test]
fn a_sync_function_ends_in_three_ways() {
    assert_eq!(sync("sync", "7").unwrap(), 7);
    assert!(sync("sync", "").is_err());
    assert!(sync("sync", "boxed").is_err());
    assert!(sync("sync", "x").is_err());
    assert!(catch_unwind(|| sync("sync", "panic").is_ok()).is_err());
    assert_eq!(ends("sync"), [1.0, 3.0, 1.0, 0.0]);
    assert_eq!(timed_ends("sync"), [1, 3, 1, 0]);
}

#[tokio::test]
async fn a_future_ends_in_four_ways() {
    assert_eq!(future("async", "7").await.unwrap(), 7);
    assert!(future("async", "boxed").await.is_err());
    assert!(future("async", "x").await.is_err());
    assert!(tokio::spawn(async { future("async", "panic").await.is_ok() }).await.unwrap_err().is_panic());
    drop(future("async", "never polled"));
    {
        let mut dropped = pin!(future("async", "7"));
        assert!(poll_once(dropped.as_mut()).is_pending());
        assert_eq!(ends("async"), [1.0, 2.0, 1.0, 0.0]);
    }
    assert_eq!(ends("async"), [1.0, 2.0, 1.0, 1.0]);
    assert_eq!(timed_ends("async"), [1, 2, 1, 1]);
}

#[test]
fn a_panic_of_somebody_else_cancels() {
    let neighbour = catch_unwind(|| {
        let mut future = pin!(future("neighbour", "7"));
        assert!(poll_once(future.as_mut()).is_pending());
        panic!("on purpose");
    });
    assert!(neighbour.is_err());
    assert_eq!(ends("neighbour"), [0.0, 0.0, 0.0, 1.0]);
}

#[test]
fn a_panic_that_drops_another_future_is_its_own_only() {
    #[counted(ENDS_TOTAL { case: "both" }, outcome)]
    async fn both() {
        let mut other = pin!(future("inner", "7"));
        poll_fn(|_| {
            assert!(poll_once(other.as_mut()).is_pending());
            panic!("on purpose")
        })
        .await
    }
    assert!(catch_unwind(AssertUnwindSafe(|| poll_once(pin!(both())))).is_err());
    assert_eq!((ends("both"), ends("inner")), ([0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]));
}

type Alias<T> = Result<T, u8>;

#[counted(ENDS_TOTAL { case: "alias" }, outcome)]
fn alias(good: bool) -> Alias<()> {
    if good { Ok(()) } else { Err(1) }
}

#[counted(ENDS_TOTAL { case: "io" }, outcome)]
fn of_io() -> io::Result<()> {
    Err(io::ErrorKind::Other)?;
    Ok(())
}

#[counted(ENDS_TOTAL { case: "option" }, outcome)]
fn option() -> Option<u8> {
    None
}

#[counted(ENDS_TOTAL { case: "nothing" }, outcome)]
fn nothing() {}

#[counted(ENDS_TOTAL { case: "impl" }, outcome)]
fn implied<'a>(text: &'a str) -> Result<impl Iterator<Item = char> + 'a, Box<dyn Error>> {
    if text.is_empty() {
        return Err("empty".into());
    }
    Ok(text.chars())
}

#[counted(ENDS_TOTAL { case: "unique" }, outcome)]
fn unique(values: &mut Vec<u8>) -> Option<&mut u8> {
    values.push(1);
    values.last_mut()
}

#[counted(ENDS_TOTAL { case: "never" }, outcome)]
fn never() -> ! {
    panic!("on purpose")
}

#[counted(ENDS_TOTAL { case: "block" }, outcome)]
fn block(good: bool) -> impl Future<Output = Result<(), Box<dyn Error>>> {
    let text = if good { "1" } else { "x" };
    async move {
        let _: u8 = text.parse()?;
        Ok(())
    }
}

#[counted(ENDS_TOTAL { case: "pinned" }, outcome)]
fn pinned<'a>(text: &'a str) -> Pin<Box<dyn Future<Output = Result<u8, Box<dyn Error>>> + 'a>> {
    Box::pin(async { Ok(text.parse()?) })
}

#[test]
fn an_error_is_known_behind_every_name() {
    assert!(alias(true).is_ok() && alias(false).is_err());
    assert_eq!(ends("alias"), [1.0, 1.0, 0.0, 0.0]);
    assert!(of_io().is_err());
    assert_eq!(ends("io"), [0.0, 1.0, 0.0, 0.0]);
    assert!(option().is_none());
    assert_eq!(ends("option"), [1.0, 0.0, 0.0, 0.0]);
    nothing();
    assert_eq!(ends("nothing"), [1.0, 0.0, 0.0, 0.0]);
    assert!(implied("").is_err());
    assert_eq!(implied("ab").unwrap().count(), 2);
    assert_eq!(ends("impl"), [1.0, 1.0, 0.0, 0.0]);
    assert_eq!(unique(&mut Vec::new()), Some(&mut 1));
    assert_eq!(ends("unique"), [1.0, 0.0, 0.0, 0.0]);
    assert!(catch_unwind(|| never()).is_err());
    assert_eq!(ends("never"), [0.0, 0.0, 1.0, 0.0]);
}

#[tokio::test]
async fn a_returned_future_is_judged() {
    assert!(block(true).await.is_ok());
    assert!(block(false).await.is_err());
    drop(block(true));
    assert_eq!(ends("block"), [1.0, 1.0, 0.0, 0.0]);
    assert!(pinned("x").await.is_err());
    assert_eq!(ends("pinned"), [0.0, 1.0, 0.0, 0.0]);
}

#[test]
fn a_future_stays_send() {
    #[counted(outcome)]
    async fn sendable(cell: std::cell::Cell<u8>) -> Result<u8, io::Error> {
        tokio::task::yield_now().await;
        Ok(cell.get())
    }
    fn is_send(_: impl Send) {}
    is_send(sendable(std::cell::Cell::new(1)));
}

#[test]
fn every_outcome_is_there_from_the_start() {
    #[counted(outcome)]
    #[allow(dead_code, reason = "its series are there although it never runs")]
    fn unreached() {}

    #[counted(ENDS_CLOSED_TOTAL, outcome)]
    #[allow(dead_code, reason = "as above")]
    fn unreached_either() {}

    let label = r#"suite_unreached_calls_total{function="unreached",module="suite::outcome",outcome="#;
    let expected = ["cancelled", "err", "ok", "panicked"].map(|outcome| format!("{label}\"{outcome}\"}} 0"));
    assert_eq!(lines("suite_unreached_calls_total{"), expected);
    assert_eq!(lines("ends_closed_total{").len(), 4);
}

#[test]
fn only_some_outcomes_count() {
    #[counted(only = err)]
    #[counted(only = panicked)]
    #[counted(only = cancelled)]
    #[counted(only = [err, panicked])]
    #[counted(ENDS_ERRORS_TOTAL, only = err)]
    fn picky(way: u8) -> Result<(), u8> {
        assert_ne!(way, 2, "on purpose");
        if way == 1 { Err(way) } else { Ok(()) }
    }
    assert!(picky(0).is_ok() && picky(1).is_err() && picky(1).is_err());
    assert!(catch_unwind(|| picky(2)).is_err());
    let value = |suffix: &str| {
        lines(&format!("suite_picky_{suffix}{{")).join("").rsplit(' ').next().map(str::to_owned)
    };
    assert_eq!(value("errors_total").as_deref(), Some("2"));
    assert_eq!(value("panics_total").as_deref(), Some("1"));
    assert_eq!(value("cancelled_total").as_deref(), Some("0"));
    assert_eq!(value("failures_total").as_deref(), Some("3"));
    assert_eq!(ENDS_ERRORS_TOTAL.get(), 2.0);
}

#[test]
fn an_error_is_what_err_if_says() {
    #[counted(ENDS_TOTAL { case: "err_if" }, outcome, err_if = |status| *status >= 500)]
    #[timed(ENDS_SECONDS { case: "err_if" }, outcome)]
    fn answer(status: u16) -> u16 {
        status
    }
    answer(200);
    answer(404);
    answer(503);
    assert_eq!(ends("err_if"), [2.0, 1.0, 0.0, 0.0]);
    assert_eq!(timed_ends("err_if"), [2, 1, 0, 0]);
}

#[tokio::test]
async fn a_closure_that_panics_is_a_panic_of_the_call() {
    #[counted(ENDS_TOTAL { case: "closure" }, outcome, err_if = |text| text.len() / usize::from(text.is_empty()) > 0)]
    fn sync() -> &'static str {
        "text"
    }
    #[counted(ENDS_TOTAL { case: "closure" }, outcome, err_if = |text| text.len() / usize::from(text.is_empty()) > 0)]
    async fn future() -> &'static str {
        "text"
    }
    assert!(catch_unwind(sync).is_err());
    assert!(tokio::spawn(future()).await.unwrap_err().is_panic());
    assert_eq!(ends("closure"), [0.0, 0.0, 2.0, 0.0]);
}

#[test]
fn a_body_may_still_use_up_its_arguments() {
    #[counted(ENDS_TOTAL { case: case.as_str() }, outcome)]
    fn consume(case: String) -> String {
        drop(case);
        String::new()
    }
    consume("consumed".to_owned());
    assert_eq!(ends("consumed"), [1.0, 0.0, 0.0, 0.0]);
}
