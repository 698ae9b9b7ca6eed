//! The options of one metric of a block, `#[metric(…)]`.

use proc_macro2::Ident;
use syn::parse::{ParseBuffer, ParseStream, Parser};
use syn::{Error, Expr, LitInt, LitStr, Meta, Path, Result, Token, token};

use crate::diag::Diag;
use crate::syntax::labels::{Keys, LabelArg, parse_labels};
use crate::syntax::native::{NATIVE, Native};
use crate::syntax::options::{
    Slot, found, parse_entries, parse_key, parse_names, parse_path, parse_text, parse_value, unknown_key,
};
use crate::syntax::site::parse_max_series;
use crate::syntax::timed::BUCKETS;
use crate::syntax::window::{WINDOW, Window};

/// What may be written.
const KEYS: [&str; 7] = ["name", "unit", "buckets", "max_series", "init", "callback", "allow"];

/// The options of one metric.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) name: Slot<LitStr>,
    pub(crate) unit: Slot<LitStr>,
    pub(crate) buckets: Slot<Expr>,
    pub(crate) native: Native,
    pub(crate) window: Window,
    pub(crate) max_series: Slot<LitInt>,
    pub(crate) init: Slot<Vec<Init>>,
    pub(crate) callback: Slot<Path>,
    pub(crate) allow: Slot<Vec<Ident>>,
}

/// One entry of `init`.
pub(crate) struct Init {
    pub(crate) braces: token::Brace,
    pub(crate) labels: Vec<LabelArg>,
}

impl Options {
    /// Adds what one attribute says.
    pub(crate) fn parse(&mut self, meta: &Meta, diag: &mut Diag) {
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
        let native = self.native.parse(&key, input, diag);
        match native.or_else(|| self.window.parse(&key, input, diag)) {
            Some(result) => result,
            None => self.parse_general(&key, input, diag),
        }
    }

    fn parse_general(&mut self, key: &Ident, input: ParseStream<'_>, diag: &mut Diag) -> Result<()> {
        match key.to_string().as_str() {
            "name" => self.name.set(key.clone(), parse_text(input, key)?, diag),
            "unit" => self.unit.set(key.clone(), parse_text(input, key)?, diag),
            "buckets" => {
                self.buckets.set(key.clone(), parse_value(input, key, "a list of numbers", BUCKETS)?, diag);
            }
            "max_series" => self.max_series.set(key.clone(), parse_max_series(input, key)?, diag),
            "init" => self.init.set(key.clone(), parse_init(input, key, diag)?, diag),
            "callback" => self.callback.set(key.clone(), parse_path(input, key, "function")?, diag),
            "allow" => self.allow.set(key.clone(), parse_names(input, key, diag, "unit")?, diag),
            "help" => {
                return Err(Error::new(
                    key.span(),
                    "a metric's help is its doc comment; write `/// …` above it",
                ));
            }
            _ => return Err(unknown_key(key, "`#[metric]`", &[&KEYS[..], &NATIVE, &WINDOW].concat())),
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
