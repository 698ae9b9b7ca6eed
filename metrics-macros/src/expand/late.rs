//! What an attribute adds to a guard if it asks how the call ends.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::spanned::Spanned;
use syn::{Index, Path};

use crate::expand::gathered::Gathered;
use crate::expand::rows::Rows;
use crate::expand::site::{
    self, Site, borrowed, declared_handle, handle, index, place_of, recorder, rows, series_path, series_with,
    text, texts,
};
use crate::expand::spec::{Row, declared};
use crate::model::ending::Reading;
use crate::model::label::{OwnLabel, Value};
use crate::model::metric::Metric;
use crate::model::part::{Part, ResultLabel, Source};
use crate::runtime::{Runtime, ours, span, span_at};
use crate::syntax::labels::LabelArg;
use crate::syntax::stack::Recorder;

/// Where an attribute stands among those of its function.
pub(crate) struct Place {
    /// Its place in the stack.
    pub(crate) part: usize,
    /// The place of its row, if it needs one.
    pub(crate) row: usize,
    /// The number of labels that are read from the result, of all attributes before it.
    pub(crate) results: usize,
}

/// The tokens of one attribute.
pub(crate) fn site(part: &Part, at: &Place, shared: &mut Rows) -> Site {
    let mut early =
        || shared.site(part, at.part, at.row).unwrap_or_else(|| site::site(part, at.part, at.row));
    if !part.is_judged() {
        return early();
    }
    let mut site = match &part.source {
        Source::Row { path, labels, results, constant } => match part.ending.outcome {
            Some(outcome) if *constant && results.is_empty() => by_outcome(part, path, labels, outcome, at),
            None if results.is_empty() => early(),
            outcome => kept(part, path, (labels, results), outcome, at),
        },
        Source::Own { metric, labels } if labels.iter().any(OwnLabel::is_late) => {
            own(part, metric, labels, at)
        }
        _ => early(),
    };
    site.part = verb(part, &site.part);
    site
}

