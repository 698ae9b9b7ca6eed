//! The struct behind a metric with labels: `NAME { label: value }` is one of its series.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::Type;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use crate::expand::site::handle;
use crate::expand::spec::values;
use crate::expand::verbs::verbs;
use crate::model::declaration::{Declaration, Label};
use crate::model::kind::Kind;
use crate::runtime::{Runtime, ours, span, span_at};

/// The pieces that all of the struct's items share.
struct Series<'a> {
    declaration: &'a Declaration,
    runtime: &'a Runtime,
    /// The struct and the static.
    name: Ident,
    /// One type parameter a label.
    params: Vec<Ident>,
}

/// The struct, its implementation of `Labels`, and the verbs of its kind.
pub(crate) fn series(declaration: &Declaration, runtime: &Runtime) -> TokenStream {
    let mut name = declaration.ident.clone();
    name.set_span(span_at(name.span()));
    let params =
        (0..declaration.labels.len()).map(|index| format_ident!("__L{index}", span = span())).collect();
    let series = Series { declaration, runtime, name, params };
    let (structure, labels, verbs) = (series.structure(), series.labels(), series.verbs());
    let family = series.family();
    quote::quote!(#structure #labels #verbs #family)
}

/// The type that stands for the labels whatever the types of their values are.
///
/// It is the struct itself, unless a label has a type: that may be private where the metric is not, and rustc refuses a
/// type that leads to a private one.
pub(crate) fn family(declaration: &Declaration) -> Ident {
    let ident = &declaration.ident;
    if declaration.labels.iter().any(|label| label.ty.is_some()) {
        return format_ident!("__{}", ident.unraw(), span = span_at(ident.span()));
    }
    let mut family = ident.clone();
    family.set_span(span_at(ident.span()));
    family
}

impl Series<'_> {
    /// The bounds stand here and not on the `impl` only: so rustc prints what they say about a wrong value.
    fn structure(&self) -> TokenStream {
        let at = self.name.span();
        let Declaration { cfgs, vis, labels, .. } = self.declaration;
        let (name, vis) = (&self.name, ours(vis));
        let private = self.runtime.private();
        let text = || quote_spanned!(at=> &'static #private::primitive::str);
        let params = self.bounds().into_iter().zip(labels).map(|(bound, label)| {
            let default = label.ty.as_ref().map_or_else(text, ToTokens::to_token_stream);
            quote_spanned!(at=> #bound = #default)
        });
        let fields = labels.iter().zip(&self.params).map(|(label, param)| {
            let field = &label.field;
            quote_spanned!(at=> #[doc(hidden)] #vis #field: #param)
        });
        quote_spanned! {at=>
            #(#cfgs)*
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            #vis struct #name<#(#params),*> { #(#fields),* }
        }
    }

    /// `__L0: LabelOf<Method>`, `__L1: LabelValue`
    fn bounds(&self) -> Vec<TokenStream> {
        let at = self.name.span();
        let private = self.runtime.private_at(at);
        let any = || quote_spanned!(at=> #private::LabelValue);
        let of = |ty: &Type| {
            let at = span_at(ty.span());
            let private = self.runtime.private_at(at);
            quote_spanned!(at=> #private::LabelOf<#ty>)
        };
        let bound = |label: &Label| label.ty.as_ref().map_or_else(any, of);
        let bounds = self.declaration.labels.iter().map(bound);
        self.params.iter().zip(bounds).map(|(param, bound)| quote_spanned!(at=> #param: #bound)).collect()
    }

    fn labels(&self) -> TokenStream {
        let at = self.name.span();
        let cfgs = &self.declaration.cfgs;
        let (private, name, params, bounds) =
            (self.runtime.private(), &self.name, &self.params, self.bounds());
        let labels = self.declaration.sorted_labels();
        let handle = self.handle();
        let texts = labels.iter().map(|label| {
            let field = &label.field;
            quote_spanned!(at=> #private::LabelValue::text(&self.#field, &mut #private::Scratch::new()))
        });
        let (closed, family) = (self.closed(&labels), family(self.declaration));
        quote_spanned! {at=>
            #(#cfgs)*
            #[automatically_derived]
            impl<#(#bounds),*> #private::Labels for #name<#(#params),*> {
                type Family = #family;
                type Handle = #handle;
                #closed
                #[inline]
                fn with_values<__R>(&self, run: impl #private::FnOnce(&[&#private::primitive::str]) -> __R) -> __R {
                    run(&[#(#texts),*])
                }
            }
        }
    }

    fn handle(&self) -> TokenStream {
        match self.declaration.metric.kind {
            Kind::Info => quote_spanned!(span()=> ()),
            kind => handle(kind, self.runtime),
        }
    }

    /// The type of [`family`], if it is not the struct.
    fn family(&self) -> Option<TokenStream> {
        let family = family(self.declaration);
        let Declaration { cfgs, vis, ident, .. } = self.declaration;
        let (at, vis) = (self.name.span(), ours(vis));
        let (private, handle) = (self.runtime.private(), self.handle());
        (family != *ident).then(|| {
            quote_spanned! {at=>
                #(#cfgs)*
                #[doc(hidden)]
                #[allow(non_camel_case_types)]
                #vis struct #family;
                #(#cfgs)*
                #[automatically_derived]
                impl #private::Labels for #family {
                    type Family = Self;
                    type Handle = #handle;
                    fn with_values<__R>(&self, run: impl #private::FnOnce(&[&#private::primitive::str]) -> __R) -> __R {
                        run(&[])
                    }
                }
            }
        })
    }

    /// How many combinations there can be and which of them this is, where rustc may know it: if all labels have types.
    /// Labels of an open set make the number 0.
    fn closed(&self, labels: &[&Label]) -> Option<TokenStream> {
        let (private, at) = (self.runtime.private(), self.name.span());
        let sets: Option<Vec<TokenStream>> =
            labels.iter().map(|label| Some(values(label.ty.as_ref()?, self.runtime))).collect();
        let sets = sets.filter(|_| self.declaration.metric.kind != Kind::Info)?;
        let places = labels.iter().map(|label| {
            let field = &label.field;
            quote_spanned!(at=> #private::LabelValue::index(&self.#field))
        });
        let place = places
            .zip(&sets)
            .reduce(|(front, first), (place, set)| {
                (quote_spanned!(at=> (#front) * #set.len() + #place), first)
            })
            .map(|(place, _)| place);
        Some(quote_spanned! {at=>
            const SIZE: #private::primitive::usize = #private::combinations(&[#(#sets),*]);
            #[inline]
            fn index(&self) -> #private::primitive::usize { #place }
        })
    }

    /// What can be done with the series.
    fn verbs(&self) -> TokenStream {
        let at = self.name.span();
        let cfgs = &self.declaration.cfgs;
        let deprecated = self.declaration.attrs.iter().any(|attr| attr.path().is_ident("deprecated"));
        let allow = deprecated.then(|| quote_spanned!(at=> #[allow(deprecated)]));
        let (name, params, bounds) = (&self.name, &self.params, self.bounds());
        let verbs = verbs(name, self.declaration.metric.kind, self.runtime);
        quote_spanned! {at=>
            #(#cfgs)*
            #allow
            #[automatically_derived]
            impl<#(#bounds),*> #name<#(#params),*> { #verbs }
        }
    }
}
