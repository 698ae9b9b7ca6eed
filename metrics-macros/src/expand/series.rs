//! The struct behind a metric with labels: `NAME { label: value }` is one of its series.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use crate::expand::site::handle;
use crate::model::block::{Declaration, Label};
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
    quote::quote!(#structure #labels #verbs)
}

impl Series<'_> {
    /// The bounds stand here and not on the `impl` only: so rustc prints what they say about a wrong value.
    fn structure(&self) -> TokenStream {
        let at = self.name.span();
        let Declaration { cfgs, vis, labels, .. } = self.declaration;
        let (name, vis) = (&self.name, ours(vis));
        let text = || quote_spanned!(at=> &'static ::core::primitive::str);
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
        let private = self.runtime.private();
        let at = self.name.span();
        let any = || quote_spanned!(at=> #private::LabelValue);
        let of = |ty: &Type| quote_spanned!(span_at(ty.span())=> #private::LabelOf<#ty>);
        let bound = |label: &Label| label.ty.as_ref().map_or_else(any, of);
        let bounds = self.declaration.labels.iter().map(bound);
        self.params.iter().zip(bounds).map(|(param, bound)| quote_spanned!(at=> #param: #bound)).collect()
    }

    fn labels(&self) -> TokenStream {
        let at = self.name.span();
        let cfgs = &self.declaration.cfgs;
        let (private, name, params, bounds) =
            (self.runtime.private(), &self.name, &self.params, self.bounds());
        let mut labels: Vec<&Label> = self.declaration.labels.iter().collect();
        labels.sort_by(|left, right| left.name.cmp(&right.name));
        let (public, handle) = (self.runtime.public(), handle(self.declaration.metric.kind));
        let texts = labels.into_iter().map(|label| {
            let field = &label.field;
            quote_spanned!(at=> #private::LabelValue::text(&self.#field, &mut #private::Scratch::new()))
        });
        quote_spanned! {at=>
            #(#cfgs)*
            #[automatically_derived]
            impl<#(#bounds),*> #private::Labels for #name<#(#params),*> {
                type Family = #name;
                type Handle = #public::#handle;
                #[inline]
                fn with_values<__R>(&self, run: impl ::core::ops::FnOnce(&[&::core::primitive::str]) -> __R) -> __R {
                    run(&[#(#texts),*])
                }
            }
        }
    }

    /// Each is one call: hundreds of metrics have to compile quickly.
    fn verbs(&self) -> TokenStream {
        let at = self.name.span();
        let cfgs = &self.declaration.cfgs;
        let deprecated = self.declaration.attrs.iter().any(|attr| attr.path().is_ident("deprecated"));
        let allow = deprecated.then(|| quote_spanned!(at=> #[allow(deprecated)]));
        let (name, params, bounds) = (&self.name, &self.params, self.bounds());
        let (public, private) = (self.runtime.public(), self.runtime.private());
        let kind = self.declaration.metric.kind;
        let handle = handle(kind);
        let verbs = verbs(kind, &public, at);
        quote_spanned! {at=>
            #(#cfgs)*
            #allow
            #[automatically_derived]
            impl<#(#bounds),*> #name<#(#params),*> {
                #[inline]
                pub fn handle(&self) -> #public::#handle { #name.series(self) }
                #[doc(hidden)]
                pub fn __pinned(&self, pin: &'static #private::Pin) -> #public::#handle { #name.pinned(self, pin) }
                pub fn remove(&self) -> ::core::primitive::bool { #name.remove(self) }
                #verbs
            }
        }
    }
}

fn verbs(kind: Kind, public: &TokenStream, at: Span) -> TokenStream {
    match kind {
        Kind::Counter => quote_spanned! {at=>
            #[inline]
            pub fn inc(&self) { self.handle().inc() }
            #[inline]
            pub fn inc_by(&self, amount: impl #public::Increment) { self.handle().inc_by(amount) }
        },
        Kind::Gauge => quote_spanned! {at=>
            #[inline]
            pub fn inc(&self) { self.handle().inc() }
            #[inline]
            pub fn dec(&self) { self.handle().dec() }
            #[inline]
            pub fn inc_by(&self, amount: impl #public::Number) { self.handle().inc_by(amount) }
            #[inline]
            pub fn dec_by(&self, amount: impl #public::Number) { self.handle().dec_by(amount) }
            #[inline]
            pub fn set(&self, value: impl #public::Number) { self.handle().set(value) }
            #[inline]
            pub fn set_to_current_time(&self) { self.handle().set_to_current_time() }
            #[inline]
            pub fn in_flight(&self) -> #public::InFlight { self.handle().in_flight() }
        },
        Kind::Histogram => quote_spanned! {at=>
            #[inline]
            pub fn observe(&self, value: impl #public::Observation) { self.handle().observe(value) }
            #[inline]
            pub fn start_timer(&self) -> #public::Timer { self.handle().start_timer() }
            #[inline]
            pub fn time<__R>(&self, run: impl ::core::ops::FnOnce() -> __R) -> __R { self.handle().time(run) }
            #[inline]
            pub fn time_future<__F: ::core::future::Future>(&self, future: __F) -> #public::Timed<__F> {
                self.handle().time_future(future)
            }
        },
    }
}
