//! Attributes of other crates above, between and below ours: each keeps its meaning, and so do ours.

#![allow(clippy::unused_async, clippy::inline_always, reason = "shapes, not work")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::Request;
use axum::handler::Handler;
use axum::response::IntoResponse;
use http::StatusCode;
use metrics_core::{Outcome, counted, gauged, metrics, timed};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

metrics! {
    /// Calls.
    static NEIGHBOURS_CALLS_TOTAL: Counter<case>;
    /// Ends.
    static NEIGHBOURS_ENDS_TOTAL: Counter<case, outcome: Outcome>;
    /// Seconds.
    static NEIGHBOURS_SECONDS: Histogram<case>;
    /// In flight.
    static NEIGHBOURS_RUNNING: Gauge<case>;
}

const NAP: Duration = Duration::from_millis(20);

/// One call of each was recorded by everything, for as long as it slept; nothing is in flight.
fn assert_recorded_once<const N: usize>(cases: [&str; N]) {
    for case in cases {
        assert_recorded(case);
    }
}

fn assert_recorded(case: &str) {
    let timed = NEIGHBOURS_SECONDS { case }.handle();
    let ok = NEIGHBOURS_ENDS_TOTAL { case, outcome: Outcome::Ok };
    assert_eq!(NEIGHBOURS_CALLS_TOTAL.get(NEIGHBOURS_CALLS_TOTAL { case }), Some(1.0), "{case}");
    assert_eq!(NEIGHBOURS_ENDS_TOTAL.get(ok), Some(1.0), "{case}");
    assert_eq!(NEIGHBOURS_RUNNING.get(NEIGHBOURS_RUNNING { case }), Some(0.0), "{case}");
    assert_eq!(timed.count(), 1, "{case}");
    assert!(timed.sum() >= NAP.as_secs_f64(), "{case}: {} s", timed.sum());
}

