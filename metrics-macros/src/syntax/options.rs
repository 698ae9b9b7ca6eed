//! Reads `key = value, …`: one entry after the other, so that a mistake costs only its own entry.

use proc_macro2::{Delimiter, Ident, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, LitStr, Path, Result, Token};

use crate::diag::{Diag, did_you_mean, list};

/// An option that may be given once; it remembers its key, the place of most complaints.
#[derive(Clone)]
pub(crate) struct Slot<T> {
    found: Option<(Ident, T)>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { found: None }
    }
}

impl<T> Slot<T> {
    /// Takes the value; a second one is a mistake.
    pub(crate) fn set(&mut self, key: Ident, value: T, diag: &mut Diag) {
        if self.found.is_some() {
            diag.at(key.span(), format!("`{key}` is given twice; write it once"));
        } else {
            self.found = Some((key, value));
        }
    }

    /// What was given.
    pub(crate) fn value(&self) -> Option<&T> {
        self.found.as_ref().map(|(_, value)| value)
    }

    /// What was given, owned.
    pub(crate) fn into_value(self) -> Option<T> {
        self.found.map(|(_, value)| value)
    }

    /// The key as it was written.
    pub(crate) fn key(&self) -> Option<&Ident> {
        self.found.as_ref().map(|(key, _)| key)
    }
}

/// Reads entries up to the end of `input`, separated by commas; `entry` reads one of them.
pub(crate) fn parse_entries(
    input: ParseStream<'_>,
    diag: &mut Diag,
    mut entry: impl FnMut(ParseStream<'_>, &mut Diag) -> Result<()>,
) {
    while !input.is_empty() {
        if let Err(error) = entry(input, diag) {
            diag.push(error);
            skip_to_comma(input);
        } else if !input.is_empty() && !input.peek(Token![,]) {
            diag.at(input.span(), format!("expected `,`, found {}", found(input)));
            skip_to_comma(input);
        }
        if input.peek(Token![,]) {
            skip_token(input);
        }
    }
}

/// Leaves out everything before the next comma.
pub(crate) fn skip_to_comma(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        skip_token(input);
    }
}

/// Leaves out one token; at the end of the input nothing happens.
pub(crate) fn skip_token(input: ParseStream<'_>) {
    // A failure means that the input is at its end.
    let _ = input.parse::<TokenTree>();
}

/// The next token as it appears in a message.
pub(crate) fn found(input: ParseStream<'_>) -> String {
    match input.fork().parse::<TokenTree>() {
        Err(_) => "nothing".to_owned(),
        Ok(TokenTree::Group(group)) => match group.delimiter() {
            Delimiter::Parenthesis => "`(…)`".to_owned(),
            Delimiter::Brace => "`{…}`".to_owned(),
            Delimiter::Bracket => "`[…]`".to_owned(),
            Delimiter::None => format!("`{group}`"),
        },
        Ok(token) => format!("`{token}`"),
    }
}

/// An option's key; keywords such as `crate` are fine.
pub(crate) fn parse_key(input: ParseStream<'_>, example: &str) -> Result<Ident> {
    let fork = input.fork();
    if Ident::parse_any(&fork).is_err() {
        return Err(
            input.error(format!("expected an option, found {}; write for example `{example}`", found(input)))
        );
    }
    Ident::parse_any(input)
}

/// The value behind `key =`; `what` and `example` say what it has to be.
pub(crate) fn parse_value<T: Parse>(
    input: ParseStream<'_>,
    key: &Ident,
    what: &str,
    example: &str,
) -> Result<T> {
    if !input.peek(Token![=]) {
        let message = format!(
            "expected `=` and {what} after `{key}`, found {}; write `{key} = {example}`",
            found(input)
        );
        return Err(Error::new(key.span(), message));
    }
    input.parse::<Token![=]>()?;
    if input.is_empty() || input.peek(Token![,]) {
        return Err(Error::new(
            key.span(),
            format!("expected {what} after `{key} =`; write `{key} = {example}`"),
        ));
    }
    let (span, found) = (input.span(), found(input));
    input
        .parse()
        .map_err(|_| Error::new(span, format!("expected {what}, found {found}; write `{key} = {example}`")))
}

/// The string literal behind `key =`.
pub(crate) fn parse_text(input: ParseStream<'_>, key: &Ident) -> Result<LitStr> {
    parse_value(input, key, "a string literal", "\"…\"")
}

/// The path behind `key =`.
pub(crate) fn parse_path(input: ParseStream<'_>, key: &Ident, example: &str) -> Result<Path> {
    parse_value::<ModPath>(input, key, "a path", example).map(|path| path.0)
}

/// The names in `key(a, b)`.
pub(crate) fn parse_names(
    input: ParseStream<'_>,
    key: &Ident,
    diag: &mut Diag,
    example: &str,
) -> Result<Vec<Ident>> {
    if !input.peek(syn::token::Paren) {
        let message = format!(
            "expected a list in parentheses after `{key}`, found {}; write `{key}({example})`",
            found(input)
        );
        return Err(Error::new(key.span(), message));
    }
    let content;
    syn::parenthesized!(content in input);
    let mut names = Vec::new();
    parse_entries(&content, diag, |input, _| {
        names.push(parse_key(input, example)?);
        Ok(())
    });
    Ok(names)
}

/// The mistake of a key that does not exist.
pub(crate) fn unknown_key(key: &Ident, owner: &str, choices: &[&str]) -> Error {
    let hint = did_you_mean(&key.to_string(), choices);
    Error::new(key.span(), format!("unknown option `{key}` of {owner}; expected {}{hint}", list(choices)))
}

/// A path without generic arguments; `crate`, `self` and `super` are fine.
struct ModPath(Path);

impl Parse for ModPath {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        input.call(Path::parse_mod_style).map(Self)
    }
}
