//! Labels that are read from what a call returned.

use std::panic::catch_unwind;
use std::pin::pin;

use metrics_core::{Outcome, counted, metrics};

use crate::outcome::{lines, poll_once};

metrics! {
    /// Calls by what they returned.
    static RESULT_STATUS_TOTAL: Counter<case, status>;
    /// Calls by what they returned, if they did.
    static RESULT_CODE_TOTAL: Counter<code: Option<u16>, outcome: Outcome>;
}

struct Answer {
    status: u16,
    text: String,
}

#[counted(RESULT_STATUS_TOTAL { case, status: |answer| answer.status })]
#[counted(labels { text: |Answer { text, .. }| text.as_str(), case: case.len() })]
fn answer(case: &str, status: u16) -> Answer {
    assert_ne!(status, 0, "on purpose");
    Answer { status, text: case.to_uppercase() }
}

#[counted(RESULT_CODE_TOTAL { code: |answer: &Answer| Some(answer.status) }, outcome)]
async fn code(request: String) -> Answer {
    tokio::task::yield_now().await;
    Answer { status: 201, text: request }
}

#[test]
fn labels_are_read_from_the_result() {
    let read = |case, status| RESULT_STATUS_TOTAL.get(RESULT_STATUS_TOTAL { case, status });
    answer("sync", 200);
    answer("sync", 404);
    assert_eq!((read("sync", "200"), read("sync", "404")), (Some(1.0), Some(1.0)));
    assert!(catch_unwind(|| answer("sync", 0).status).is_err());
    assert_eq!(read("sync", ""), Some(1.0), "without a result the label is absent");
    let text =
        r#"suite_answer_calls_total{case="4",function="answer",module="suite::result_labels",text="SYNC"} 2"#;
    assert!(lines("suite_answer_calls_total{").iter().any(|line| line == text));
}

#[tokio::test]
async fn labels_are_read_from_the_result_of_a_future() {
    let read = |code, outcome| RESULT_CODE_TOTAL.get(RESULT_CODE_TOTAL { code, outcome });
    assert_eq!(code("text".to_owned()).await.text, "text");
    assert_eq!(read(Some(201), Outcome::Ok), Some(1.0));
    assert!(poll_once(pin!(code(String::new()))).is_pending());
    assert_eq!(read(None, Outcome::Cancelled), Some(1.0));
}