/// Async functions with four attributes of ours and one of somebody else's, in the order in which they are given.
macro_rules! annotated {
    ($(
        $(#[$($attr:tt)*])*
        $name:ident -> $output:ty = $result:expr;
    )*) => { $(
        $(#[$($attr)*])*
        async fn $name() -> $output {
            tokio::time::sleep(NAP).await;
            let running = NEIGHBOURS_RUNNING { case: stringify!($name) };
            assert_eq!(NEIGHBOURS_RUNNING.get(running), Some(1.0));
            $result
        }
    )* };
}

annotated! {
    #[tracing::instrument]
    #[counted(NEIGHBOURS_CALLS_TOTAL { case: "traced_above" })]
    #[counted(NEIGHBOURS_ENDS_TOTAL { case: "traced_above" }, outcome)]
    #[timed(NEIGHBOURS_SECONDS { case: "traced_above" })]
    #[gauged(NEIGHBOURS_RUNNING { case: "traced_above" })]
    traced_above -> u8 = 1;

    #[counted(NEIGHBOURS_CALLS_TOTAL { case: "traced_between" })]
    #[counted(NEIGHBOURS_ENDS_TOTAL { case: "traced_between" }, outcome)]
    #[tracing::instrument]
    #[timed(NEIGHBOURS_SECONDS { case: "traced_between" })]
    #[gauged(NEIGHBOURS_RUNNING { case: "traced_between" })]
    traced_between -> u8 = 2;

    #[gauged(NEIGHBOURS_RUNNING { case: "traced_below" })]
    #[timed(NEIGHBOURS_SECONDS { case: "traced_below" })]
    #[counted(NEIGHBOURS_ENDS_TOTAL { case: "traced_below" }, outcome)]
    #[counted(NEIGHBOURS_CALLS_TOTAL { case: "traced_below" })]
    #[tracing::instrument]
    traced_below -> u8 = 3;
}

#[tokio::test]
async fn a_span_is_made_for_each_call() {
    let spans = Spans::default();
    let _subscribed = tracing::subscriber::set_default(spans.clone());
    assert_eq!((traced_above().await, traced_between().await, traced_below().await), (1, 2, 3));
    assert_eq!(spans.made(), 3);
    assert_recorded_once(["traced_above", "traced_between", "traced_below"]);
}

/// Counts the spans.
#[derive(Clone, Default)]
struct Spans(Arc<AtomicU64>);

impl Spans {
    fn made(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

annotated! {
    #[axum::debug_handler]
    #[counted(NEIGHBOURS_CALLS_TOTAL { case: "handler_above" })]
    #[counted(NEIGHBOURS_ENDS_TOTAL { case: "handler_above" }, outcome)]
    #[timed(NEIGHBOURS_SECONDS { case: "handler_above" })]
    #[gauged(NEIGHBOURS_RUNNING { case: "handler_above" })]
    handler_above -> StatusCode = StatusCode::CREATED;

    #[counted(NEIGHBOURS_CALLS_TOTAL { case: "handler_between" })]
    #[timed(NEIGHBOURS_SECONDS { case: "handler_between" })]
    #[axum::debug_handler]
    #[gauged(NEIGHBOURS_RUNNING { case: "handler_between" })]
    #[counted(NEIGHBOURS_ENDS_TOTAL { case: "handler_between" }, outcome)]
    handler_between -> impl IntoResponse = StatusCode::ACCEPTED;

    #[timed(NEIGHBOURS_SECONDS { case: "handler_below" })]
    #[gauged(NEIGHBOURS_RUNNING { case: "handler_below" })]
    #[counted(NEIGHBOURS_ENDS_TOTAL { case: "handler_below" }, outcome)]
    #[counted(NEIGHBOURS_CALLS_TOTAL { case: "handler_below" })]
    #[axum::debug_handler]
    handler_below -> Result<StatusCode, StatusCode> = Ok(StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_handler_is_a_handler_still() {
    async fn status<T>(handler: impl Handler<T, ()>) -> StatusCode {
        handler.call(Request::default(), ()).await.status()
    }
    assert_eq!(status(handler_above).await, StatusCode::CREATED);
    assert_eq!(status(handler_between).await, StatusCode::ACCEPTED);
    assert_eq!(status(handler_below).await, StatusCode::NO_CONTENT);
    assert_recorded_once(["handler_above", "handler_between", "handler_below"]);
}

/// Tests that another test calls, so that it sees what they have recorded.
mod annotated_tests {
    use super::*;

    annotated! {
        #[tokio::test]
        #[counted(NEIGHBOURS_CALLS_TOTAL { case: "test_above" })]
        #[counted(NEIGHBOURS_ENDS_TOTAL { case: "test_above" }, outcome)]
        #[timed(NEIGHBOURS_SECONDS { case: "test_above" })]
        #[gauged(NEIGHBOURS_RUNNING { case: "test_above" })]
        #[ignore = "run by the test below"]
        test_above -> () = ();

        #[counted(NEIGHBOURS_CALLS_TOTAL { case: "test_between" })]
        #[counted(NEIGHBOURS_ENDS_TOTAL { case: "test_between" }, outcome)]
        #[tokio::test]
        #[timed(NEIGHBOURS_SECONDS { case: "test_between" })]
        #[gauged(NEIGHBOURS_RUNNING { case: "test_between" })]
        #[ignore = "run by the test below"]
        test_between -> Result<(), String> = Ok(());

        #[gauged(NEIGHBOURS_RUNNING { case: "test_below" })]
        #[timed(NEIGHBOURS_SECONDS { case: "test_below" })]
        #[counted(NEIGHBOURS_ENDS_TOTAL { case: "test_below" }, outcome)]
        #[counted(NEIGHBOURS_CALLS_TOTAL { case: "test_below" })]
        #[tokio::test]
        #[ignore = "run by the test below"]
        test_below -> () = ();
    }

    #[test]
    fn tests_are_recorded_in_their_runtime_or_around_it() {
        test_above();
        assert_eq!(test_between(), Ok(()));
        test_below();
        assert_recorded_once(["test_above", "test_between", "test_below"]);
    }
}

annotated! {
    #[inline]
    #[counted(NEIGHBOURS_CALLS_TOTAL { case: "inline_above" })]
    #[counted(NEIGHBOURS_ENDS_TOTAL { case: "inline_above" }, outcome)]
    #[timed(NEIGHBOURS_SECONDS { case: "inline_above" })]
    #[gauged(NEIGHBOURS_RUNNING { case: "inline_above" })]
    inline_above -> u8 = 1;

    #[counted(NEIGHBOURS_CALLS_TOTAL { case: "inline_between" })]
    #[counted(NEIGHBOURS_ENDS_TOTAL { case: "inline_between" }, outcome)]
    #[inline(never)]
    #[timed(NEIGHBOURS_SECONDS { case: "inline_between" })]
    #[must_use]
    #[gauged(NEIGHBOURS_RUNNING { case: "inline_between" })]
    inline_between -> u8 = 2;

    #[gauged(NEIGHBOURS_RUNNING { case: "inline_below" })]
    #[timed(NEIGHBOURS_SECONDS { case: "inline_below" })]
    #[counted(NEIGHBOURS_ENDS_TOTAL { case: "inline_below" }, outcome)]
    #[counted(NEIGHBOURS_CALLS_TOTAL { case: "inline_below" })]
    #[inline(always)]
    inline_below -> u8 = 3;
}

#[tokio::test]
async fn attributes_of_the_language_stay() {
    assert_eq!((inline_above().await, inline_between().await, inline_below().await), (1, 2, 3));
    assert_recorded_once(["inline_above", "inline_between", "inline_below"]);
}

annotated! {
    #[counted(NEIGHBOURS_CALLS_TOTAL { case: "conditional" })]
    #[cfg_attr(all(), timed(NEIGHBOURS_SECONDS { case: "conditional" }), inline)]
    #[cfg_attr(all(), cfg_attr(any(), timed), gauged(NEIGHBOURS_RUNNING { case: "conditional" }))]
    #[cfg_attr(any(), counted(NEIGHBOURS_CALLS_TOTAL { case: "conditional" }))]
    #[counted(NEIGHBOURS_ENDS_TOTAL { case: "conditional" }, outcome)]
    conditional -> u8 = 1;

    #[gauged(NEIGHBOURS_RUNNING { case: "left_out" })]
    #[timed(NEIGHBOURS_SECONDS { case: "left_out" })]
    #[counted(NEIGHBOURS_ENDS_TOTAL { case: "left_out" }, outcome)]
    #[counted(NEIGHBOURS_CALLS_TOTAL { case: "left_out" })]
    #[cfg_attr(any(), counted(NEIGHBOURS_CALLS_TOTAL { case: "left_out" }))]
    left_out -> u8 = 2;
}

#[tokio::test]
async fn conditional_attributes_record_if_they_are_there() {
    assert_eq!((conditional().await, left_out().await), (1, 2));
    assert_recorded_once(["conditional", "left_out"]);
}

/// An attribute that is called like one of ours, in scope by its bare name.
mod foreign {
    use std::sync::atomic::{AtomicU64, Ordering};

    use metrics_foreign_tests::timed;

    use super::*;

    static CALLS: AtomicU64 = AtomicU64::new(0);

    annotated! {
        #[counted(NEIGHBOURS_CALLS_TOTAL { case: "foreign_below" })]
        #[counted(NEIGHBOURS_ENDS_TOTAL { case: "foreign_below" }, outcome)]
        #[metrics_core::timed(NEIGHBOURS_SECONDS { case: "foreign_below" })]
        #[gauged(NEIGHBOURS_RUNNING { case: "foreign_below" })]
        #[timed(CALLS)]
        foreign_below -> u8 = 1;

        #[counted(NEIGHBOURS_CALLS_TOTAL { case: "foreign_between" })]
        #[counted(NEIGHBOURS_ENDS_TOTAL { case: "foreign_between" }, outcome)]
        #[timed(CALLS)]
        #[metrics_core::timed(NEIGHBOURS_SECONDS { case: "foreign_between" })]
        #[gauged(NEIGHBOURS_RUNNING { case: "foreign_between" })]
        foreign_between -> u8 = 2;

        #[timed(CALLS)]
        #[gauged(NEIGHBOURS_RUNNING { case: "foreign_above" })]
        #[metrics_core::timed(NEIGHBOURS_SECONDS { case: "foreign_above" })]
        #[counted(NEIGHBOURS_ENDS_TOTAL { case: "foreign_above" }, outcome)]
        #[counted(NEIGHBOURS_CALLS_TOTAL { case: "foreign_above" })]
        foreign_above -> u8 = 3;
    }

    #[tokio::test]
    async fn an_attribute_of_the_same_name_is_left_alone() {
        assert_eq!((foreign_below().await, foreign_between().await, foreign_above().await), (1, 2, 3));
        assert_eq!(CALLS.load(Ordering::Relaxed), 3);
        assert_recorded_once(["foreign_below", "foreign_between", "foreign_above"]);
    }
}
