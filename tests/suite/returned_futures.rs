//! Functions that are no `async fn` and return a future: labels are those of the call, and no future is missed.

use std::future::Future;
use std::pin::Pin;

use metrics_core::{Outcome, counted, metrics, timed};

use crate::scrape::scraped;

metrics! {
    /// Calls by argument.
    static RETURNED_TOTAL: Counter<by>;
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
