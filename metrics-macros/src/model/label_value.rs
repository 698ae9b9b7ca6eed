//! The rules of `#[derive(LabelValue)]`.

use std::collections::HashMap;

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::{Fields, Generics};

use crate::diag::Diag;
use crate::model::case::Case;
use crate::runtime::Runtime;
use crate::syntax::label_value as syntax;
use crate::syntax::label_value::{Body, Item};

/// A closed set of label values.
pub(crate) struct LabelValue {
    pub(crate) runtime: Runtime,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    /// Never empty, unless something is wrong.
    pub(crate) variants: Vec<Variant>,
    /// A mistake was reported: the trait is still implemented, so that uses of the type are not mistakes too.
    pub(crate) is_wrong: bool,
}

/// One value.
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) text: String,
    /// `Name` alone, without empty braces behind it.
    pub(crate) is_unit: bool,
}

/// Checks the item.
pub(crate) fn check_item(item: Item, diag: &mut Diag) -> LabelValue {
    let before = diag.count();
    check_generics(&item.generics, diag);
    let case = check_case(&item, diag);
    let variants = match item.body {
        Body::Enum(variants) => check_variants(variants, &item.ident, case, diag),
        Body::Other(keyword, place) => {
            let text = "a closed label is an enum, each variant of which is one value";
            diag.at(
                place,
                format!("{text}, found a {keyword}; write an `enum`, or implement `LabelValue` by hand"),
            );
            Vec::new()
        }
    };
    let runtime = Runtime::new(item.krate.into_value());
    let is_wrong = diag.count() > before;
    LabelValue { runtime, ident: item.ident, generics: item.generics, variants, is_wrong }
}

fn check_generics(generics: &Generics, diag: &mut Diag) {
    if !generics.params.is_empty() {
        let text = "a closed label has no parameters: its values are known without them; remove them";
        diag.on(&generics.params, text);
    }
}

/// `snake_case`, if nothing else is asked for.
fn check_case(item: &Item, diag: &mut Diag) -> Case {
    let Some(name) = item.rename_all.value() else { return Case::Snake };
    Case::named(&name.value()).unwrap_or_else(|message| {
        diag.at(name.span(), message);
        Case::Snake
    })
}

fn check_variants(
    variants: Vec<syntax::Variant>,
    ident: &Ident,
    case: Case,
    diag: &mut Diag,
) -> Vec<Variant> {
    if variants.is_empty() {
        diag.at(ident.span(), "a closed label has at least one value; write a variant for each");
    }
    let mut owners: HashMap<String, Ident> = HashMap::new();
    let mut checked = Vec::new();
    for variant in variants {
        check_fields(&variant, diag);
        let (text, place) = text(&variant, case);
        check_text(&text, place, &variant, &owners, diag);
        owners.entry(text.clone()).or_insert_with(|| variant.ident.clone());
        let is_unit = matches!(variant.fields, Fields::Unit);
        checked.push(Variant { ident: variant.ident, text, is_unit });
    }
    checked
}

fn check_fields(variant: &syntax::Variant, diag: &mut Diag) {
    if !variant.fields.is_empty() {
        let text = "a closed label has only variants without fields: each is one value";
        diag.on(
            &variant.fields,
            format!("{text}; remove the fields of `{}`, or implement `LabelValue` by hand", variant.ident),
        );
    }
}

/// The text of a variant, and where it comes from.
fn text(variant: &syntax::Variant, case: Case) -> (String, Span) {
    match variant.rename.value() {
        Some(text) => (text.value(), text.span()),
        None => (case.spell(&variant.ident.unraw().to_string()), variant.ident.span()),
    }
}

fn check_text(
    text: &str,
    place: Span,
    variant: &syntax::Variant,
    owners: &HashMap<String, Ident>,
    diag: &mut Diag,
) {
    if text.is_empty() {
        let name = &variant.ident;
        let message = "an empty value means that the label is absent; write a text, for example";
        diag.at(place, format!("`{name}` has no text: {message} `#[label(rename = \"none\")]`"));
    } else if let Some(owner) = owners.get(text) {
        let name = &variant.ident;
        let message = format!("`{owner}` and `{name}` are both `{text}`, which would be one series");
        diag.at(place, format!("{message}; write another `#[label(rename = \"…\")]`"));
    }
}
