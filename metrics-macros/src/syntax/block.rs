//! The grammar of `metrics! { … }`.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseBuffer, ParseStream, Parser};
use syn::{Attribute, Error, Expr, LitInt, LitStr, Meta, Path, Result, Token, Type, Visibility, token};

use crate::diag::Diag;
use crate::syntax::labels::{Keys, LabelArg, is_name, parse_labels};
use crate::syntax::options::{
    Slot, found, parse_entries, parse_key, parse_names, parse_text, parse_value, skip_token, unknown_key,
};
use crate::syntax::site::parse_max_series;
use crate::syntax::timed::BUCKETS;

/// How a metric is written, for messages.
const SHAPE: &str = "`pub static REQUESTS_TOTAL: Counter<method, code>;`";

/// The options of `#[metric(…)]`.
const OPTIONS: [&str; 6] = ["name", "unit", "buckets", "max_series", "init", "allow"];

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
    pub(crate) ident: Ident,
    pub(crate) kind: Ident,
    pub(crate) labels: Vec<Label>,
    pub(crate) options: Options,
}

/// One label of a declaration.
pub(crate) struct Label {
    /// The label's name, without `r#` or quotes.
    pub(crate) name: String,
    /// Where the name is written.
    pub(crate) span: proc_macro2::Span,
    /// The field of the series' struct.
    pub(crate) field: Ident,
    /// Its type, or anything that can be a label's value.
    pub(crate) ty: Option<Type>,
}

/// The options of one metric.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) name: Slot<LitStr>,
    pub(crate) unit: Slot<LitStr>,
    pub(crate) buckets: Slot<Expr>,
    pub(crate) max_series: Slot<LitInt>,
    pub(crate) init: Slot<Vec<Init>>,
    pub(crate) allow: Slot<Vec<Ident>>,
}

/// One entry of `init`.
pub(crate) struct Init {
    pub(crate) braces: token::Brace,
    pub(crate) labels: Vec<LabelArg>,
}

