//! What stands in the angle brackets of a declaration: labels, or the states of a `StateSet`.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, LitStr, Result, Token, Type};

use crate::diag::Diag;
use crate::syntax::labels::is_name;
use crate::syntax::options::{found, skip_token};

/// The angle brackets, or that there are none.
pub(crate) enum Brackets {
    None,
    Labels(Vec<Label>),
    /// The type whose values are the states.
    States(Box<Type>),
}

/// One label of a declaration.
pub(crate) struct Label {
    /// The label's name, without `r#` or quotes.
    pub(crate) name: String,
    /// Where the name is written.
    pub(crate) span: Span,
    /// The field of the series' struct.
    pub(crate) field: Ident,
    /// Its type, or anything that can be a label's value.
    pub(crate) ty: Option<Type>,
}

/// Reads the angle brackets, if they are there; in those of a `StateSet` stands a type.
pub(crate) fn parse_brackets(input: ParseStream<'_>, states: bool, diag: &mut Diag) -> Result<Brackets> {
    if !input.peek(Token![<]) {
        return Ok(Brackets::None);
    }
    input.parse::<Token![<]>()?;
    if states {
        return parse_states(input, diag);
    }
    parse_declared(input, diag).map(Brackets::Labels)
}

/// `Mode>`.
fn parse_states(input: ParseStream<'_>, diag: &mut Diag) -> Result<Brackets> {
    const WANTED: &str =
        "expected one type, an enum with `#[derive(LabelValue)]` whose values are the states";
    if input.peek(Token![>]) {
        input.parse::<Token![>]>()?;
        return Ok(Brackets::None);
    }
    let (span, text) = (input.span(), found(input));
    let wrong = |_| Error::new(span, format!("{WANTED}, found {text}; write `StateSet<Mode>`"));
    let mut states: Box<Type> = input.parse().map_err(wrong)?;
    if !input.peek(Token![>]) {
        let text = format!("{WANTED}, found {} behind it", found(input));
        diag.at(input.span(), format!("{text}; write `StateSet<Mode>`"));
        if input.peek(Token![:]) {
            input.parse::<Token![:]>()?;
            states = input.parse()?;
        }
        while !input.is_empty() && !input.peek(Token![>]) && !input.peek(Token![;]) {
            skip_token(input);
        }
    }
    input.parse::<Token![>]>()?;
    Ok(Brackets::States(states))
}

/// `<method: Method, endpoint, "crate" as krate>`.
fn parse_declared(input: ParseStream<'_>, diag: &mut Diag) -> Result<Vec<Label>> {
    let mut labels = Vec::new();
    while !input.peek(Token![>]) && !input.peek(Token![;]) && !input.is_empty() {
        let label = diag.keep(parse_label(input));
        if label.is_some() && !input.peek(Token![,]) && !input.peek(Token![>]) {
            let text = format!(
                "expected `,` or `>` behind the label, found {}; write `<method, code>`",
                found(input)
            );
            diag.at(input.span(), text);
        }
        labels.extend(label);
        while !input.is_empty() && !input.peek(Token![,]) && !input.peek(Token![>]) && !input.peek(Token![;])
        {
            skip_token(input);
        }
        if input.peek(Token![,]) {
            skip_token(input);
        }
    }
    input.parse::<Token![>]>()?;
    Ok(labels)
}

fn parse_label(input: ParseStream<'_>) -> Result<Label> {
    let (name, span, field) = if input.peek(LitStr) { parse_renamed(input)? } else { parse_field(input)? };
    let ty =
        input.peek(Token![:]).then(|| input.parse::<Token![:]>().and_then(|_| input.parse())).transpose()?;
    Ok(Label { name, span, field, ty })
}

fn parse_renamed(input: ParseStream<'_>) -> Result<(String, Span, Ident)> {
    let name: LitStr = input.parse()?;
    let field = name.value().replace(|letter: char| !letter.is_alphanumeric(), "_");
    let text = format!(
        "expected `as` and a field's name behind a label in quotes; write `{} as {field}_`",
        name.token()
    );
    let wanted = || Error::new(name.span(), &text);
    input.parse::<Token![as]>().map_err(|_| wanted())?;
    let field = input.parse().map_err(|_| wanted())?;
    Ok((name.value(), name.span(), field))
}

fn parse_field(input: ParseStream<'_>) -> Result<(String, Span, Ident)> {
    let found = found(input);
    let span = input.span();
    let field = input
        .call(Ident::parse_any)
        .map_err(|_| Error::new(span, format!("expected a label, found {found}; write `<method, code>`")))?;
    if !is_name(&field) {
        let message = format!(
            "expected a label, found the keyword {found}; write `r#{field}`, or `\"{field}\" as {field}_`"
        );
        return Err(Error::new(span, message));
    }
    Ok((field.unraw().to_string(), field.span(), field))
}
