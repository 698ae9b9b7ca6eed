//! The rows of a function: attributes that ask for the same values at each call find their series together.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::Expr;
use syn::spanned::Spanned;

use crate::expand::gathered::Gathered;
use crate::expand::site::{Site, borrowed, index, recorder, rows, texts};
use crate::expand::spec::{Row, declared};
use crate::model::label::{OwnLabel, Value};
use crate::model::metric::Metric;
use crate::model::part::{Part, Source};
use crate::runtime::{Runtime, span, span_at};

/// The words of a row before the ids of its series.
const HEAD: usize = 2;

/// All rows of a function.
#[derive(Default)]
pub(crate) struct Rows(Vec<Shared>);

/// What attributes share that ask for the same values.
struct Shared {
    /// The values as they are written, which is what attributes are compared by.
    written: Vec<String>,
    /// Where the values stand, for what rustc says of them.
    spans: Vec<Span>,
    /// Their place among all that is asked for at each call.
    place: usize,
    runtime: Runtime,
    /// `row.add(&CELL, &[…]);` for each attribute.
    adds: Vec<TokenStream>,
}

impl Rows {
    /// The tokens of the attribute at `place` of its stack, if it declares a metric whose labels are asked for at each
    /// call. If nobody has asked for these values, they get the place `next`.
    pub(crate) fn site(&mut self, part: &Part, place: usize, next: usize) -> Option<Site> {
        let Source::Own { metric, labels } = &part.source else { return None };
        let asked: Vec<&Expr> = labels.iter().filter_map(asked).collect();
        if asked.is_empty() || labels.iter().any(OwnLabel::is_late) {
            return None;
        }
        let (number, is_new) = self.share(&asked, part, next);
        let cell = format_ident!("__METRICS_CELL_{place}", span = span());
        let added = self.add(number, &cell, labels);
        Some(Site {
            row: is_new.then(|| {
                let values = asked.into_iter().map(borrowed);
                quote_spanned!(span()=> (#(#values,)*))
            }),
            statics: cell_of(&cell, metric, labels, &part.runtime),
            part: written(part, metric, &cell, number, added),
        })
    }

    /// Which row has these values, and whether it is a new one.
    fn share(&mut self, asked: &[&Expr], part: &Part, next: usize) -> (usize, bool) {
        let written: Vec<String> = asked.iter().map(|value| quote::quote!(#value).to_string()).collect();
        if let Some(number) = self.0.iter().position(|shared| shared.written == written) {
            return (number, false);
        }
        let spans = asked.iter().map(|value| span_at(value.span())).collect();
        self.0.push(Shared { written, spans, place: next, runtime: part.runtime.clone(), adds: Vec::new() });
        (self.0.len() - 1, true)
    }

    /// Adds the series of an attribute to a row: its place in there.
    fn add(&mut self, number: usize, cell: &Ident, labels: &[OwnLabel]) -> usize {
        let Some(shared) = self.0.get_mut(number) else { return 0 };
        let mut next = 0_usize..;
        let values =
            texts(labels, &shared.runtime, |_| next.next().map(|at| quote_spanned!(span()=> __values[#at])));
        shared.adds.push(quote_spanned!(span()=> __row.add(&#cell, &[#(#values),*]);));
        shared.adds.len() - 1
    }

    /// What finds the rows, behind the statics of the metrics.
    pub(crate) fn found(&self) -> impl Iterator<Item = TokenStream> {
        self.0.iter().enumerate().map(|(number, shared)| shared.found(number))
    }
}

impl Shared {
    fn found(&self, number: usize) -> TokenStream {
        let (private, adds, head) = (self.runtime.private(), &self.adds, HEAD + self.adds.len());
        let [cell, row] = names(number);
        let texts = self.spans.iter().enumerate().map(|(value, at)| {
            let (rows, place, value) = (rows(*at), index(self.place, *at), index(value, *at));
            let private = self.runtime.private_at(*at);
            quote_spanned!(*at=> #private::LabelValue::text(#rows.#place.#value, &mut #private::Scratch::new()))
        });
        quote_spanned! {span()=>
            static #cell: #private::Rows<#head> = #private::Rows::new(|__row, __values| { #(#adds)* });
            let #row = #cell.find([#(#texts),*]);
        }
    }
}

/// The static that keeps the rows with this number, and the row of a call.
fn names(number: usize) -> [Ident; 2] {
    [
        format_ident!("__METRICS_ROWS_{number}", span = span()),
        format_ident!("__metrics_row_{number}", span = span()),
    ]
}

fn asked(label: &OwnLabel) -> Option<&Expr> {
    match &label.value {
        Value::Dynamic(value) => Some(value),
        _ => None,
    }
}

fn cell_of(cell: &Ident, metric: &Metric, labels: &[OwnLabel], runtime: &Runtime) -> Gathered {
    let names = labels.iter().map(|label| label.name.clone()).collect();
    declared(&[], cell, metric, &Row { names, values: Vec::new(), fixed: None }, runtime)
}

/// The part of the guard: the series at the place `added` of its row.
fn written(part: &Part, metric: &Metric, cell: &Ident, number: usize, added: usize) -> TokenStream {
    let (private, [_, row]) = (part.runtime.private(), names(number));
    let recorder = recorder(part.recorder, Some(metric.kind), span());
    quote_spanned!(span()=> #private::#recorder::at(&#cell, &#row, #added))
}
