//! The rules of `#[timed]`.

use crate::diag::Diag;
use crate::model::buckets::check_buckets;
use crate::model::function::Subject;
use crate::model::kind::Kind;
use crate::model::own::{Plan, check_source};
use crate::model::part::Source;
use crate::syntax::timed::Timed;

/// Checks the arguments of `#[timed]`.
pub(crate) fn check(timed: Timed, subject: &Subject, diag: &mut Diag) -> Source {
    let plan = Plan {
        kind: Kind::Histogram,
        suffix: "duration_seconds",
        sentence: ("Seconds spent in `", "`."),
        unit: Some("seconds"),
        buckets: check_buckets(&timed.buckets, diag),
    };
    check_source(timed.site, plan, &[timed.histogram.key(), timed.buckets.key()], subject, diag)
}
