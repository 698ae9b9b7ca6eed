//! What one attribute adds to a guard: a value asked for at every call, statics, and a part of the guard.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Index, Path};

use crate::expand::gathered::Gathered;
use crate::expand::spec::{Row, declared};
use crate::model::kind::Kind;
use crate::model::label::{OwnLabel, Value};
use crate::model::metric::Metric;
use crate::model::part::{Part, Source};
use crate::runtime::{Runtime, ours, span, span_at};
use crate::syntax::labels::LabelArg;
use crate::syntax::stack::Recorder;

/// The tokens of one attribute.
pub(crate) struct Site {
    /// Evaluated at every call, where it sees none of our items.
    pub(crate) row: Option<TokenStream>,
    /// The items that stand around the guard.
    pub(crate) statics: Gathered,
    /// The part of the guard.
    pub(crate) part: TokenStream,
}

/// The values of the calls' rows.
pub(crate) fn rows(span: Span) -> Ident {
    Ident::new("__metrics_rows", span)
}

/// The tokens of an attribute whose series is known at the start; it is the one at `place` in its stack, and its row, if
/// it needs one, is the one at `row`.
pub(crate) fn site(part: &Part, place: usize, row: usize) -> Site {
    match &part.source {
        Source::Plain(path) => looked_up(part, path, path, row),
        Source::Row { path, labels, constant: false, .. } => looked_up(part, path, series(path, labels), row),
        Source::Row { path, labels, constant: true, .. } => pinned(part, path, labels, place),
        Source::Own { metric, labels } => own(part, metric, labels, place),
    }
}

/// The place of a metric's name, for the messages of rustc about it.
pub(crate) fn place_of(path: &Path) -> Span {
    span_at(path.segments.last().map_or_else(span, |last| last.ident.span()))
}

