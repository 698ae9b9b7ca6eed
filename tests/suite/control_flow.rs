//! Every way out of a function is recorded, by every attribute, in every order.

use std::error::Error;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

use metrics_core::{HistogramHandle, counted, gauged, metrics, timed};

metrics! {
    /// Calls.
    static FLOW_CALLS_TOTAL: Counter<case>;
    /// Seconds.
    static FLOW_SECONDS: Histogram<case>;
    /// In flight.
    static FLOW_RUNNING: Gauge<case>;
}

/// Calls, observed durations, calls in flight.
fn recorded(case: &str) -> (f64, u64, f64) {
    let calls = FLOW_CALLS_TOTAL.get(FLOW_CALLS_TOTAL { case }).unwrap_or(0.0);
    let seconds = FLOW_SECONDS.get(FLOW_SECONDS { case }).map_or(0, HistogramHandle::count);
    let running = FLOW_RUNNING.get(FLOW_RUNNING { case }).unwrap_or(0.0);
    (calls, seconds, running)
}

#[counted(FLOW_CALLS_TOTAL { case })]
#[timed(FLOW_SECONDS { case })]
#[gauged(FLOW_RUNNING { case })]
fn sync(case: &str, input: &str) -> Result<u32, Box<dyn Error>> {
    assert_eq!(recorded(case).2, 1.0, "it is in flight while it runs");
    if input.is_empty() {
        return Err("empty".into());
    }
    assert_ne!(input, "panic", "on purpose");
    let number: u32 = input.parse()?;
    Ok(number)
}

#[gauged(FLOW_RUNNING { case })]
#[counted(FLOW_CALLS_TOTAL { case })]
#[timed(FLOW_SECONDS { case })]
async fn future(case: &str, input: &str) -> Result<u32, Box<dyn Error>> {
    tokio::task::yield_now().await;
    if input.is_empty() {
        return Err("empty".into());
    }
    assert_ne!(input, "panic", "on purpose");
    let number: u32 = input.parse()?;
    Ok(number)
}

#[test]
fn sync_functions() {
    assert_eq!(sync("return", "7").unwrap(), 7);
    assert_eq!(recorded("return"), (1.0, 1, 0.0));
    assert!(sync("early", "").is_err());
    assert_eq!(recorded("early"), (1.0, 1, 0.0));
    assert!(sync("question", "x").is_err());
    assert_eq!(recorded("question"), (1.0, 1, 0.0));
    assert!(std::panic::catch_unwind(|| sync("panic", "panic").is_ok()).is_err());
    assert_eq!(recorded("panic"), (1.0, 1, 0.0));
}

#[tokio::test]
async fn async_functions() {
    assert_eq!(future("a return", "7").await.unwrap(), 7);
    assert_eq!(recorded("a return"), (1.0, 1, 0.0));
    assert!(future("a early", "").await.is_err());
    assert_eq!(recorded("a early"), (1.0, 1, 0.0));
    assert!(future("a question", "x").await.is_err());
    assert_eq!(recorded("a question"), (1.0, 1, 0.0));
    let panicked = tokio::spawn(async { future("a panic", "panic").await.is_ok() }).await;
    assert!(panicked.unwrap_err().is_panic());
    assert_eq!(recorded("a panic"), (1.0, 1, 0.0));
}

#[test]
fn a_future_that_is_never_polled_records_nothing() {
    drop(future("unpolled", "7"));
    assert_eq!(recorded("unpolled"), (0.0, 0, 0.0));
}

#[test]
fn a_future_that_is_dropped_midway_is_recorded() {
    {
        let mut future = pin!(future("dropped", "7"));
        let mut context = Context::from_waker(Waker::noop());
        assert!(future.as_mut().poll(&mut context).is_pending());
        assert_eq!(recorded("dropped"), (1.0, 0, 1.0));
    }
    assert_eq!(recorded("dropped"), (1.0, 1, 0.0));
}

#[test]
fn a_future_may_end_on_another_thread() {
    let started = {
        let mut future = Box::pin(future("moved", "7"));
        std::thread::spawn(move || {
            let mut context = Context::from_waker(Waker::noop());
            assert!(future.as_mut().poll(&mut context).is_pending());
            future
        })
    };
    let future = started.join().unwrap();
    assert_eq!(recorded("moved"), (1.0, 0, 1.0));
    drop(future);
    assert_eq!(recorded("moved"), (1.0, 1, 0.0));
}

#[test]
fn a_row_that_was_removed_meanwhile_records_nothing() {
    let mut future = Box::pin(future("removed", "7"));
    let mut context = Context::from_waker(Waker::noop());
    assert!(future.as_mut().poll(&mut context).is_pending());
    assert!(FLOW_RUNNING { case: "removed" }.remove());
    assert!(FLOW_SECONDS { case: "removed" }.remove());
    FLOW_RUNNING { case: "removed" }.inc();
    drop(future);
    assert_eq!(recorded("removed"), (1.0, 0, 1.0), "the new series knows nothing of the old call");
}

#[test]
fn every_order_of_attributes_records_the_same() {
    macro_rules! orders {
        ($($name:ident: $a:ident($A:ident) $b:ident($B:ident) $c:ident($C:ident);)*) => { $(
            #[$a($A { case: stringify!($name) })]
            #[$b($B { case: stringify!($name) })]
            #[$c($C { case: stringify!($name) })]
            fn $name() -> f64 {
                FLOW_RUNNING.get(FLOW_RUNNING { case: stringify!($name) }).unwrap()
            }
            assert_eq!($name(), 1.0);
            assert_eq!(recorded(stringify!($name)), (1.0, 1, 0.0));
        )* };
    }
    orders! {
        ctg: counted(FLOW_CALLS_TOTAL) timed(FLOW_SECONDS) gauged(FLOW_RUNNING);
        cgt: counted(FLOW_CALLS_TOTAL) gauged(FLOW_RUNNING) timed(FLOW_SECONDS);
        tcg: timed(FLOW_SECONDS) counted(FLOW_CALLS_TOTAL) gauged(FLOW_RUNNING);
        tgc: timed(FLOW_SECONDS) gauged(FLOW_RUNNING) counted(FLOW_CALLS_TOTAL);
        gct: gauged(FLOW_RUNNING) counted(FLOW_CALLS_TOTAL) timed(FLOW_SECONDS);
        gtc: gauged(FLOW_RUNNING) timed(FLOW_SECONDS) counted(FLOW_CALLS_TOTAL);
    }
}

#[test]
fn one_attribute_may_stand_twice() {
    #[counted(FLOW_CALLS_TOTAL { case: "twice 1" })]
    #[inline(never)]
    #[counted(FLOW_CALLS_TOTAL { case: "twice 2" })]
    fn twice() {}
    twice();
    assert_eq!((recorded("twice 1").0, recorded("twice 2").0), (1.0, 1.0));
}
