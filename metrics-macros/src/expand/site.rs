//! What one attribute adds to a guard: a value asked for at every call, statics, and a part of the guard.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Index, Path};

use crate::expand::spec::{Row, declared};
use crate::model::kind::Kind;
use crate::model::label::{OwnLabel, Value};
use crate::model::metric::Metric;
use crate::model::part::{Part, Source};
use crate::runtime::{Runtime, span, span_at};
use crate::syntax::labels::LabelArg;
use crate::syntax::stack::Recorder;

/// The tokens of one attribute.
pub(crate) struct Site {
    /// Evaluated at every call, where it sees none of our items.
    pub(crate) row: Option<TokenStream>,
    /// The items that stand around the guard.
    pub(crate) statics: TokenStream,
    /// The part of the guard.
    pub(crate) part: TokenStream,
}

/// The values of the calls' rows.
pub(crate) fn rows() -> Ident {
    Ident::new("__metrics_rows", span())
}

/// The tokens of the attribute at `place` in its stack, whose row, if it needs one, is the one at `row`.
pub(crate) fn site(part: &Part, place: usize, row: usize) -> Site {
    let path = match &part.source {
        Source::Plain(path) | Source::Row { path, .. } => Some(path),
        Source::Own { .. } => None,
    };
    let at = path.and_then(|path| path.segments.last()).map_or_else(span, |last| span_at(last.ident.span()));
    let private = part.runtime.private();
    let recorder = recorder(part.recorder);
    let new = |value: TokenStream| quote_spanned!(at=> #private::#recorder::new(#value));
    let (rows, row) = (rows(), Index { index: u32::try_from(row).unwrap_or_default(), span: at });
    match &part.source {
        Source::Plain(path) => Site {
            row: Some(quote_spanned!(at=> #path.handle())),
            statics: TokenStream::new(),
            part: new(quote_spanned!(at=> #rows.#row)),
        },
        Source::Row { path, labels, constant: false } => {
            let series = series(path, labels);
            Site {
                row: Some(quote_spanned!(at=> #series.handle())),
                statics: TokenStream::new(),
                part: new(quote_spanned!(at=> #rows.#row)),
            }
        }
        Source::Row { path, labels, constant: true } => {
            let series = series(path, labels);
            let handle = kind(part.recorder);
            let name = format_ident!("__METRICS_ROW_{place}", span = span());
            let make = quote_spanned!(at=> #series.__pinned(__pin));
            Site {
                row: None,
                statics: constant(&name, handle, &make, &part.runtime),
                part: quote_spanned!(at=> #private::#recorder::row(&#name)),
            }
        }
        Source::Own { metric, labels } => {
            own(part, metric, labels, place, &quote_spanned!(span()=> #rows.#row))
        }
    }
}

fn recorder(recorder: Recorder) -> Ident {
    let name = match recorder {
        Recorder::Counted => "Counted",
        Recorder::Timed => "Timed",
        Recorder::Gauged => "Gauged",
    };
    Ident::new(name, span())
}

fn kind(recorder: Recorder) -> Kind {
    match recorder {
        Recorder::Counted => Kind::Counter,
        Recorder::Timed => Kind::Histogram,
        Recorder::Gauged => Kind::Gauge,
    }
}

/// `METRIC { label: &(value) }`
pub(crate) fn series(path: &Path, labels: &[LabelArg]) -> TokenStream {
    let fields = labels.iter().map(|label| {
        let (field, value) = (&label.field, borrowed(&label.value));
        quote_spanned!(span()=> #field: #value)
    });
    let at = span_at(path.segments.last().map_or_else(span, |last| last.ident.span()));
    quote_spanned!(at=> #path { #(#fields),* })
}

/// A reference is lent as it is: a typed label takes one `&`, not two.
fn borrowed(value: &Expr) -> TokenStream {
    if matches!(value, Expr::Reference(_)) {
        return value.to_token_stream();
    }
    let at = span_at(value.span());
    quote_spanned!(at=> &(#value))
}

/// `static NAME: Row<Handle> = …;` and its registration: the series exists from the start.
pub(crate) fn constant(name: &Ident, kind: Kind, make: &TokenStream, runtime: &Runtime) -> TokenStream {
    let (public, private) = (runtime.public(), runtime.private());
    let handle = handle(kind);
    quote_spanned! {span()=>
        static #name: #private::Row<#public::#handle> = #private::Row::new(|__pin| #make);
        #private::register!([#private] constant #name);
    }
}

/// The handle of a series.
pub(crate) fn handle(kind: Kind) -> Ident {
    format_ident!("{}Handle", kind.name(), span = span())
}

/// A metric that the attribute declares itself.
fn own(part: &Part, metric: &Metric, labels: &[OwnLabel], place: usize, row: &TokenStream) -> Site {
    let runtime = &part.runtime;
    let (private, recorder) = (runtime.private(), recorder(part.recorder));
    let cell = format_ident!("__METRICS_CELL_{place}", span = span());
    let names = labels.iter().map(|label| label.name.clone()).collect();
    let fixed = labels.iter().map(|label| fixed(&label.value)).collect();
    let is_fixed = Option::is_some(&fixed);
    let mut statics = declared(&cell, metric, &Row { names, fixed }, runtime);
    if is_fixed {
        return Site {
            row: None,
            statics,
            part: quote_spanned!(span()=> #private::#recorder::fixed(&#cell)),
        };
    }
    let values = texts(labels, row, runtime);
    let dynamic: Vec<TokenStream> = labels.iter().filter_map(|label| dynamic(&label.value)).collect();
    if dynamic.is_empty() {
        let name = format_ident!("__METRICS_ROW_{place}", span = span());
        let make = quote_spanned!(span()=> #private::#recorder::pinned(&#cell, &[#(#values),*], __pin));
        statics.extend(constant(&name, metric.kind, &make, runtime));
        return Site { row: None, statics, part: quote_spanned!(span()=> #private::#recorder::row(&#name)) };
    }
    Site {
        row: Some(quote_spanned!(span()=> (#(#dynamic,)*))),
        statics,
        part: quote_spanned!(span()=> #private::#recorder::at(&#cell, &[#(#values),*])),
    }
}

/// A value that is a string in the program already.
fn fixed(value: &Value) -> Option<TokenStream> {
    match value {
        Value::Text(text) => Some(text.to_token_stream()),
        Value::Module => Some(quote_spanned!(span()=> ::core::module_path!())),
        Value::Constant(_) | Value::Dynamic(_) => None,
    }
}

fn dynamic(value: &Value) -> Option<TokenStream> {
    match value {
        Value::Dynamic(value) => Some(borrowed(value)),
        _ => None,
    }
}

/// The values as text, in the order of the labels; the dynamic ones come from `row`.
fn texts(labels: &[OwnLabel], row: &TokenStream, runtime: &Runtime) -> Vec<TokenStream> {
    let private = runtime.private();
    let text = |value: TokenStream| quote_spanned!(span()=> #private::LabelValue::text(#value, &mut #private::Scratch::new()));
    let mut next = 0..;
    let mut texts = Vec::new();
    for label in labels {
        texts.push(match &label.value {
            Value::Constant(value) => text(borrowed(value)),
            Value::Dynamic(value) => {
                let index = Index { index: next.next().unwrap_or_default(), span: span_at(value.span()) };
                text(quote_spanned!(span()=> #row.#index))
            }
            other => fixed(other).unwrap_or_default(),
        });
    }
    texts
}
