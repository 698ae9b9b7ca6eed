//! The tokens of `metrics! { … }`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::Path;

use crate::expand::gathered::Gathered;
use crate::expand::series::{family, series};
use crate::expand::site;
use crate::expand::spec::{Row, declared, placeholder, values};
use crate::model::block::Block;
use crate::model::declaration::Declaration;
use crate::model::kind::Kind;
use crate::model::metric::Detail;
use crate::runtime::{Runtime, span, span_at};

/// All metrics of the block.
pub(crate) fn block(block: &Block) -> TokenStream {
    let mut statics = Gathered::default();
    let mut views = TokenStream::new();
    for declaration in &block.declarations {
        let cell = format_ident!("__METRICS_CELL_{}", declaration.ident, span = span());
        views.extend(view(declaration, &cell, &block.runtime));
        statics.extend(&hidden(declaration, &cell, &block.runtime));
    }
    let register = statics.register(&block.runtime);
    quote_spanned!(span()=> #views #statics #register)
}

/// The user's static, a thin view of a hidden cell: so it keeps its `dead_code` warning where nobody uses it.
fn view(declaration: &Declaration, cell: &Ident, runtime: &Runtime) -> TokenStream {
    let Declaration { attrs, cfgs, vis, ends: (keyword, end), ident, labels, .. } = declaration;
    let at = span_at(ident.span());
    let (view, family) = type_of(declaration, runtime);
    let (view, public) = (Ident::new(view, at), runtime.public_at(at));
    let series = (!labels.is_empty()).then(|| series(declaration, runtime));
    let made = quote_spanned!(at=> #public::#view::declared(&#cell));
    quote_spanned! {span()=>
        #(#cfgs)*
        #(#attrs)*
        #vis #keyword #ident: #public::#view #family = #made #end
        #series
    }
}

/// The type of the static, and what stands in its angle brackets.
fn type_of(declaration: &Declaration, runtime: &Runtime) -> (&'static str, TokenStream) {
    let Declaration { metric, labels, .. } = declaration;
    let private = runtime.private();
    match &metric.detail {
        Detail::Callback(_) if labels.is_empty() => ("Callback", TokenStream::new()),
        Detail::States(states) => ("StateSet", quote_spanned!(span()=> <#states>)),
        _ if !labels.is_empty() => {
            let family = family(declaration);
            (metric.kind.name(), quote_spanned!(span()=> <#family>))
        }
        // After a mistake: these two have no default.
        _ if matches!(metric.kind, Kind::Info | Kind::StateSet) => {
            (metric.kind.name(), quote_spanned!(span()=> <#private::primitive::bool>))
        }
        _ => (metric.kind.name(), TokenStream::new()),
    }
}

/// The statics behind a view.
fn hidden(declaration: &Declaration, cell: &Ident, runtime: &Runtime) -> Gathered {
    let Declaration { cfgs, ident, metric, init, is_wrong, .. } = declaration;
    if *is_wrong {
        return placeholder(cfgs, cell, metric.kind, runtime);
    }
    let mut statics = declared(cfgs, cell, metric, &row(declaration, runtime), runtime);
    let path = Path::from(ident.clone());
    for (index, labels) in init.iter().enumerate() {
        let name = format_ident!("__METRICS_INIT_{index}_{ident}", span = span());
        let series = site::series(&path, labels);
        let make = quote_spanned!(span()=> #series.__pinned(__pin));
        statics.extend(&site::constant(cfgs, &name, &site::handle(metric.kind, runtime), &make, runtime));
    }
    statics
}

/// An info tells one combination only: its closed labels are not all there.
fn row(declaration: &Declaration, runtime: &Runtime) -> Row {
    let labels = declaration.sorted_labels();
    let names: Vec<String> = labels.iter().map(|label| label.name.clone()).collect();
    let is_closed = labels.iter().any(|label| label.ty.is_some()) && declaration.metric.kind != Kind::Info;
    let set =
        |ty: Option<&syn::Type>| ty.map_or_else(|| quote_spanned!(span()=> &[]), |ty| values(ty, runtime));
    let values = labels.iter().filter(|_| is_closed).map(|label| set(label.ty.as_ref())).collect();
    let fixed = names.is_empty().then(Vec::new);
    Row { names, values, fixed }
}
