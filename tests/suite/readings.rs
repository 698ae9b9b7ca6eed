//! What is read from a result: it ends nothing but itself, and changes nothing.

use metrics_core::{Outcome, counted, metrics};

metrics! {
    /// Calls by what was read from their result.
    static READINGS_TOTAL: Counter<case, first: Option<char>, outcome: Outcome>;
}

fn count(case: &str, first: Option<char>, outcome: Outcome) -> f64 {
    READINGS_TOTAL.get(READINGS_TOTAL { case, first, outcome }).unwrap_or(0.0)
}

#[counted(
    READINGS_TOTAL { case: "sync", first: |word: &String| Some(word.chars().next()?.to_ascii_lowercase()) },
    outcome,
    err_if = |word| { if word.len() > 3 { return true; } word.is_empty() }
)]
fn said(word: &str) -> String {
    word.to_owned()
}

#[counted(
    READINGS_TOTAL {
        case: "async",
        first: |word| {
            let Ok(word) = word else { return None };
            word.chars().next()
        }
    },
    outcome
)]
async fn heard(word: &str) -> Result<String, String> {
    if word.is_empty() { Err("nothing".to_owned()) } else { Ok(word.to_owned()) }
}

#[test]
fn a_return_in_a_closure_returns_from_it_alone() {
    assert_eq!([said("a"), said("long"), said("")], ["a", "long", ""]);
    assert_eq!(count("sync", Some('a'), Outcome::Ok), 1.0);
    assert_eq!(count("sync", Some('l'), Outcome::Err), 1.0);
    assert_eq!(count("sync", None, Outcome::Err), 1.0);
}

#[tokio::test]
async fn so_it_does_in_a_future() {
    assert_eq!([heard("b").await, heard("").await], [Ok("b".to_owned()), Err("nothing".to_owned())]);
    assert_eq!(count("async", Some('b'), Outcome::Ok), 1.0);
    assert_eq!(count("async", None, Outcome::Err), 1.0);
}

#[counted(labels { name: |order| &order.name, of: |_| shop })]
fn order(shop: &'static str, name: &str) -> Order {
    Order { name: name.to_owned() }
}

struct Order {
    name: String,
}

#[test]
fn it_may_lend_from_the_result_and_look_at_arguments() {
    assert_eq!(order("books", "tea").name, "tea");
    let text = metrics_core::render();
    assert!(text.contains("name=\"tea\",of=\"books\"} 1\n"), "{text}");
}
