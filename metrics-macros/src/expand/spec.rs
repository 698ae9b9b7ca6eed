//! The static that a metric leaves in the program, and its entry in the list that is read at the start.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Path, Type};

use crate::expand::gathered::Gathered;
use crate::model::buckets::Buckets;
use crate::model::kind::Kind;
use crate::model::metric::{Detail, Help, Metric};
use crate::model::native::{Native, Resolution};
use crate::model::window::Window;
use crate::runtime::{Runtime, line, span, span_at};

/// What is known about the label names and values of a metric.
pub(crate) struct Row {
    /// The label names, sorted.
    pub(crate) names: Vec<String>,
    /// For each of them all values there can be, as an expression; empty if they are all open.
    pub(crate) values: Vec<TokenStream>,
    /// The values of the only series, if there is only one and they are strings.
    pub(crate) fixed: Option<Vec<TokenStream>>,
}

/// `static CELL: Declared = …;`
pub(crate) fn declared(
    cfgs: &[Attribute],
    cell: &Ident,
    metric: &Metric,
    row: &Row,
    runtime: &Runtime,
) -> Gathered {
    let (private, needs) = (runtime.private(), needs(metric.kind, runtime));
    let (spec, at) = (spec(metric, row, runtime), span_at(metric.span));
    let private_at = runtime.private_at(at);
    let made = quote_spanned!(at=> #private_at::Declared::new(&#spec));
    let statics = quote_spanned! {span()=>
        #needs
        #(#cfgs)*
        static #cell: #private::Declared = #made;
    };
    Gathered::metric(cfgs, cell, statics)
}

/// The declaration of a metric with a mistake: it never gets to run, but its static is there.
pub(crate) fn placeholder(cfgs: &[Attribute], cell: &Ident, kind: Kind, runtime: &Runtime) -> Gathered {
    let private = runtime.private();
    let help = quote_spanned!(span()=> "");
    let made = match kind {
        Kind::StateSet => quote_spanned!(span()=> #private::Spec::state_set("mistake", #help, &[""])),
        _ => constructor(kind, "mistake", &help, &Detail::None, span(), runtime),
    };
    let needs = needs(kind, runtime);
    let statics = quote_spanned! {span()=>
        #needs
        #(#cfgs)*
        static #cell: #private::Declared = #private::Declared::new(&#made);
    };
    Gathered::metric(cfgs, cell, statics)
}

/// What the runtime may have left out: there it says which feature is missing.
fn needs(kind: Kind, runtime: &Runtime) -> Option<TokenStream> {
    let private = runtime.private();
    (kind == Kind::NativeHistogram).then(|| quote_spanned!(span()=> #private::native!();))
}

fn spec(metric: &Metric, row: &Row, runtime: &Runtime) -> TokenStream {
    // What rustc finds wrong with the numbers is said of the metric's name.
    let at = span_at(metric.span);
    let (name, help) = (&metric.name, help(&metric.help, runtime));
    let is_time = matches!(metric.detail, Detail::Buckets(Buckets::Default))
        && metric.unit.as_deref() == Some("seconds");
    let mut spec = if is_time {
        let private = runtime.private_at(at);
        quote_spanned!(at=> #private::Spec::seconds(#name, #help))
    } else {
        constructor(metric.kind, name, &help, &metric.detail, at, runtime)
    };
    spec.extend(labels(row, at));
    if let Some(unit) = metric.unit.as_ref().filter(|_| !is_time) {
        spec.extend(quote_spanned!(at=> .unit(#unit)));
    }
    if let Some(most) = &metric.max_series {
        spec.extend(quote_spanned!(at=> .max_series(#most)));
    }
    if !row.values.is_empty() {
        let values = &row.values;
        spec.extend(quote_spanned!(at=> .values(&[#(#values),*])));
    }
    if let Some(registry) = &metric.registry {
        spec.extend(quote_spanned!(at=> .registry(|| &#registry)));
    }
    let private = runtime.private();
    let line = line(metric.span).map_or_else(|| quote_spanned!(span()=> #private::line!()), plain);
    spec.extend(quote_spanned!(at=> .at(#private::file!(), #line)));
    spec
}

/// The names of the labels and the values of the only series; those of a default metric in one.
fn labels(row: &Row, at: Span) -> TokenStream {
    let names = &row.names;
    match &row.fixed {
        Some(values) if names == &["function", "module"] => quote_spanned!(at=> .function(&[#(#values),*])),
        Some(values) if names.is_empty() => quote_spanned!(at=> .fixed(&[#(#values),*])),
        Some(values) => quote_spanned!(at=> .labels(&[#(#names),*]).fixed(&[#(#values),*])),
        None if names.is_empty() => TokenStream::new(),
        None => quote_spanned!(at=> .labels(&[#(#names),*])),
    }
}

fn plain(number: u32) -> TokenStream {
    let mut number = Literal::u32_unsuffixed(number);
    number.set_span(span());
    number.to_token_stream()
}

fn constructor(
    kind: Kind,
    name: &str,
    help: &TokenStream,
    detail: &Detail,
    at: Span,
    runtime: &Runtime,
) -> TokenStream {
    let private = runtime.private_at(at);
    let word = match kind {
        Kind::Counter => "counter",
        Kind::Gauge => "gauge",
        Kind::Histogram => "histogram",
        Kind::NativeHistogram => "native_histogram",
        Kind::Summary => "summary",
        Kind::Info => "info",
        Kind::StateSet => "state_set",
    };
    let (word, further) = (Ident::new(word, at), further(kind, detail, runtime));
    let spec = quote_spanned!(at=> #private::Spec::#word(#name, #help #further));
    match detail {
        Detail::Window(detail) => {
            let window = window(detail);
            quote_spanned!(at=> #spec.window(#window))
        }
        Detail::Native(Native { resolution: Some(resolution), .. }) => {
            let resolution = resolution_of(resolution);
            quote_spanned!(at=> #spec.resolution(#resolution))
        }
        Detail::Callback(path) => {
            let callback = callback(path, runtime);
            quote_spanned!(at=> #spec.callback(#callback))
        }
        _ => spec,
    }
}

/// What asks the user's function for the number.
fn callback(path: &Path, runtime: &Runtime) -> TokenStream {
    let (private, at) = (runtime.private(), span_at(path.span()));
    let public = runtime.public_at(at);
    let ask = quote_spanned!(at=> #public::Number::to_f64(#path()));
    quote_spanned! {span()=>
        {
            static __METRICS_CALLBACK: #private::Callback = #private::Callback::new(|| #ask);
            &__METRICS_CALLBACK
        }
    }
}

/// What the constructor takes besides name and help.
fn further(kind: Kind, detail: &Detail, runtime: &Runtime) -> TokenStream {
    match detail {
        Detail::Buckets(buckets) | Detail::Native(Native { buckets: Some(buckets), .. }) => {
            let bounds = bounds(buckets, runtime);
            quote_spanned!(span()=> , #bounds)
        }
        Detail::Native(Native { buckets: None, .. }) => quote_spanned!(span()=> , &[]),
        Detail::States(states) => {
            let states = values(states, runtime);
            quote_spanned!(span()=> , #states)
        }
        _ if kind.has_buckets() => {
            let bounds = bounds(&Buckets::Default, runtime);
            quote_spanned!(span()=> , #bounds)
        }
        _ => TokenStream::new(),
    }
}

/// All values that a label of type `ty` can have, none if its set is open.
pub(crate) fn values(ty: &Type, runtime: &Runtime) -> TokenStream {
    let at = span_at(ty.span());
    let private = runtime.private_at(at);
    quote_spanned!(at=> <#ty as #private::LabelValue>::VALUES)
}

fn window(window: &Window) -> TokenStream {
    let quantiles = window.quantiles.iter().map(|(quantile, error)| {
        let (quantile, error) = (number(*quantile), number(*error));
        quote_spanned!(span()=> (#quantile, #error))
    });
    let max_age = millis(window.max_age_millis);
    let age_buckets = plain(window.age_buckets);
    quote_spanned!(span()=> &[#(#quantiles),*], #max_age, #age_buckets)
}

fn resolution_of(resolution: &Resolution) -> TokenStream {
    let factor = number(resolution.factor);
    let (zero, most_zero) = (number(resolution.zero_threshold), number(resolution.max_zero_threshold));
    let (most, min_reset) = (plain(resolution.max_buckets), millis(resolution.min_reset_millis));
    quote_spanned!(span()=> #factor, (#zero, #most_zero), #most, #min_reset)
}

fn millis(number: u64) -> Literal {
    let mut literal = Literal::u64_unsuffixed(number);
    literal.set_span(span());
    literal
}

fn bounds(buckets: &Buckets, runtime: &Runtime) -> TokenStream {
    match buckets {
        Buckets::Default => {
            let public = runtime.public();
            quote_spanned!(span()=> &#public::buckets::DEFAULT)
        }
        Buckets::Constant(path) => quote_spanned!(span_at(path.span())=> &#path),
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

fn help(help: &Help, runtime: &Runtime) -> TokenStream {
    let private = runtime.private();
    match help {
        Help::Text(text) => quote_spanned!(span()=> #text),
        Help::Expr(expr) => expr.to_token_stream(),
        Help::Function(before, name, after) => {
            let after = format!("::{name}{after}");
            quote_spanned!(span()=> #private::sentence!([#private] #before, #after))
        }
    }
}
