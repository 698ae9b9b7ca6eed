//! The rules of `#[counted]`.

use crate::diag::Diag;
use crate::model::function::Subject;
use crate::model::kind::Kind;
use crate::model::metric::Detail;
use crate::model::own::{Plan, check_source};
use crate::model::part::Source;
use crate::syntax::site::Site;

/// Checks the arguments of `#[counted]`.
pub(crate) fn check(site: Site, subject: &Subject, diag: &mut Diag) -> Source {
    let plan = Plan {
        kind: Kind::Counter,
        suffix: "calls_total",
        sentence: ("Calls of `", "`."),
        unit: None,
        detail: Detail::None,
    };
    check_source(site, plan, &[], subject, diag)
}
