//! Label values at a use: `METRIC { key: expr, key }`, `labels { "key": expr }` and the entries of `init`.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, Expr, ExprPath, LitStr, Path, Result, Token};

use crate::diag::Diag;
use crate::syntax::options::{found, parse_entries};

/// One `key: value`.
#[derive(Clone)]
pub(crate) struct LabelArg {
    /// The label's name, without `r#` or quotes.
    pub(crate) name: String,
    /// Where the name is written.
    pub(crate) span: Span,
    /// The key as a field's name; `None` if it was written as a string.
    pub(crate) field: Option<Ident>,
    /// The value; of the shorthand `key`, the variable `key`.
    pub(crate) value: Expr,
}

/// Whether a key may be a string: a field of a struct may not.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Keys {
    /// `key: expr` only.
    Fields,
    /// `"key": expr` too.
    FieldsOrStrings,
}

/// Reads the content of the braces.
pub(crate) fn parse_labels(input: ParseStream<'_>, keys: Keys, diag: &mut Diag) -> Vec<LabelArg> {
    let mut labels = Vec::new();
    parse_entries(input, diag, |input, _| {
        labels.push(parse_label(input, keys)?);
        Ok(())
    });
    labels
}

fn parse_label(input: ParseStream<'_>, keys: Keys) -> Result<LabelArg> {
    if input.peek(Token![..]) {
        return Err(input.error("expected a label, found `..`; write every label with its value"));
    }
    if keys == Keys::FieldsOrStrings && input.peek(LitStr) {
        let key: LitStr = input.parse()?;
        let value = parse_value(input, &format!("\"{}\"", key.value()))?;
        return Ok(LabelArg { name: key.value(), span: key.span(), field: None, value });
    }
    let field = parse_field(input, keys)?;
    let value = if input.is_empty() || input.peek(Token![,]) {
        variable(field.clone())
    } else {
        parse_value(input, &field.to_string())?
    };
    Ok(LabelArg { name: field.unraw().to_string(), span: field.span(), field: Some(field), value })
}

fn parse_field(input: ParseStream<'_>, keys: Keys) -> Result<Ident> {
    let found = found(input);
    let span = input.span();
    let Ok(word) = input.call(Ident::parse_any) else {
        return Err(Error::new(span, format!("expected a label, found {found}; write `label: value`")));
    };
    if is_name(&word) {
        return Ok(word);
    }
    let or = if keys == Keys::Fields { String::new() } else { format!(" or `\"{word}\": …`") };
    Err(Error::new(span, format!("expected a label, found the keyword `{word}`; write `r#{word}: …`{or}")))
}

/// Whether `word` can stand as a name: keywords can't.
pub(crate) fn is_name(word: &Ident) -> bool {
    syn::parse_str::<Ident>(&word.to_string()).is_ok()
}

fn parse_value(input: ParseStream<'_>, key: &str) -> Result<Expr> {
    if !input.peek(Token![:]) {
        return Err(input.error(format!(
            "expected `:` and a value after label `{key}`, found {}; write `{key}: value`",
            found(input)
        )));
    }
    let colon: Token![:] = input.parse()?;
    if input.is_empty() || input.peek(Token![,]) {
        return Err(Error::new(colon.span, format!("expected a value after `{key}:`; write `{key}: value`")));
    }
    input.parse()
}

fn variable(name: Ident) -> Expr {
    Expr::Path(ExprPath { attrs: Vec::new(), qself: None, path: Path::from(name) })
}
