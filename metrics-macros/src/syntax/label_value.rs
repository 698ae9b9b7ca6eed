//! The item under `#[derive(LabelValue)]` and its `#[label(…)]` options.

use proc_macro2::{Ident, Span, TokenStream};
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Error, Fields, Generics, LitStr, Meta, Path, Result};

use crate::diag::Diag;
use crate::syntax::options::{Slot, parse_entries, parse_key, parse_path, parse_text, unknown_key};

/// The item.
pub(crate) struct Item {
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) body: Body,
    pub(crate) rename_all: Slot<LitStr>,
    pub(crate) krate: Slot<Path>,
}

/// What the item consists of.
pub(crate) enum Body {
    Enum(Vec<Variant>),
    /// No enum; the keyword and its place.
    Other(&'static str, Span),
}

/// One variant.
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) fields: Fields,
    pub(crate) rename: Slot<LitStr>,
}

/// Reads one `key = value`.
type Entry<'a> = &'a mut dyn FnMut(&Ident, ParseStream<'_>, &mut Diag) -> Result<()>;

/// Reads the item; rustc has taken away what a `#[cfg]` leaves out.
pub(crate) fn parse_item(tokens: TokenStream, diag: &mut Diag) -> Option<Item> {
    let DeriveInput { attrs, ident, generics, data, .. } = diag.keep(syn::parse2(tokens))?;
    let (mut rename_all, mut krate) = (Slot::default(), Slot::default());
    parse_options(&attrs, diag, &mut |key, input, diag| {
        match key.to_string().as_str() {
            "rename_all" => rename_all.set(key.clone(), parse_text(input, key)?, diag),
            "crate" => krate.set(key.clone(), parse_path(input, key, "::metrics_core")?, diag),
            "rename" => {
                let text = "`rename` stands on a variant; for all of them write `rename_all = \"…\"`";
                return Err(Error::new(key.span(), text));
            }
            _ => return Err(unknown_key(key, "`#[label]` on an enum", &["rename_all", "crate"])),
        }
        Ok(())
    });
    let body = match data {
        Data::Enum(item) => {
            Body::Enum(item.variants.into_iter().map(|variant| parse_variant(variant, diag)).collect())
        }
        Data::Struct(item) => Body::Other("struct", item.struct_token.span()),
        Data::Union(item) => Body::Other("union", item.union_token.span()),
    };
    Some(Item { ident, generics, body, rename_all, krate })
}

fn parse_variant(variant: syn::Variant, diag: &mut Diag) -> Variant {
    let mut rename = Slot::default();
    parse_options(&variant.attrs, diag, &mut |key, input, diag| {
        match key.to_string().as_str() {
            "rename" => rename.set(key.clone(), parse_text(input, key)?, diag),
            "rename_all" | "crate" => {
                return Err(Error::new(key.span(), format!("`{key}` stands on the enum; move it up")));
            }
            _ => return Err(unknown_key(key, "`#[label]` on a variant", &["rename"])),
        }
        Ok(())
    });
    Variant { ident: variant.ident, fields: variant.fields, rename }
}

/// Reads all `#[label(…)]` among `attrs`.
fn parse_options(attrs: &[Attribute], diag: &mut Diag, entry: Entry<'_>) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("label")) {
        let Meta::List(list) = &attr.meta else {
            diag.on(attr, "expected options in parentheses; write for example `#[label(rename = \"…\")]`");
            continue;
        };
        let reader = |input: ParseStream<'_>| {
            parse_entries(input, diag, |input, diag| {
                let key = parse_key(input, "rename = \"…\"")?;
                entry(&key, input, diag)
            });
            Ok(())
        };
        if let Err(error) = reader.parse2(list.tokens.clone()) {
            diag.push(error);
        }
    }
}
