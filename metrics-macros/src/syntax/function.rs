//! A function: its attributes and signature are read, its body stays the tokens that the user wrote.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Error, Result, Signature, Visibility};

/// The item under an attribute.
pub(crate) struct Function {
    /// The attributes below ours.
    pub(crate) attrs: Vec<Attribute>,
    /// Visibility and signature, token for token.
    pub(crate) header: TokenStream,
    /// The signature, understood.
    pub(crate) signature: Signature,
    /// The braces and everything in them.
    pub(crate) body: Group,
    /// What the user said about a return type that may be a future.
    pub(crate) said: Option<Runs>,
}

/// Where the work of a function is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Runs {
    /// In its body.
    Sync,
    /// In the future that it returns.
    Async,
}

impl ToTokens for Function {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { attrs, header, body, .. } = self;
        tokens.extend(quote!(#(#attrs)* #header #body));
    }
}

/// Reads the item under `#[attribute]`.
pub(crate) fn parse_function(item: TokenStream, attribute: &str) -> Result<Function> {
    let mut tokens: Vec<TokenTree> = without_group(item).into_iter().collect();
    let body = tokens.pop();
    let head = |input: ParseStream<'_>| Ok((input.call(Attribute::parse_outer)?, input.parse()?));
    let (attrs, header): (_, TokenStream) = head.parse2(tokens.into_iter().collect())?;
    let signature = parse_signature(header.clone(), attribute)?;
    match body.and_then(braces) {
        Some(body) => Ok(Function { attrs, header, signature, body, said: None }),
        None => Err(Error::new_spanned(signature, no_body(attribute))),
    }
}

fn no_body(attribute: &str) -> String {
    format!(
        "a function without a body can't be `#[{attribute}]`: there is nothing to record; \
         annotate the functions that implement or call it, or give it a default body"
    )
}

fn parse_signature(header: TokenStream, attribute: &str) -> Result<Signature> {
    let reader = |input: ParseStream<'_>| {
        input.parse::<Visibility>()?;
        let start = input.cursor().token_stream();
        input.parse::<Signature>().map_err(|error| match other_item(start) {
            Some((item, tokens)) => Error::new_spanned(
                tokens,
                format!(
                    "expected a function, found `{item}`; write `#[{attribute}]` on a `fn`, an `impl` or a `trait`"
                ),
            ),
            None => error,
        })
    };
    reader.parse2(header)
}

/// The keyword of an item that is no function.
fn other_item(tokens: TokenStream) -> Option<(String, TokenTree)> {
    const ITEMS: [&str; 12] = [
        "struct",
        "enum",
        "union",
        "trait",
        "impl",
        "mod",
        "type",
        "static",
        "use",
        "macro_rules",
        "const",
        "extern",
    ];
    let mut tokens = tokens.into_iter().skip_while(|token| token.to_string() == "unsafe");
    let first = tokens.next()?;
    let name = first.to_string();
    let is_fn = tokens.take(4).any(|token| token.to_string() == "fn");
    (ITEMS.contains(&name.as_str()) && !is_fn).then_some((name, first))
}

/// A `macro_rules` fragment arrives in invisible delimiters.
pub(crate) fn without_group(item: TokenStream) -> TokenStream {
    let mut tokens = item.clone().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::None => {
            without_group(group.stream())
        }
        _ => item,
    }
}

fn braces(token: TokenTree) -> Option<Group> {
    let TokenTree::Group(group) = token else { return None };
    match group.delimiter() {
        Delimiter::Brace => Some(group),
        Delimiter::None => group.stream().into_iter().next().and_then(braces),
        _ => None,
    }
}
