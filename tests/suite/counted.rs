//! `#[counted]`: calls.

#![allow(clippy::unused_async, reason = "the shape is what is tested")]

use metrics_core::{counted, metrics};

use crate::scrape::scraped;

metrics! {
    /// Orders placed.
    static COUNTED_ORDERS_TOTAL: Counter<kind, size>;
    /// Pings.
    static COUNTED_PINGS_TOTAL: Counter;
}

/// Places nothing.
#[counted]
fn plain() {}

#[counted]
#[allow(dead_code, reason = "never called, and there all the same")]
async fn never_called() {}

#[test]
fn the_default_metric_is_named_after_crate_and_function() {
    let series = "suite_plain_calls_total{function=\"plain\",module=\"suite::counted\"}";
    assert_eq!(scraped(series), Some(0.0));
    plain();
    plain();
    assert_eq!(scraped(series), Some(2.0));
    assert!(metrics_core::render().contains("# HELP suite_plain_calls_total Places nothing.\n"));
}

#[test]
fn a_function_that_never_ran_is_there_at_zero() {
    let series = "suite_never_called_calls_total{function=\"never_called\",module=\"suite::counted\"}";
    assert_eq!(scraped(series), Some(0.0));
    let help = "# HELP suite_never_called_calls_total Calls of `suite::counted::never_called`.\n";
    assert!(metrics_core::render().contains(help));
}

#[test]
fn a_declared_metric_without_labels() {
    #[counted(COUNTED_PINGS_TOTAL)]
    fn ping() {}
    ping();
    assert_eq!(COUNTED_PINGS_TOTAL.get(), 1.0);
}

const SMALL: &str = "small";

#[counted(COUNTED_ORDERS_TOTAL { kind: "book", size: SMALL })]
#[allow(dead_code, reason = "never called, and there all the same")]
fn order_never_placed() {}

#[test]
fn a_constant_row_of_a_declared_metric_is_there_at_zero() {
    assert_eq!(scraped("counted_orders_total{kind=\"book\",size=\"small\"}"), Some(0.0));
}

#[test]
fn a_constant_row_counts_again_after_it_was_removed() {
    #[counted(COUNTED_ORDERS_TOTAL { kind: "removable", size: SMALL })]
    fn order() {}
    let labels = || COUNTED_ORDERS_TOTAL { kind: "removable", size: SMALL };
    order();
    assert_eq!(COUNTED_ORDERS_TOTAL.get(labels()), Some(1.0));
    assert!(labels().remove());
    assert_eq!(COUNTED_ORDERS_TOTAL.get(labels()), None);
    order();
    assert_eq!(COUNTED_ORDERS_TOTAL.get(labels()), Some(1.0));
}

#[test]
fn labels_come_from_arguments_also_when_the_body_moves_them() {
    #[counted(COUNTED_ORDERS_TOTAL { kind, size: size.len() })]
    fn order(kind: String, size: Vec<u8>) -> (String, Vec<u8>) {
        (kind, size)
    }
    order("moved".to_owned(), vec![1, 2]);
    assert_eq!(scraped("counted_orders_total{kind=\"moved\",size=\"2\"}"), Some(1.0));
}

#[test]
fn an_own_metric_by_name_with_labels_from_arguments() {
    /// Not the help.
    #[counted(name = "counted_mails_total", help = "Mails by \"kind\".", labels { kind, lane: "fast" })]
    fn mail(kind: &str) -> usize {
        kind.len()
    }
    assert_eq!(mail("letter"), 6);
    mail("card");
    mail("card");
    assert_eq!(scraped("counted_mails_total{kind=\"letter\",lane=\"fast\"}"), Some(1.0));
    assert_eq!(scraped("counted_mails_total{kind=\"card\",lane=\"fast\"}"), Some(2.0));
    assert!(metrics_core::render().contains("# HELP counted_mails_total Mails by \"kind\".\n"));
}

#[test]
fn labels_on_a_default_metric_stand_beside_the_usual_ones() {
    #[counted(labels { kind })]
    fn labelled(kind: &str) {
        let _ = kind;
    }
    labelled("k");
    let labels = "{function=\"labelled\",kind=\"k\",module=\"suite::counted\"}";
    assert_eq!(scraped(&format!("suite_labelled_calls_total{labels}")), Some(1.0));
}

#[test]
fn an_own_metric_whose_labels_are_paths_is_there_at_zero() {
    #[counted(name = "counted_paths_total", help = "Paths.", labels { size: SMALL })]
    #[allow(dead_code, reason = "never called, and there all the same")]
    fn by_path() {}
    assert_eq!(scraped("counted_paths_total{size=\"small\"}"), Some(0.0));
}

#[tokio::test]
async fn an_async_fn_counts_when_it_is_first_polled() {
    #[counted(name = "counted_polled_total", help = "Polls.")]
    async fn polled() {}
    drop(polled());
    assert_eq!(scraped("counted_polled_total"), Some(0.0));
    polled().await;
    assert_eq!(scraped("counted_polled_total"), Some(1.0));
}
