//! The static that a metric leaves in the program, and its entry in the list that is read at the start.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote_spanned};

use crate::model::buckets::Buckets;
use crate::model::kind::Kind;
use crate::model::metric::{Help, Metric};
use crate::runtime::{Runtime, line, span};

/// What is known about the label names and values of a metric.
pub(crate) struct Row {
    /// The label names, sorted.
    pub(crate) names: Vec<String>,
    /// The values of the only series, if there is only one and they are strings.
    pub(crate) fixed: Option<Vec<TokenStream>>,
}

/// `static CELL: Declared = …;` and its registration.
pub(crate) fn declared(cell: &Ident, metric: &Metric, row: &Row, runtime: &Runtime) -> TokenStream {
    let private = runtime.private();
    let spec = spec(metric, row, runtime);
    quote_spanned! {span()=>
        static #cell: #private::Declared = #private::Declared::new(#spec);
        #private::register!([#private] declared #cell);
    }
}

/// The declaration of a metric with a mistake: it never gets to run, but its static is there.
pub(crate) fn placeholder(cell: &Ident, kind: Kind, runtime: &Runtime) -> TokenStream {
    let private = runtime.private();
    let made = constructor(kind, "mistake", &quote_spanned!(span()=> ""), &Buckets::Default, runtime);
    quote_spanned!(span()=> static #cell: #private::Declared = #private::Declared::new(#made);)
}

fn spec(metric: &Metric, row: &Row, runtime: &Runtime) -> TokenStream {
    let mut spec = constructor(metric.kind, &metric.name, &help(&metric.help), &metric.buckets, runtime);
    let names = &row.names;
    if !names.is_empty() {
        spec.extend(quote_spanned!(span()=> .labels(&[#(#names),*])));
    }
    if let Some(values) = &row.fixed {
        spec.extend(quote_spanned!(span()=> .fixed(&[#(#values),*])));
    }
    if let Some(unit) = &metric.unit {
        spec.extend(quote_spanned!(span()=> .unit(#unit)));
    }
    if let Some(most) = &metric.max_series {
        spec.extend(quote_spanned!(span()=> .max_series(#most)));
    }
    if let Some(registry) = &metric.registry {
        spec.extend(quote_spanned!(span()=> .registry(&#registry)));
    }
    let line = line(metric.span).map_or_else(|| quote_spanned!(span()=> ::core::line!()), plain);
    spec.extend(quote_spanned!(span()=> .at(::core::file!(), #line)));
    spec
}

fn plain(line: u32) -> TokenStream {
    let mut line = Literal::u32_unsuffixed(line);
    line.set_span(span());
    line.to_token_stream()
}

fn constructor(
    kind: Kind,
    name: &str,
    help: &TokenStream,
    buckets: &Buckets,
    runtime: &Runtime,
) -> TokenStream {
    let private = runtime.private();
    match kind {
        Kind::Counter => quote_spanned!(span()=> #private::Spec::counter(#name, #help)),
        Kind::Gauge => quote_spanned!(span()=> #private::Spec::gauge(#name, #help)),
        Kind::Histogram => {
            let bounds = bounds(buckets, runtime);
            quote_spanned!(span()=> #private::Spec::histogram(#name, #help, #bounds))
        }
    }
}

fn bounds(buckets: &Buckets, runtime: &Runtime) -> TokenStream {
    match buckets {
        Buckets::Default => {
            let public = runtime.public();
            quote_spanned!(span()=> &#public::buckets::DEFAULT)
        }
        Buckets::Constant(path) => quote_spanned!(span()=> &#path),
        Buckets::Bounds(bounds) => {
            let bounds = bounds.iter().map(|bound| number(*bound));
            quote_spanned!(span()=> &[#(#bounds),*])
        }
    }
}

/// A literal has no sign of its own.
fn number(bound: f64) -> TokenStream {
    let mut literal = Literal::f64_unsuffixed(bound.abs());
    literal.set_span(span());
    if bound < 0.0 { quote_spanned!(span()=> -#literal) } else { literal.to_token_stream() }
}

fn help(help: &Help) -> TokenStream {
    match help {
        Help::Text(text) => quote_spanned!(span()=> #text),
        Help::Expr(expr) => expr.to_token_stream(),
        Help::Function(before, name, after) => {
            let after = format!("::{name}{after}");
            quote_spanned!(span()=> ::core::concat!(#before, ::core::module_path!(), #after))
        }
    }
}
