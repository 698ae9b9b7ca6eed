//! The tokens of `metrics! { … }`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::Path;

use crate::expand::series::series;
use crate::expand::site;
use crate::expand::spec::{Row, declared, placeholder};
use crate::model::block::{Block, Declaration};
use crate::runtime::{Runtime, span};

/// All metrics of the block.
pub(crate) fn block(block: &Block) -> TokenStream {
    block.declarations.iter().map(|declaration| metric(declaration, &block.runtime)).collect()
}

/// The user's static, a thin view of a hidden cell: so it keeps its `dead_code` warning where nobody uses it.
fn metric(declaration: &Declaration, runtime: &Runtime) -> TokenStream {
    let Declaration { attrs, cfgs, vis, ends: (keyword, end), ident, metric, labels, is_wrong, .. } =
        declaration;
    let public = runtime.public();
    let kind = Ident::new(metric.kind.name(), span());
    let cell = Ident::new("__METRICS_CELL", span());
    let (family, series) = if labels.is_empty() {
        (TokenStream::new(), TokenStream::new())
    } else {
        (quote_spanned!(span()=> <#ident>), series(declaration, runtime))
    };
    let statics = if *is_wrong {
        placeholder(&cell, metric.kind, runtime)
    } else {
        statics(&cell, declaration, runtime)
    };
    quote_spanned! {span()=>
        #(#cfgs)*
        #(#attrs)*
        #vis #keyword #ident: #public::#kind #family = {
            #statics
            #public::#kind::declared(&#cell)
        } #end
        #series
    }
}

fn statics(cell: &Ident, declaration: &Declaration, runtime: &Runtime) -> TokenStream {
    let Declaration { ident, metric, labels, init, .. } = declaration;
    let mut names: Vec<String> = labels.iter().map(|label| label.name.clone()).collect();
    names.sort();
    let fixed = names.is_empty().then(Vec::new);
    let mut statics = declared(cell, metric, &Row { names, fixed }, runtime);
    let path = Path::from(ident.clone());
    for (index, labels) in init.iter().enumerate() {
        let name = format_ident!("__METRICS_INIT_{index}", span = span());
        let series = site::series(&path, labels);
        let make = quote_spanned!(span()=> #series.__pinned(__pin));
        statics.extend(site::constant(&name, metric.kind, &make, runtime));
    }
    statics
}
