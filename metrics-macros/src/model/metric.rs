//! One metric: what the block and the attributes have in common.

use proc_macro2::Span;
use syn::{Attribute, Expr, Lit, LitInt, LitStr, Meta, Path, Type};

use crate::diag::Diag;
use crate::model::buckets::Buckets;
use crate::model::kind::Kind;
use crate::model::name::{Allowed, Rule, Written};
use crate::model::native::Native;
use crate::model::unit::{find_unit, replace_word};
use crate::model::window::Window;
use crate::syntax::options::Slot;

/// A metric that generated code declares.
pub(crate) struct Metric {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) help: Help,
    pub(crate) unit: Option<String>,
    pub(crate) max_series: Option<LitInt>,
    pub(crate) registry: Option<Path>,
    pub(crate) detail: Detail,
    /// The place that the runtime names when two metrics clash.
    pub(crate) span: Span,
}

/// What only metrics of some kinds have.
pub(crate) enum Detail {
    None,
    /// Of a histogram.
    Buckets(Buckets),
    /// Of a native histogram.
    Native(Native),
    /// Of a summary with quantiles.
    Window(Window),
    /// Of a state set: the type whose values are the states.
    States(Box<Type>),
    /// Of a counter or gauge: what is asked for the number.
    Callback(Path),
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

/// A name that is checked against its unit.
pub(crate) struct Named<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: Kind,
    pub(crate) written: &'a Written,
    pub(crate) allowed: &'a Allowed,
}

/// Checks that the name ends in the unit that was given; the unit counts only if it does.
pub(crate) fn check_given_unit(unit: Option<&LitStr>, named: &Named<'_>, diag: &mut Diag) -> Option<String> {
    let unit = unit?;
    let text = unit.value();
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    if text.is_empty() || !text.chars().all(fits) {
        let wanted = "expected lower-case letters and `_`; write for example `unit = \"seconds\"`";
        diag.at(unit.span(), format!("`{text}` is no unit: {wanted}"));
        return None;
    }
    let written = Written { span: unit.span(), prefix: None, in_block: named.written.in_block };
    check_unit(&text, &written, ", or leave `unit` out", named, diag)
}

/// Checks that the name ends in `unit`; a mistake is shown at `place`.
pub(crate) fn check_unit(
    unit: &str,
    place: &Written,
    or: &str,
    named: &Named<'_>,
    diag: &mut Diag,
) -> Option<String> {
    let front = named.name.strip_suffix("_total").unwrap_or(named.name);
    let is_counter = named.kind == Kind::Counter;
    if front.ends_with(&format!("_{unit}")) {
        return (is_counter || front == named.name).then(|| unit.to_owned());
    }
    let front = match find_unit(front) {
        Some((word, base)) if base == unit => replace_word(front, word, base),
        _ => format!("{front}_{unit}"),
    };
    let fit = named.written.spell(&format!("{front}{}", if is_counter { "_total" } else { "" }));
    let text = format!("a name ends in its unit, here `{unit}`; write `{fit}`{or}");
    place.report(Rule::Unit, &text, named.allowed, diag);
    None
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