/// A declared metric, or a series of it, that is asked for its handle at every call.
fn looked_up(part: &Part, path: &Path, series: impl ToTokens, row: usize) -> Site {
    let at = place_of(path);
    let (private, recorder) = (part.runtime.private_at(at), recorder(part.recorder, None, at));
    let (rows, row) = (rows(at), index(row, at));
    Site {
        row: Some(quote_spanned!(at=> #series.handle())),
        statics: Gathered::default(),
        part: quote_spanned!(at=> #private::#recorder::new(#rows.#row)),
    }
}

/// A series of a declared metric that is the same at every call.
fn pinned(part: &Part, path: &Path, labels: &[LabelArg], place: usize) -> Site {
    let at = place_of(path);
    let (private, recorder) = (part.runtime.private_at(at), recorder(part.recorder, None, at));
    let series = series(path, labels);
    let name = format_ident!("__METRICS_ROW_{place}", span = at);
    let handle = declared_handle(part, path);
    let make = quote_spanned!(at=> #series.__pinned(__pin));
    Site {
        row: None,
        statics: constant(&[], &name, &handle, &make, &part.runtime),
        part: quote_spanned!(at=> #private::#recorder::row(&#name)),
    }
}

/// What the declared metric at `path` is written through. A concrete type makes the plainest message about a metric of
/// another kind.
pub(crate) fn declared_handle(part: &Part, path: &Path) -> TokenStream {
    match part.recorder {
        Recorder::Counted => handle(Kind::Counter, &part.runtime),
        Recorder::Timed => handle_of(path, &part.runtime),
        Recorder::Gauged => handle(Kind::Gauge, &part.runtime),
    }
}

/// The field of a tuple.
pub(crate) fn index(index: usize, span: Span) -> Index {
    Index { index: u32::try_from(index).unwrap_or_default(), span }
}

/// The part of the guard that records into a metric of the attribute's own, or into a declared one of a kind that only
/// rustc knows.
pub(crate) fn recorder(recorder: Recorder, own: Option<Kind>, at: Span) -> Ident {
    let name = match (recorder, own) {
        (Recorder::Counted, _) => "Counted",
        (Recorder::Timed, None) => "Observed",
        (Recorder::Timed, Some(Kind::NativeHistogram)) => "TimedNatively",
        (Recorder::Timed, Some(Kind::Summary)) => "Summarized",
        (Recorder::Timed, Some(_)) => "Timed",
        (Recorder::Gauged, _) => "Gauged",
    };
    Ident::new(name, at)
}

/// `METRIC { label: &(value) }`. All of it has spans of one kind: else rustc shows a wrong value at the whole attribute.
pub(crate) fn series(path: &Path, labels: &[LabelArg]) -> TokenStream {
    series_with(path, labels, Vec::new())
}

/// [`series`] with `further` fields.
pub(crate) fn series_with(path: &Path, labels: &[LabelArg], further: Vec<TokenStream>) -> TokenStream {
    let fields = labels.iter().map(|label| {
        let (field, value) = (label.field.as_ref().map(ours), borrowed(&label.value));
        quote_spanned!(span_at(label.span)=> #field: #value)
    });
    let fields = fields.chain(further);
    let (at, path) = (place_of(path), series_path(path));
    quote_spanned!(at=> #path { #(#fields),* })
}

/// The struct beside the static at `path`.
pub(crate) fn series_path(path: &Path) -> TokenStream {
    // `$crate` means something at its own span only.
    let foreign = path.segments.first().is_some_and(|first| first.ident == "$crate");
    if foreign { path.to_token_stream() } else { ours(path) }
}

/// A reference is lent as it is: a typed label takes one `&`, not two.
pub(crate) fn borrowed(value: &Expr) -> TokenStream {
    if matches!(value, Expr::Reference(_)) {
        return value.to_token_stream();
    }
    let at = span_at(value.span());
    quote_spanned!(at=> &(#value))
}

/// `static NAME: Row<Handle> = …;`: the series exists from the start.
pub(crate) fn constant(
    cfgs: &[Attribute],
    name: &Ident,
    handle: &TokenStream,
    make: &TokenStream,
    runtime: &Runtime,
) -> Gathered {
    let at = name.span();
    let private = runtime.private_at(at);
    let statics = quote_spanned! {at=>
        #(#cfgs)*
        static #name: #private::Row<#handle> = #private::Row::new(|__pin| #make);
    };
    Gathered::series(cfgs, name, statics)
}

/// The handle of a series of this kind.
pub(crate) fn handle(kind: Kind, runtime: &Runtime) -> TokenStream {
    let public = runtime.public();
    let handle = format_ident!("{}Handle", kind.name(), span = span());
    quote_spanned!(span()=> #public::#handle)
}

/// The handle of a series of the declared metric at `path`.
pub(crate) fn handle_of(path: &Path, runtime: &Runtime) -> TokenStream {
    let (at, path) = (place_of(path), series_path(path));
    let private = runtime.private_at(at);
    quote_spanned!(at=> <#path as #private::Labels>::Handle)
}

/// A metric that the attribute declares itself, whose labels are all constant.
fn own(part: &Part, metric: &Metric, labels: &[OwnLabel], place: usize) -> Site {
    let runtime = &part.runtime;
    let (private, recorder) = (runtime.private(), recorder(part.recorder, Some(metric.kind), span()));
    let cell = format_ident!("__METRICS_CELL_{place}", span = span());
    let names = labels.iter().map(|label| label.name.clone()).collect();
    let fixed = labels.iter().map(|label| fixed(&label.value, runtime)).collect();
    let is_fixed = Option::is_some(&fixed);
    let mut statics = declared(&[], &cell, metric, &Row { names, values: Vec::new(), fixed }, runtime);
    if is_fixed {
        return Site {
            row: None,
            statics,
            part: quote_spanned!(span()=> #private::#recorder::fixed(&#cell)),
        };
    }
    let values = texts(labels, runtime, |_| None);
    let name = format_ident!("__METRICS_ROW_{place}", span = span());
    let make = quote_spanned!(span()=> #private::#recorder::pinned(&#cell, &[#(#values),*], __pin));
    statics.extend(&constant(&[], &name, &handle(metric.kind, runtime), &make, runtime));
    Site { row: None, statics, part: quote_spanned!(span()=> #private::#recorder::row(&#name)) }
}

/// A value that is a string in the program already.
fn fixed(value: &Value, runtime: &Runtime) -> Option<TokenStream> {
    match value {
        Value::Text(text) => Some(text.to_token_stream()),
        Value::Module => {
            let private = runtime.private();
            Some(quote_spanned!(span()=> #private::module_path!()))
        }
        _ => None,
    }
}

/// The values as text, in the order of the labels; `late` makes those that are not known before the program runs.
pub(crate) fn texts(
    labels: &[OwnLabel],
    runtime: &Runtime,
    mut late: impl FnMut(&Value) -> Option<TokenStream>,
) -> Vec<TokenStream> {
    let texts = labels.iter().map(|label| match &label.value {
        Value::Constant(value) => text(&borrowed(value), runtime),
        value => fixed(value, runtime).or_else(|| late(value)).unwrap_or_default(),
    });
    texts.collect()
}

/// `LabelValue::text(value, scratch)`
pub(crate) fn text(value: &TokenStream, runtime: &Runtime) -> TokenStream {
    let private = runtime.private();
    quote_spanned!(span()=> #private::LabelValue::text(#value, &mut #private::Scratch::new()))
}
