//! The rules of `#[timed]`.

use proc_macro2::Ident;
use syn::LitStr;

use crate::diag::Diag;
use crate::model::buckets::check_buckets;
use crate::model::ending::{Ending, check_ending};
use crate::model::function::Subject;
use crate::model::kind::Kind;
use crate::model::metric::Detail;
use crate::model::native::check_native;
use crate::model::own::{Place, Plan, check_source};
use crate::model::part::Source;
use crate::model::takes;
use crate::model::window::check_window;
use crate::syntax::options::Slot;
use crate::syntax::timed::Timed;

/// Checks the arguments of `#[timed]`.
pub(crate) fn check(timed: Timed, subject: &Subject, diag: &mut Diag) -> (Source, Ending) {
    check_suffix(timed, ("duration_seconds", ("Seconds spent in `", "`.")), subject, diag)
}

/// Checks `busy`: a second metric like the first one, of the time inside `poll`.
pub(crate) fn check_busy(timed: &Timed, subject: &Subject, diag: &mut Diag) -> Option<(Source, Ending)> {
    let key = timed.busy.key()?;
    if !subject.is_async {
        let text = "`busy` is the time that a future spends inside `poll`, and this function makes none";
        diag.at(key.span(), format!("{text}; leave it out"));
    }
    if subject.is_never {
        let text = "the body of a function that never returns is not watched, so that `busy` would stay 0";
        diag.at(key.span(), format!("{text}; leave it out"));
    }
    if timed.site.metric.is_some() {
        let text = "`busy` makes a metric of its own, beside one that the attribute makes";
        diag.at(key.span(), format!("{text}; leave it out, or leave the declared metric out"));
        return None;
    }
    let mut again = timed.clone();
    // What is wrong with the first metric was said of it.
    let mut silent = Diag::default();
    again.site.name = busy_name(timed.site.name.value(), &mut silent);
    let plan = ("busy_seconds", ("Seconds spent inside `poll` of `", "`."));
    let checked = check_suffix(again, plan, subject, &mut silent);
    silent.finish();
    Some(checked)
}

/// `load_seconds` is busy `load_busy_seconds`.
fn busy_name(name: Option<&LitStr>, diag: &mut Diag) -> Slot<LitStr> {
    let mut slot = Slot::default();
    if let Some(name) = name {
        let text = name.value();
        let front = text.strip_suffix("_seconds").unwrap_or(&text);
        let busy = LitStr::new(&format!("{front}_busy_seconds"), name.span());
        slot.set(Ident::new("name", name.span()), busy, diag);
    }
    slot
}

/// A default name's end, and the default help before and behind the function's path.
type Words = (&'static str, (&'static str, &'static str));

fn check_suffix(
    timed: Timed,
    (suffix, sentence): Words,
    subject: &Subject,
    diag: &mut Diag,
) -> (Source, Ending) {
    let ending = check_ending(&timed.ending, subject, diag);
    let (kind, detail) =
        if timed.site.metric.is_some() { (Kind::Histogram, Detail::None) } else { check_kind(&timed, diag) };
    let plan = Plan { kind, suffix, sentence, unit: Some("seconds"), detail };
    let further = [timed.histogram.key(), timed.native.kind.key(), timed.summary.key(), timed.buckets.key()];
    let keys: Vec<_> = further.into_iter().chain(timed.native.keys()).chain(timed.window.keys()).collect();
    let place = Place { subject, ending: Some(&ending) };
    let source = check_source(timed.site, plan, &keys, &place, diag);
    (source, ending)
}

/// A histogram, unless it is `native` or a `summary`.
fn check_kind(timed: &Timed, diag: &mut Diag) -> (Kind, Detail) {
    let kinds = [
        (timed.histogram.key(), Kind::Histogram),
        (timed.native.kind.key(), Kind::NativeHistogram),
        (timed.summary.key(), Kind::Summary),
    ];
    let mut given = kinds.iter().filter_map(|(key, kind)| Some(((*key)?, *kind)));
    let first = given.next();
    for (key, _) in given {
        diag.at(
            key.span(),
            "a metric is of one kind; leave out all but one of `histogram`, `native`, `summary`",
        );
    }
    let kind = first.map_or(Kind::Histogram, |(_, kind)| kind);
    takes::check_buckets(kind, timed.buckets.key(), "`histogram`", diag);
    takes::check_native(kind, &timed.native, "`native`", diag);
    takes::check_window(kind, &timed.window, "`summary`", diag);
    let detail = match kind {
        Kind::Summary => check_window(&timed.window, diag).map_or(Detail::None, Detail::Window),
        Kind::NativeHistogram => Detail::Native(check_native(&timed.native, &timed.buckets, diag)),
        _ => Detail::Buckets(check_buckets(&timed.buckets, diag)),
    };
    (kind, detail)
}
