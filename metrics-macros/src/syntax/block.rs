//! The grammar of `metrics! { … }`.

use proc_macro2::{Ident, TokenStream};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Error, LitStr, Path, Result, Token, Visibility, token};

use crate::diag::Diag;
use crate::syntax::brackets::{Brackets, parse_brackets};
use crate::syntax::metric::Options;
use crate::syntax::options::{Slot, found, parse_key, parse_text, skip_token, unknown_key};

/// How a metric is written, for messages.
const SHAPE: &str = "`pub static REQUESTS_TOTAL: Counter<method, code>;`";

/// The whole block.
#[derive(Default)]
pub(crate) struct Block {
    pub(crate) registry: Slot<Path>,
    pub(crate) prefix: Slot<LitStr>,
    pub(crate) krate: Slot<Path>,
    pub(crate) metrics: Vec<Metric>,
}

/// One `pub static NAME: Kind<label, label: Type>;`.
pub(crate) struct Metric {
    /// All but `#[metric]`.
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) keyword: Token![static],
    pub(crate) ident: Ident,
    pub(crate) kind: Ident,
    pub(crate) brackets: Brackets,
    pub(crate) end: Token![;],
    pub(crate) options: Options,
}

/// Reads the block; a metric that can't be read is left out, the others are not.
pub(crate) fn parse_block(tokens: TokenStream, diag: &mut Diag) -> Block {
    let mut block = Block::default();
    let reader = |input: ParseStream<'_>| {
        while !input.is_empty() {
            block.parse_entry(input, diag);
        }
        Ok(())
    };
    if let Err(error) = reader.parse2(tokens) {
        diag.push(error);
    }
    block
}

/// Leaves out everything up to the next semicolon, or to the attributes of the next metric.
fn skip_metric(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![;]) && !input.peek(Token![#]) {
        skip_token(input);
    }
    if input.peek(Token![;]) {
        skip_token(input);
    }
}

impl Block {
    /// A metric, or a setting; settings stand first.
    fn parse_entry(&mut self, input: ParseStream<'_>, diag: &mut Diag) {
        if input.peek(Token![#]) && input.peek2(Token![!]) {
            if !self.metrics.is_empty() {
                diag.at(input.span(), "a setting of the block stands before its first metric; move it up");
            }
            let result = self.parse_setting(input, diag);
            diag.keep(result);
            return;
        }
        let start = input.cursor();
        match parse_metric(input, diag) {
            Ok(metric) => self.metrics.push(metric),
            Err(error) => {
                diag.push(error);
                if input.cursor() == start {
                    skip_token(input);
                }
                skip_metric(input);
            }
        }
    }

    fn parse_setting(&mut self, input: ParseStream<'_>, diag: &mut Diag) -> Result<()> {
        input.parse::<Token![#]>()?;
        input.parse::<Token![!]>()?;
        let content;
        syn::bracketed!(content in input);
        let result = self.parse_setting_content(&content, diag);
        if result.is_ok() && !content.is_empty() {
            diag.at(
                content.span(),
                format!("expected `]`, found {}; write each setting as `#![setting]`", found(&content)),
            );
        }
        content.parse::<TokenStream>()?;
        result
    }

    fn parse_setting_content(&mut self, content: ParseStream<'_>, diag: &mut Diag) -> Result<()> {
        let key = parse_key(content, "prefix = \"shop_\"")?;
        match key.to_string().as_str() {
            "prefix" => self.prefix.set(key.clone(), parse_text(content, &key)?, diag),
            "registry" => {
                self.registry.set(key.clone(), parse_setting_path(content, &key, "REGISTRY")?, diag);
            }
            "crate" => {
                self.krate.set(key.clone(), parse_setting_path(content, &key, "::metrics_core")?, diag);
            }
            _ => return Err(unknown_key(&key, "`metrics!`", &["registry", "prefix", "crate"])),
        }
        Ok(())
    }
}

/// The path in `key(path)`.
fn parse_setting_path(content: ParseStream<'_>, key: &Ident, example: &str) -> Result<Path> {
    if !content.peek(token::Paren) {
        let found = found(content);
        content.parse::<TokenStream>()?;
        return Err(Error::new(
            key.span(),
            format!("expected `({example})` after `{key}`, found {found}; write `#![{key}({example})]`"),
        ));
    }
    let inside;
    syn::parenthesized!(inside in content);
    let path = inside.call(Path::parse_mod_style)?;
    if !inside.is_empty() {
        let text = format!("expected one path, found {} behind it", found(&inside));
        let error = inside.error(format!("{text}; write `#![{key}({example})]`"));
        inside.parse::<TokenStream>()?;
        return Err(error);
    }
    Ok(path)
}

fn parse_metric(input: ParseStream<'_>, diag: &mut Diag) -> Result<Metric> {
    let mut attrs = input.call(Attribute::parse_outer)?;
    let mut options = Options::default();
    for attr in attrs.extract_if(.., |attr| attr.path().is_ident("metric")) {
        options.parse(&attr.meta, diag);
    }
    let vis = input.parse()?;
    let (keyword, ident) = parse_static(input)?;
    if !input.peek(Token![:]) {
        return Err(Error::new(
            ident.span(),
            format!("expected `:` and a kind after `{ident}`, found {}; write {SHAPE}", found(input)),
        ));
    }
    input.parse::<Token![:]>()?;
    let kind = input
        .parse::<Ident>()
        .map_err(|error| Error::new(error.span(), format!("expected a kind; write {SHAPE}")))?;
    if input.peek(Token![::]) {
        return Err(input.error(format!("a kind is one word, found a path; write {SHAPE}")));
    }
    let brackets = parse_brackets(input, kind == "StateSet", diag)?;
    let end = parse_end(input, &kind, diag)?;
    Ok(Metric { attrs, vis, keyword, ident, kind, brackets, end, options })
}

/// The semicolon; where only that is missing, the metric is there all the same.
fn parse_end(input: ParseStream<'_>, kind: &Ident, diag: &mut Diag) -> Result<Token![;]> {
    if input.peek(Token![;]) {
        return input.parse();
    }
    let text = format!("expected `;` behind the metric, found {}; write {SHAPE}", found(input));
    if input.is_empty() || input.peek(Token![#]) {
        diag.at(kind.span(), text);
        return Ok(<Token![;]>::default());
    }
    Err(input.error(text))
}

fn parse_static(input: ParseStream<'_>) -> Result<(Token![static], Ident)> {
    if !input.peek(Token![static]) {
        return Err(input.error(format!("expected `static`, found {}; write {SHAPE}", found(input))));
    }
    let keyword = input.parse()?;
    if input.peek(Token![mut]) {
        return Err(input.error("a metric changes without `mut`; write `static` alone"));
    }
    let ident = input.parse().map_err(|error: Error| {
        Error::new(error.span(), format!("expected the metric's name; write {SHAPE}"))
    })?;
    Ok((keyword, ident))
}
