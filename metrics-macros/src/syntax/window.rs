//! The quantiles of a summary and how far back they look: `quantiles = [0.5 => 0.05], max_age = "10m", age_buckets = 5`.

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{Error, Expr, LitInt, LitStr, Result, Token, token};

use crate::diag::Diag;
use crate::syntax::options::{Slot, found, parse_entries, parse_value};

/// The options by name.
pub(crate) const WINDOW: [&str; 3] = ["quantiles", "max_age", "age_buckets"];

/// What a value of `quantiles` looks like, for messages.
pub(crate) const QUANTILES: &str = "[0.5 => 0.05, 0.99 => 0.001]";

/// The options of a summary.
#[derive(Clone, Default)]
pub(crate) struct Window {
    pub(crate) quantiles: Slot<Vec<Quantile>>,
    pub(crate) max_age: Slot<LitStr>,
    pub(crate) age_buckets: Slot<LitInt>,
}

/// One `quantile => error`.
#[derive(Clone)]
pub(crate) struct Quantile {
    pub(crate) at: Expr,
    /// The error that its rank may have.
    pub(crate) error: Expr,
}

impl Window {
    /// Reads the value of `key`, if it is one of these options.
    pub(crate) fn parse(
        &mut self,
        key: &Ident,
        input: ParseStream<'_>,
        diag: &mut Diag,
    ) -> Option<Result<()>> {
        let word = key.to_string();
        WINDOW.contains(&word.as_str()).then(|| self.parse_known(key, &word, input, diag))
    }

    fn parse_known(
        &mut self,
        key: &Ident,
        word: &str,
        input: ParseStream<'_>,
        diag: &mut Diag,
    ) -> Result<()> {
        match word {
            "quantiles" => self.quantiles.set(key.clone(), parse_quantiles(input, key, diag)?, diag),
            "max_age" => {
                let age = parse_value(input, key, "a time in quotes", "\"10m\"")?;
                self.max_age.set(key.clone(), age, diag);
            }
            _ => {
                let number = parse_value(input, key, "a whole number", "5")?;
                self.age_buckets.set(key.clone(), number, diag);
            }
        }
        Ok(())
    }

    /// The keys that were given.
    pub(crate) fn keys(&self) -> [Option<&Ident>; 3] {
        [self.quantiles.key(), self.max_age.key(), self.age_buckets.key()]
    }
}

/// `quantiles = [0.5 => 0.05, …]`.
fn parse_quantiles(input: ParseStream<'_>, key: &Ident, diag: &mut Diag) -> Result<Vec<Quantile>> {
    let wanted = || {
        let text = format!("expected a list of quantiles and their errors; write `{key} = {QUANTILES}`");
        Error::new(key.span(), text)
    };
    input.parse::<Token![=]>().map_err(|_| wanted())?;
    if !input.peek(token::Bracket) {
        return Err(wanted());
    }
    let content;
    syn::bracketed!(content in input);
    let mut quantiles = Vec::new();
    parse_entries(&content, diag, |input, _| {
        quantiles.push(parse_quantile(input)?);
        Ok(())
    });
    Ok(quantiles)
}

fn parse_quantile(input: ParseStream<'_>) -> Result<Quantile> {
    let at: Expr = input.parse()?;
    if !input.peek(Token![=>]) {
        let text = format!("expected `=>` and the error allowed to the rank, found {}", found(input));
        return Err(Error::new_spanned(at, format!("{text}; write for example `0.95 => 0.01`")));
    }
    input.parse::<Token![=>]>()?;
    Ok(Quantile { at, error: input.parse()? })
}
