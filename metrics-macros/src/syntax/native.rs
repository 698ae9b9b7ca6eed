//! How fine a native histogram is: `native = only, factor = 1.1, max_buckets = 160, min_reset = "1h"`.

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{Error, Expr, LitInt, LitStr, Result, Token};

use crate::diag::Diag;
use crate::syntax::options::{Slot, found, parse_value};

/// The options by name.
pub(crate) const NATIVE: [&str; 6] =
    ["native", "factor", "max_buckets", "zero_threshold", "max_zero_threshold", "min_reset"];

/// The options of a native histogram.
#[derive(Clone, Default)]
pub(crate) struct Native {
    /// `native`, and whether it is `native = only`.
    pub(crate) kind: Slot<bool>,
    pub(crate) factor: Slot<Expr>,
    pub(crate) max_buckets: Slot<LitInt>,
    pub(crate) zero_threshold: Slot<Expr>,
    pub(crate) max_zero_threshold: Slot<Expr>,
    pub(crate) min_reset: Slot<LitStr>,
}

impl Native {
    /// Reads the value of `key`, if it is one of these options.
    pub(crate) fn parse(
        &mut self,
        key: &Ident,
        input: ParseStream<'_>,
        diag: &mut Diag,
    ) -> Option<Result<()>> {
        let word = key.to_string();
        NATIVE.contains(&word.as_str()).then(|| self.parse_known(key, &word, input, diag))
    }

    fn parse_known(
        &mut self,
        key: &Ident,
        word: &str,
        input: ParseStream<'_>,
        diag: &mut Diag,
    ) -> Result<()> {
        match word {
            "native" => self.kind.set(key.clone(), parse_only(input)?, diag),
            "max_buckets" => {
                let number = parse_value(input, key, "a whole number", "160")?;
                self.max_buckets.set(key.clone(), number, diag);
            }
            "min_reset" => {
                let age = parse_value(input, key, "a time in quotes", "\"1h\"")?;
                self.min_reset.set(key.clone(), age, diag);
            }
            "factor" => self.factor.set(key.clone(), parse_value(input, key, "a number", "1.1")?, diag),
            _ => {
                let threshold = parse_value(input, key, "a number", "0.001")?;
                let slot = if word == "zero_threshold" {
                    &mut self.zero_threshold
                } else {
                    &mut self.max_zero_threshold
                };
                slot.set(key.clone(), threshold, diag);
            }
        }
        Ok(())
    }

    /// The keys that were given, without `native`.
    pub(crate) fn keys(&self) -> [Option<&Ident>; 5] {
        [
            self.factor.key(),
            self.max_buckets.key(),
            self.zero_threshold.key(),
            self.max_zero_threshold.key(),
            self.min_reset.key(),
        ]
    }
}

/// `native`, or `native = only`.
fn parse_only(input: ParseStream<'_>) -> Result<bool> {
    if !input.peek(Token![=]) {
        return Ok(false);
    }
    input.parse::<Token![=]>()?;
    let wanted = format!("expected `only`, found {}; write `native = only`", found(input));
    match input.parse::<Ident>() {
        Ok(word) if word == "only" => Ok(true),
        Ok(word) => Err(Error::new(word.span(), wanted)),
        Err(error) => Err(Error::new(error.span(), wanted)),
    }
}
