//! What somebody is still writing: the message says what goes on.
use metrics_core::{counted, gauged, metrics, timed};

#[counted(labels { kind "a" })]
fn no_colon() {}

#[timed(buckets)]
fn no_value() {}

#[timed(buckets = )]
fn nothing_behind_it() {}

#[gauged(labels { kind: })]
fn no_label_value() {}

metrics! {
    #![prefix = "a_" "b_"]

    /// A.
    static A Gauge;

    /// B.
    static : Gauge;

    /// C.
    #[metric(buckets)]
    static C_SECONDS: Histogram;

    /// D.
    static QUEUE_LENGTH: Gauge;
}

fn main() {
    no_colon();
    no_value();
    QUEUE_LENGTH.inc();
}