/// Reads the block; a metric that can't be read is left out, the others are not.
pub(crate) fn parse_block(tokens: TokenStream, diag: &mut Diag) -> Block {
    let mut block = Block::default();
    let reader = |input: ParseStream<'_>| {
        while input.peek(Token![#]) && input.peek2(Token![!]) {
            let result = block.parse_setting(input, diag);
            diag.keep(result);
        }
        while !input.is_empty() {
            match parse_metric(input, diag) {
                Ok(metric) => block.metrics.push(metric),
                Err(error) => {
                    diag.push(error);
                    skip_metric(input);
                }
            }
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
    let ident = parse_static(input)?;
    input.parse::<Token![:]>().map_err(|error| {
        Error::new(error.span(), format!("expected `:` and a kind after `{ident}`; write {SHAPE}"))
    })?;
    let kind = input
        .parse::<Ident>()
        .map_err(|error| Error::new(error.span(), format!("expected a kind; write {SHAPE}")))?;
    let labels = if input.peek(Token![<]) { parse_declared(input)? } else { Vec::new() };
    input.parse::<Token![;]>().map_err(|error| {
        Error::new(
            error.span(),
            format!("expected `;` behind the metric, found {}; write {SHAPE}", found(input)),
        )
    })?;
    Ok(Metric { attrs, vis, ident, kind, labels, options })
}

fn parse_static(input: ParseStream<'_>) -> Result<Ident> {
    if input.peek(Token![#]) {
        return Err(input.error("a setting of the block stands before its first metric"));
    }
    if !input.peek(Token![static]) {
        return Err(input.error(format!("expected `static`, found {}; write {SHAPE}", found(input))));
    }
    input.parse::<Token![static]>()?;
    if input.peek(Token![mut]) {
        return Err(input.error("a metric changes without `mut`; write `static` alone"));
    }
    input.parse().map_err(|error: Error| {
        Error::new(error.span(), format!("expected the metric's name; write {SHAPE}"))
    })
}

/// `<method: Method, endpoint, "crate" as krate>`.
fn parse_declared(input: ParseStream<'_>) -> Result<Vec<Label>> {
    input.parse::<Token![<]>()?;
    let mut labels = Vec::new();
    while !input.peek(Token![>]) {
        labels.push(parse_label(input)?);
        if input.peek(Token![>]) {
            break;
        }
        input.parse::<Token![,]>().map_err(|error| {
            Error::new(
                error.span(),
                format!(
                    "expected `,` or `>` behind the label, found {}; write `<method, code>`",
                    found(input)
                ),
            )
        })?;
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

fn parse_renamed(input: ParseStream<'_>) -> Result<(String, proc_macro2::Span, Ident)> {
    let name: LitStr = input.parse()?;
    let wanted = || {
        format!(
            "expected `as` and a field's name behind a label in quotes; write `\"{0}\" as {0}_`",
            name.value()
        )
    };
    input.parse::<Token![as]>().map_err(|_| Error::new(name.span(), wanted()))?;
    let field = input.parse().map_err(|_| Error::new(name.span(), wanted()))?;
    Ok((name.value(), name.span(), field))
}

fn parse_field(input: ParseStream<'_>) -> Result<(String, proc_macro2::Span, Ident)> {
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

impl Options {
    fn parse(&mut self, meta: &Meta, diag: &mut Diag) {
        let Meta::List(list) = meta else {
            diag.on(meta, "expected options in parentheses; write for example `#[metric(name = \"…\")]`");
            return;
        };
        let reader = |input: ParseStream<'_>| {
            parse_entries(input, diag, |input, diag| self.parse_entry(input, diag));
            Ok(())
        };
        if let Err(error) = reader.parse2(list.tokens.clone()) {
            diag.push(error);
        }
    }

    fn parse_entry(&mut self, input: ParseStream<'_>, diag: &mut Diag) -> Result<()> {
        let key = parse_key(input, "name = \"…\"")?;
        match key.to_string().as_str() {
            "name" => self.name.set(key.clone(), parse_text(input, &key)?, diag),
            "unit" => self.unit.set(key.clone(), parse_text(input, &key)?, diag),
            "buckets" => {
                self.buckets.set(key.clone(), parse_value(input, &key, "a list of numbers", BUCKETS)?, diag);
            }
            "max_series" => self.max_series.set(key.clone(), parse_max_series(input, &key)?, diag),
            "init" => self.init.set(key.clone(), parse_init(input, &key, diag)?, diag),
            "allow" => self.allow.set(key.clone(), parse_names(input, &key, diag, "unit")?, diag),
            "help" => {
                return Err(Error::new(
                    key.span(),
                    "a metric's help is its doc comment; write `/// …` above it",
                ));
            }
            _ => return Err(unknown_key(&key, "`#[metric]`", &OPTIONS)),
        }
        Ok(())
    }
}

/// `init = [{ method: Method::Get }, …]`.
fn parse_init(input: ParseStream<'_>, key: &Ident, diag: &mut Diag) -> Result<Vec<Init>> {
    let wanted =
        || Error::new(key.span(), "expected a list of label values; write `init = [{ label: value }]`");
    input.parse::<Token![=]>().map_err(|_| wanted())?;
    if !input.peek(token::Bracket) {
        return Err(wanted());
    }
    let (content, mut rows) = (bracketed(input)?, Vec::new());
    parse_entries(&content, diag, |input, diag| {
        if !input.peek(token::Brace) {
            return Err(input.error(format!("expected `{{ label: value }}`, found {}", found(input))));
        }
        let entry;
        let braces = syn::braced!(entry in input);
        rows.push(Init { braces, labels: parse_labels(&entry, Keys::Fields, diag) });
        Ok(())
    });
    Ok(rows)
}

fn bracketed(input: ParseStream<'_>) -> Result<ParseBuffer<'_>> {
    let content;
    syn::bracketed!(content in input);
    Ok(content)
}
