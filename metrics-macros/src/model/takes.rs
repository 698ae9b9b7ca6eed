//! Which kind of metric takes which options.

use proc_macro2::Ident;

use crate::diag::Diag;
use crate::model::kind::Kind;
use crate::syntax::metric::Options;
use crate::syntax::native::Native;
use crate::syntax::window::Window;

/// Checks that a metric of a block takes the options that it has.
pub(crate) fn check_options(kind: Kind, options: &Options, has_labels: bool, diag: &mut Diag) {
    check_buckets(kind, options.buckets.key(), "`Histogram`", diag);
    check_window(kind, &options.window, "`Summary`", diag);
    check_native(kind, &options.native, "`NativeHistogram`", diag);
    let native = options.native.kind.key().filter(|_| kind != Kind::NativeHistogram);
    refuse(native, "is not native: write `NativeHistogram`", kind, diag);
    check_callback(kind, options.callback.key(), has_labels, diag);
    refuse(options.unit.key().filter(|_| !kind.has_unit()), "is no quantity and has no unit", kind, diag);
    let of = |wanted| options.max_series.key().filter(|_| kind == wanted);
    refuse(of(Kind::Info), "is one series", kind, diag);
    refuse(of(Kind::StateSet), "has a series for each state", kind, diag);
    refuse(options.init.key().filter(|_| kind == Kind::Info), "tells nothing before it is set", kind, diag);
}

/// Checks that only a histogram has buckets; `histogram` is what makes a metric one.
pub(crate) fn check_buckets(kind: Kind, key: Option<&Ident>, histogram: &str, diag: &mut Diag) {
    if let Some(key) = key.filter(|_| !kind.has_buckets()) {
        let text = format!("{} has no buckets; leave `{key}` out, or write {histogram}", kind.words());
        diag.at(key.span(), text);
    }
}

/// Checks that only a summary has quantiles.
pub(crate) fn check_window(kind: Kind, window: &Window, summary: &str, diag: &mut Diag) {
    for key in window.keys().into_iter().flatten().filter(|_| kind != Kind::Summary) {
        let text = format!("{} has no quantiles; leave `{key}` out, or write {summary}", kind.words());
        diag.at(key.span(), text);
    }
}

/// Checks that only a native histogram has a resolution; `native` is what makes a metric one.
pub(crate) fn check_native(kind: Kind, options: &Native, native: &str, diag: &mut Diag) {
    for key in options.keys().into_iter().flatten().filter(|_| kind != Kind::NativeHistogram) {
        let text =
            format!("{} has no exponential buckets; leave `{key}` out, or write {native}", kind.words());
        diag.at(key.span(), text);
    }
}

/// Checks that only one number is asked for.
fn check_callback(kind: Kind, key: Option<&Ident>, has_labels: bool, diag: &mut Diag) {
    let Some(key) = key else { return };
    if !matches!(kind, Kind::Counter | Kind::Gauge) {
        let text = format!("{} is no number that a function can tell", kind.words());
        diag.at(key.span(), format!("{text}; leave `callback` out, or write `Gauge` or `Counter`"));
    } else if has_labels {
        let text = "a function tells one number, of a metric without labels; leave them out, or leave out";
        diag.at(key.span(), format!("{text} `callback`"));
    }
}

fn refuse(key: Option<&Ident>, because: &str, kind: Kind, diag: &mut Diag) {
    if let Some(key) = key {
        diag.at(key.span(), format!("{} {because}; leave `{key}` out", kind.words()));
    }
}
