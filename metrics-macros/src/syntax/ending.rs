//! What an attribute asks about the end of a call: `outcome`, `err_if = |r| …`, `only = err`.

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{Error, Expr, Result, Token, token};

use crate::diag::Diag;
use crate::syntax::options::{Slot, found, parse_entries, parse_key, parse_value};

/// The options of `#[counted]` and `#[timed]` about the end of a call.
pub(crate) const ENDING: [&str; 2] = ["outcome", "err_if"];

/// The options as they were written.
#[derive(Clone, Default)]
pub(crate) struct Ending {
    pub(crate) outcome: Slot<()>,
    pub(crate) err_if: Slot<Expr>,
    /// Of `#[counted]` alone.
    pub(crate) only: Slot<Vec<Ident>>,
}

impl Ending {
    /// Reads the entry of `key`, if it is one of [`ENDING`].
    pub(crate) fn parse(
        &mut self,
        key: &Ident,
        input: ParseStream<'_>,
        diag: &mut Diag,
    ) -> Option<Result<()>> {
        match key.to_string().as_str() {
            "outcome" => self.outcome.set(key.clone(), (), diag),
            "err_if" => match parse_value(input, key, "a closure", "|result| …") {
                Ok(closure) => self.err_if.set(key.clone(), closure, diag),
                Err(error) => return Some(Err(error)),
            },
            _ => return None,
        }
        Some(Ok(()))
    }

    /// Reads `only = err` or `only = [err, panicked]`.
    pub(crate) fn parse_only(&mut self, key: &Ident, input: ParseStream<'_>, diag: &mut Diag) -> Result<()> {
        if !input.peek(Token![=]) {
            let text = format!("expected `=` and an outcome after `{key}`, found {}", found(input));
            return Err(Error::new(key.span(), format!("{text}; write `{key} = err`")));
        }
        input.parse::<Token![=]>()?;
        let mut outcomes = Vec::new();
        if input.peek(token::Bracket) {
            let content;
            syn::bracketed!(content in input);
            parse_entries(&content, diag, |input, _| {
                outcomes.push(parse_key(input, "err")?);
                Ok(())
            });
        } else {
            outcomes.push(parse_key(input, "only = err")?);
        }
        self.only.set(key.clone(), outcomes, diag);
        Ok(())
    }
}
