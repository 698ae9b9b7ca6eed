//! One metric: what the block and the attributes have in common.

use proc_macro2::{Ident, Span};
use syn::{Attribute, Expr, Lit, LitInt, LitStr, Meta, Path};

use crate::diag::Diag;
use crate::model::buckets::Buckets;
use crate::model::kind::Kind;
use crate::model::name::{Allowed, Rule, Written};
use crate::syntax::options::Slot;

/// A metric that generated code declares.
pub(crate) struct Metric {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) help: Help,
    pub(crate) unit: Option<String>,
    pub(crate) max_series: Option<LitInt>,
    pub(crate) registry: Option<Path>,
    pub(crate) buckets: Buckets,
    /// The place that the runtime names when two metrics clash.
    pub(crate) span: Span,
}

/// Where a help text comes from.
#[derive(Clone)]
pub(crate) enum Help {
    /// A text that is known.
    Text(String),
    /// A documentation that only rustc can read, such as `include_str!`.
    Expr(Box<Expr>),
    /// A sentence about a function: what stands before its path, and its name.
    Function(&'static str, String, &'static str),
}

/// The first paragraph of a documentation; `None` if there is none.
pub(crate) fn doc_help(attrs: &[Attribute]) -> Option<Help> {
    let mut lines = Vec::new();
    for attr in attrs {
        let Meta::NameValue(doc) = &attr.meta else { continue };
        if !doc.path.is_ident("doc") {
            continue;
        }
        match literal(&doc.value) {
            Some(text) => lines.extend(text.value().split('\n').map(|line| line.trim().to_owned())),
            None if lines.is_empty() => return Some(Help::Expr(Box::new(doc.value.clone()))),
            None => break,
        }
    }
    let paragraph = lines.into_iter().skip_while(String::is_empty).take_while(|line| !line.is_empty());
    let text = paragraph.collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(Help::Text(text))
}

fn literal(value: &Expr) -> Option<&LitStr> {
    match value {
        Expr::Group(group) => literal(&group.expr),
        Expr::Lit(value) => match &value.lit {
            Lit::Str(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// Checks that `max_series` is a number of series.
pub(crate) fn check_max_series(slot: &Slot<LitInt>, diag: &mut Diag) -> Option<LitInt> {
    let number = slot.value()?;
    if let Ok(1..) = number.base10_parse::<u32>() {
        return Some(LitInt::new(number.base10_digits(), number.span()));
    }
    let text =
        format!("expected a number of series from 1, found `{number}`; write for example `max_series = 500`");
    diag.at(number.span(), text);
    None
}

/// Checks that only a histogram has buckets.
pub(crate) fn check_has_buckets(kind: Kind, key: Option<&Ident>, diag: &mut Diag) {
    if let Some(key) = key.filter(|_| kind != Kind::Histogram) {
        diag.at(
            key.span(),
            format!("a {} has no buckets; leave `buckets` out, or write `Histogram`", kind.word()),
        );
    }
}

/// Checks that the name ends in its declared unit; the unit counts only if it does.
pub(crate) fn check_unit_suffix(
    unit: Option<&LitStr>,
    name: &str,
    kind: Kind,
    written: &Written,
    allowed: &Allowed,
    diag: &mut Diag,
) -> Option<String> {
    let unit = unit?;
    let text = unit.value();
    if !is_unit(&text) {
        diag.at(unit.span(), format!("`{text}` is no unit: expected lower-case letters and `_`; write for example `unit = \"seconds\"`"));
        return None;
    }
    let total = if kind == Kind::Counter { "_total" } else { "" };
    let front = name.strip_suffix(total).unwrap_or(name);
    if front.ends_with(&format!("_{text}")) && name.ends_with(total) {
        return Some(text);
    }
    let fit = written.spell(&format!("{front}_{text}{total}"));
    let place = Written { span: unit.span(), prefix: None, in_block: written.in_block };
    place.report(
        Rule::Unit,
        &format!("a name ends in its unit; write `{fit}`, or leave `unit` out"),
        allowed,
        diag,
    );
    None
}

fn is_unit(text: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    !text.is_empty() && text.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use syn::ItemStatic;

    use super::{Help, doc_help};

    fn help(item: &str) -> Option<String> {
        let item: ItemStatic = syn::parse_str(item).ok()?;
        match doc_help(&item.attrs)? {
            Help::Text(text) => Some(text),
            _ => Some("…".to_owned()),
        }
    }

    #[test]
    fn help_is_the_first_paragraph() {
        assert_eq!(
            help("/// One \n///  two.\n///\n/// Three.\nstatic A: B = C;").as_deref(),
            Some("One two.")
        );
        assert_eq!(help("/** One\n two.\n\n Three. */ static A: B = C;").as_deref(), Some("One two."));
        assert_eq!(help("#[doc = include_str!(\"a\")] static A: B = C;").as_deref(), Some("…"));
        assert_eq!(help("#[doc(hidden)] static A: B = C;"), None);
        assert_eq!(help("///\nstatic A: B = C;"), None);
    }
}
