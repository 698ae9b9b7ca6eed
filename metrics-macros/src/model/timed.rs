//! The rules of `#[timed]`.

use crate::diag::Diag;
use crate::model::buckets::check_buckets;
use crate::model::function::Subject;
use crate::model::kind::Kind;
use crate::model::metric::Detail;
use crate::model::own::{Plan, check_source};
use crate::model::part::Source;
use crate::model::takes;
use crate::model::window::check_window;
use crate::syntax::timed::Timed;

/// Checks the arguments of `#[timed]`.
pub(crate) fn check(timed: Timed, subject: &Subject, diag: &mut Diag) -> Source {
    let (kind, detail) =
        if timed.site.metric.is_some() { (Kind::Histogram, Detail::None) } else { check_kind(&timed, diag) };
    let plan = Plan {
        kind,
        suffix: "duration_seconds",
        sentence: ("Seconds spent in `", "`."),
        unit: Some("seconds"),
        detail,
    };
    let further = [timed.histogram.key(), timed.summary.key(), timed.buckets.key()];
    let keys: Vec<_> = further.into_iter().chain(timed.window.keys()).collect();
    check_source(timed.site, plan, &keys, subject, diag)
}

/// A histogram, unless it is a `summary`.
fn check_kind(timed: &Timed, diag: &mut Diag) -> (Kind, Detail) {
    if let (Some(_), Some(key)) = (timed.histogram.key(), timed.summary.key()) {
        diag.at(key.span(), "a metric is of one kind; leave out `histogram` or `summary`");
    }
    let kind = if timed.summary.key().is_some() { Kind::Summary } else { Kind::Histogram };
    takes::check_buckets(kind, timed.buckets.key(), "`histogram`", diag);
    takes::check_window(kind, &timed.window, "`summary`", diag);
    let detail = if kind == Kind::Summary {
        check_window(&timed.window, diag).map_or(Detail::None, Detail::Window)
    } else {
        Detail::Buckets(check_buckets(&timed.buckets, diag))
    };
    (kind, detail)
}
