//! Statics that the linker gathers: one entry in its list for all of a function or a block, as each is work for rustc.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Attribute;

use crate::runtime::{Runtime, span};

/// Statics, and what of them is told to the linker.
#[derive(Default)]
pub(crate) struct Gathered {
    statics: TokenStream,
    entries: Vec<TokenStream>,
}

impl Gathered {
    /// The static `cell` of a metric, which `statics` declare.
    pub(crate) fn metric(cfgs: &[Attribute], cell: &Ident, statics: TokenStream) -> Self {
        Self { statics, entries: vec![quote_spanned!(span()=> #(#cfgs)* Declared #cell)] }
    }

    /// The static `row` of a series that exists from the start, which `statics` declare.
    pub(crate) fn series(cfgs: &[Attribute], row: &Ident, statics: TokenStream) -> Self {
        Self { statics, entries: vec![quote_spanned!(row.span()=> #(#cfgs)* Constant #row)] }
    }

    /// These statics and others.
    pub(crate) fn extend(&mut self, other: &Self) {
        self.statics.extend(other.statics.clone());
        self.entries.extend_from_slice(&other.entries);
    }

    /// Tells the linker.
    pub(crate) fn register(&self, runtime: &Runtime) -> Option<TokenStream> {
        let (private, entries) = (runtime.private(), &self.entries);
        (!entries.is_empty()).then(|| quote_spanned!(span()=> #private::register!([#private] #(#entries),*);))
    }
}

/// The statics alone.
impl ToTokens for Gathered {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.statics.to_tokens(tokens);
    }
}
