//! The rules of `#[counted]`.

use proc_macro2::Ident;

use crate::diag::Diag;
use crate::model::ending::{Ending, check_ending, suffix};
use crate::model::function::Subject;
use crate::model::kind::Kind;
use crate::model::metric::Detail;
use crate::model::own::{Place, Plan, check_source};
use crate::model::part::Source;
use crate::syntax::counted::Counted;

/// Checks the arguments of `#[counted]`.
pub(crate) fn check(counted: Counted, subject: &Subject, diag: &mut Diag) -> (Source, Ending) {
    let ending = check_ending(&counted.ending, subject, diag);
    let plan = Plan {
        kind: Kind::Counter,
        suffix: suffix(&ending.only),
        sentence: sentence(&ending.only),
        unit: None,
        detail: Detail::None,
    };
    let place = Place { subject, ending: Some(&ending) };
    let source = check_source(counted.site, plan, &[], &place, diag);
    (source, ending)
}

/// What is counted.
fn sentence(only: &[Ident]) -> (&'static str, &'static str) {
    let end = match only {
        [] => "`.",
        [one] if one == "Err" => "` that returned an error.",
        [one] if one == "Panicked" => "` that panicked.",
        [one] if one == "Cancelled" => "` that were dropped before their end.",
        _ => "` that failed.",
    };
    ("Calls of `", end)
}
