//! The grammar of `metrics! { … }`.

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Error, LitStr, Path, Result, Token, Type, Visibility, token};

use crate::diag::Diag;
use crate::syntax::labels::is_name;
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
    pub(crate) labels: Vec<Label>,
    pub(crate) end: Token![;],
    pub(crate) options: Options,
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

/// Leaves out everything up to the next semicolon.
fn skip_metric(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![;]) {
        skip_token(input);
    }
    skip_token(input);
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
        match parse_metric(input, diag) {
            Ok(metric) => self.metrics.push(metric),
            Err(error) => {
                diag.push(error);
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
            diag.at(content.span(), format!("expected `]`, found {}", found(&content)));
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
    let path;
    syn::parenthesized!(path in content);
    path.call(Path::parse_mod_style)
}

fn parse_metric(input: ParseStream<'_>, diag: &mut Diag) -> Result<Metric> {
    let mut attrs = input.call(Attribute::parse_outer)?;
    let mut options = Options::default();
    for attr in attrs.extract_if(.., |attr| attr.path().is_ident("metric")) {
        options.parse(&attr.meta, diag);
    }
    let vis = input.parse()?;
    let (keyword, ident) = parse_static(input)?;
    input.parse::<Token![:]>().map_err(|error| {
        Error::new(error.span(), format!("expected `:` and a kind after `{ident}`; write {SHAPE}"))
    })?;
    let kind = input
        .parse::<Ident>()
        .map_err(|error| Error::new(error.span(), format!("expected a kind; write {SHAPE}")))?;
    let labels = if input.peek(Token![<]) { parse_declared(input, diag)? } else { Vec::new() };
    let end = input.parse().map_err(|error| {
        Error::new(
            error.span(),
            format!("expected `;` behind the metric, found {}; write {SHAPE}", found(input)),
        )
    })?;
    Ok(Metric { attrs, vis, keyword, ident, kind, labels, end, options })
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

/// `<method: Method, endpoint, "crate" as krate>`.
fn parse_declared(input: ParseStream<'_>, diag: &mut Diag) -> Result<Vec<Label>> {
    input.parse::<Token![<]>()?;
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
