//! Several functions at once: an `impl` block or a trait.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{
    Attribute, Error, ImplItem, ItemImpl, ItemTrait, Meta, Result, Token, TraitItem, Type, Visibility,
};

use crate::syntax::function::without_group;

/// An `impl` block or a trait under an attribute.
pub(crate) enum Items {
    Impl(ItemImpl),
    Trait(ItemTrait),
}

/// A function in it that has a body.
pub(crate) struct Member<'a> {
    pub(crate) name: String,
    pub(crate) attrs: &'a mut Vec<Attribute>,
}

/// Reads an `impl` block or a trait; `None` if `item` is neither.
pub(crate) fn parse_items(item: TokenStream) -> Option<Result<Items>> {
    let item = without_group(item);
    let first = |input: ParseStream<'_>| {
        input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        input.parse::<Option<Token![unsafe]>>()?;
        let kind = (input.peek(Token![impl]), input.peek(Token![trait]));
        input.parse::<TokenStream>()?;
        Ok(kind)
    };
    match first.parse2(item.clone()) {
        Ok((true, _)) => Some(syn::parse2(item).map(Items::Impl)),
        Ok((_, true)) => Some(syn::parse2(item).map(Items::Trait)),
        _ => None,
    }
}

impl Items {
    /// The type or the trait, without its generic arguments.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Impl(item) => name_of(&item.self_ty),
            Self::Trait(item) => item.ident.to_string(),
        }
    }

    /// The functions with a body.
    pub(crate) fn members(&mut self) -> Vec<Member<'_>> {
        match self {
            Self::Impl(item) => item.items.iter_mut().filter_map(impl_member).collect(),
            Self::Trait(item) => item.items.iter_mut().filter_map(trait_member).collect(),
        }
    }

    /// Why there is nothing to record, if there is no function with a body.
    pub(crate) fn check(&mut self, attribute: &str) -> Result<()> {
        if !self.members().is_empty() {
            return Ok(());
        }
        let text =
            format!("there is no function with a body here, so `#[{attribute}]` has nothing to record");
        Err(match self {
            Self::Impl(item) => Error::new_spanned(item.impl_token, format!("{text}; leave it out")),
            Self::Trait(item) => Error::new_spanned(
                item.trait_token,
                format!("{text}; write it where the trait is implemented"),
            ),
        })
    }
}

impl ToTokens for Items {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Impl(item) => item.to_tokens(tokens),
            Self::Trait(item) => item.to_tokens(tokens),
        }
    }
}

fn impl_member(item: &mut ImplItem) -> Option<Member<'_>> {
    match item {
        ImplItem::Fn(item) => Some(Member { name: item.sig.ident.to_string(), attrs: &mut item.attrs }),
        _ => None,
    }
}

fn trait_member(item: &mut TraitItem) -> Option<Member<'_>> {
    match item {
        TraitItem::Fn(item) if item.default.is_some() => {
            Some(Member { name: item.sig.ident.to_string(), attrs: &mut item.attrs })
        }
        _ => None,
    }
}

fn name_of(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path.path.segments.last().map_or_else(String::new, |last| last.ident.to_string()),
        Type::Reference(reference) => name_of(&reference.elem),
        Type::Paren(inner) => name_of(&inner.elem),
        Type::Group(inner) => name_of(&inner.elem),
        other => other.to_token_stream().to_string().replace(' ', ""),
    }
}

impl Member<'_> {
    /// Takes `#[attribute(skip)]` away; `false` if there is none. `is_ours` tells whose attribute it is.
    pub(crate) fn take_skip(&mut self, is_ours: impl Fn(&Attribute) -> bool) -> bool {
        let count = self.attrs.len();
        self.attrs.retain(|attr| match &attr.meta {
            Meta::List(list) => !is_ours(attr) || list.tokens.to_string() != "skip",
            _ => true,
        });
        self.attrs.len() < count
    }
}