/// The part that writes to a series when the call has ended.
fn verb(part: &Part, series: &TokenStream) -> TokenStream {
    let (private, only) = (part.runtime.private(), only(part));
    match part.recorder {
        Recorder::Timed if part.busy => quote_spanned!(span()=> #private::Busy::new(#series)),
        Recorder::Timed => quote_spanned!(span()=> #private::Measured::new(#series)),
        _ => quote_spanned!(span()=> #private::Tally::new(#series) #only),
    }
}

/// `.only(&[Outcome::Err])`
fn only(part: &Part) -> Option<TokenStream> {
    let (private, only) = (part.runtime.private(), part.ending.only.iter().map(ours));
    let outcomes: Vec<_> = only.map(|outcome| quote_spanned!(span()=> #private::Outcome::#outcome)).collect();
    (!outcomes.is_empty()).then(|| quote_spanned!(span()=> .only(&[#(#outcomes),*])))
}

/// `static NAME: Outcomes<Handle> = …;`: a series for each outcome, from the start. And what finds them.
fn outcomes(part: &Part, handle: &TokenStream, make: &TokenStream, place: usize) -> (Gathered, TokenStream) {
    let (private, only) = (part.runtime.private(), only(part));
    let name = format_ident!("__METRICS_ROW_{place}", span = span());
    let statics = quote_spanned! {span()=>
        static #name: #private::Outcomes<#handle> =
            #private::Outcomes::new(|__outcome, __pin| #make) #only;
    };
    (Gathered::series(&[], &name, statics), quote_spanned!(span()=> &#name))
}

/// A declared metric whose other labels are all constant.
fn by_outcome(part: &Part, path: &Path, labels: &[LabelArg], outcome: Span, at: &Place) -> Site {
    let field = quote_spanned!(span_at(outcome)=> outcome: __outcome);
    let series = series_with(path, labels, vec![field]);
    let make = quote_spanned!(place_of(path)=> #series.__pinned(__pin));
    let (statics, part) = outcomes(part, &declared_handle(part, path), &make, at.part);
    Site { row: None, statics, part }
}

/// A declared metric, with labels that are asked for at the start and others that are known at the end.
fn kept(
    part: &Part,
    path: &Path,
    (labels, results): (&[LabelArg], &[ResultLabel]),
    outcome: Option<Span>,
    at: &Place,
) -> Site {
    let runtime = &part.runtime;
    let mut further = Vec::new();
    if let Some(outcome) = outcome.map(span_at) {
        let private = runtime.private_at(outcome);
        further.push(quote_spanned!(outcome=> outcome: #private::FromOutcome));
    }
    for (label, place) in results.iter().zip(at.results..) {
        let (at, field) = (span_at(label.span), label.field.as_ref().map(ours));
        let (private, place) = (runtime.private_at(at), index(place, at));
        further.push(quote_spanned!(at=> #field: #private::FromResult::<#place>));
    }
    let (private, here) = (runtime.private(), place_of(path));
    let series = series_with(path, labels, further);
    let (path, rows, row) = (series_path(path), rows(span()), index(at.row, span()));
    Site {
        row: Some(quote_spanned!(here=> #private::Kept::labels(&#series))),
        statics: Gathered::default(),
        part: quote_spanned!(here=> #private::LookedUp::new(
            #rows.#row,
            |__values| #path.series(&#private::Resolved::new(__values)),
        )),
    }
}

/// A metric that the attribute declares itself.
fn own(part: &Part, metric: &Metric, labels: &[OwnLabel], at: &Place) -> Site {
    let runtime = &part.runtime;
    let (private, recorder) = (runtime.private(), recorder(part.recorder, Some(metric.kind), span()));
    let cell = format_ident!("__METRICS_CELL_{}", at.part, span = span());
    let names = labels.iter().map(|label| label.name.clone()).collect();
    let row = Row { names, values: Vec::new(), fixed: None };
    let mut statics = declared(&[], &cell, metric, &row, runtime);
    let asked = |label: &OwnLabel| matches!(label.value, Value::Dynamic(_) | Value::Result(_));
    if !labels.iter().any(asked) {
        let values = texts(labels, runtime, |_| Some(text(&quote_spanned!(span()=> &__outcome), runtime)));
        let make = quote_spanned!(span()=> #private::#recorder::pinned(&#cell, &[#(#values),*], __pin));
        let (row, part) = outcomes(part, &handle(metric.kind, runtime), &make, at.part);
        statics.extend(&row);
        return Site { row: None, statics, part };
    }
    let mut result = at.results..;
    let values =
        texts(labels, runtime, |value| Some(text(&kept_value(value, &mut result, runtime), runtime)));
    let (rows, row) = (rows(span()), index(at.row, span()));
    Site {
        row: Some(quote_spanned!(span()=> #private::Kept::values(&[#(#values),*]))),
        statics,
        part: quote_spanned!(span()=> #private::LookedUp::new(
            #rows.#row,
            |__values| #private::#recorder::found(&#cell, __values),
        )),
    }
}

/// A value that is asked for at the start, or what stands for one that comes at the end.
fn kept_value(value: &Value, results: &mut impl Iterator<Item = usize>, runtime: &Runtime) -> TokenStream {
    let private = runtime.private();
    match value {
        Value::Dynamic(value) => borrowed(value),
        Value::Result(_) => {
            let place = Index { index: 0, span: span() };
            let place = results.next().map_or(place, |place| index(place, span()));
            quote_spanned!(span()=> &#private::FromResult::<#place>)
        }
        _ => quote_spanned!(span()=> &#private::FromOutcome),
    }
}

/// What the labels of all `parts` read from the result, in their order.
pub(crate) fn readings(parts: &[Part]) -> Vec<&Reading> {
    parts.iter().flat_map(readings_of).collect()
}

fn readings_of(part: &Part) -> Vec<&Reading> {
    let own = |label| match label {
        &OwnLabel { value: Value::Result(ref reading), .. } => Some(reading),
        _ => None,
    };
    match &part.source {
        Source::Plain(_) => Vec::new(),
        Source::Row { results, .. } => results.iter().map(|label| &label.reading).collect(),
        Source::Own { labels, .. } => labels.iter().filter_map(own).collect(),
    }
}

/// `guard.finish(outcome, &[texts of the labels]);`: the closures are evaluated in place, if anything is recorded.
pub(crate) fn finish(
    parts: &[Part],
    guard: &impl ToTokens,
    result: &impl ToTokens,
    runtime: &Runtime,
) -> TokenStream {
    let private = runtime.private();
    let outcome = outcome(parts, result, runtime);
    let texts = readings(parts).into_iter().map(|reading| {
        let (at, value) = (span_at(reading.body.span()), read(reading, result, None, runtime));
        let private = runtime.private_at(at);
        quote_spanned!(at=> #private::LabelValue::text(&#value, &mut #private::Scratch::new()))
    });
    quote_spanned! {span()=>
        if #private::RECORD {
            #private::Judged::finish(#guard, #outcome, &[#(#texts),*]);
        }
    }
}

/// How the call ended, if anybody asks.
fn outcome(parts: &[Part], result: &impl ToTokens, runtime: &Runtime) -> TokenStream {
    let private = runtime.private();
    let asks = |part: &Part| part.ending.outcome.is_some() || !part.ending.only.is_empty();
    if let Some(err_if) = parts.iter().find_map(|part| part.ending.err_if.as_ref()) {
        let bool = quote_spanned!(span()=> #private::primitive::bool);
        let read = read(err_if, result, Some(&bool), runtime);
        return quote_spanned!(span()=> #private::Outcome::err_if(#read));
    }
    if !parts.iter().any(asks) {
        return quote_spanned!(span()=> #private::Outcome::Ok);
    }
    quote_spanned!(span()=> {
        use #private::{ReturnedOther as _, ReturnedResult as _};
        (&#private::Returned(&#result)).outcome()
    })
}

/// `call(|| { let pattern = &result; body })`: a `return` or a `?` of the body ends the closure alone. It takes nothing, as
/// what it returns may be borrowed from the result.
fn read(
    reading: &Reading,
    result: &impl ToTokens,
    returned: Option<&TokenStream>,
    runtime: &Runtime,
) -> TokenStream {
    let (Reading { pat, body }, arrow) =
        (reading, returned.map(|returned| quote_spanned!(span()=> -> #returned)));
    let at = span_at(body.span());
    let private = runtime.private_at(at);
    quote_spanned!(at=> #private::call(|| #arrow { let #pat = &#result; #body }))
}
