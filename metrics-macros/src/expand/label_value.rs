//! The tokens of `#[derive(LabelValue)]`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote_spanned;

use crate::model::label_value::{LabelValue, Variant};
use crate::runtime::{span, span_at};

/// The implementation of the trait; after a mistake one with a single value, which never gets to run.
pub(crate) fn label_value(item: &LabelValue) -> TokenStream {
    let (public, private) = (item.runtime.public(), item.runtime.private());
    let mut name = item.ident.clone();
    name.set_span(span_at(name.span()));
    let (params, args, bounds) = item.generics.split_for_impl();
    let (values, text, index) = if item.is_wrong { mistake() } else { arms(&item.variants) };
    quote_spanned! {span()=>
        #[automatically_derived]
        impl #params #public::LabelValue for #name #args #bounds {
            const VALUES: &'static [&'static #private::primitive::str] = &[#values];
            #[inline]
            fn text<'__a>(&'__a self, _: &'__a mut #public::Scratch) -> &'__a #private::primitive::str {
                #text
            }
            #[inline]
            fn index(&self) -> #private::primitive::usize {
                #index
            }
        }
    }
}

fn mistake() -> (TokenStream, TokenStream, TokenStream) {
    let text = quote_spanned!(span()=> "mistake");
    (text.clone(), text, quote_spanned!(span()=> 0))
}

/// The texts, and what finds the text and the place of a value.
fn arms(variants: &[Variant]) -> (TokenStream, TokenStream, TokenStream) {
    let texts = variants.iter().map(|variant| &variant.text);
    let patterns: Vec<TokenStream> = variants.iter().map(pattern).collect();
    let values = texts.clone();
    let places = (0..variants.len()).map(|place| {
        let mut place = Literal::usize_unsuffixed(place);
        place.set_span(span());
        place
    });
    (
        quote_spanned!(span()=> #(#values),*),
        quote_spanned!(span()=> match self { #(#patterns => #texts,)* }),
        quote_spanned!(span()=> match self { #(#patterns => #places,)* }),
    )
}

fn pattern(variant: &Variant) -> TokenStream {
    let mut name: Ident = variant.ident.clone();
    name.set_span(span_at(name.span()));
    let fields = (!variant.is_unit).then(|| quote_spanned!(span()=> { .. }));
    quote_spanned!(span()=> Self::#name #fields)
}
