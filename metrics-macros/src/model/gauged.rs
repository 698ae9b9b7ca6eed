//! The rules of `#[gauged]`.

use crate::diag::Diag;
use crate::model::function::Subject;
use crate::model::kind::Kind;
use crate::model::metric::Detail;
use crate::model::own::{Place, Plan, check_source};
use crate::model::part::Source;
use crate::syntax::site::Site;

/// Checks the arguments of `#[gauged]`.
pub(crate) fn check(site: Site, subject: &Subject, diag: &mut Diag) -> Source {
    let plan = Plan {
        kind: Kind::Gauge,
        suffix: "in_flight",
        sentence: ("Calls of `", "` in flight."),
        unit: None,
        detail: Detail::None,
    };
    check_source(site, plan, &[], &Place { subject, ending: None }, diag)
}
