//! What `#[gauged(…)]` accepts.

use proc_macro2::{Ident, TokenStream};
use syn::Error;

use crate::diag::Diag;
use crate::syntax::site::{COMMON, Site, parse_site};

/// Reads the arguments of `#[gauged]`.
pub(crate) fn parse(args: TokenStream, diag: &mut Diag) -> Site {
    parse_site(args, "`#[gauged]`", &COMMON, diag, &mut |key, _, _| refuse(key).map(Err::<(), _>))
}

/// Options of the others that a user may look for here.
fn refuse(key: &Ident) -> Option<Error> {
    let known = matches!(key.to_string().as_str(), "outcome" | "err_if" | "only" | "busy");
    let text = "a call is in flight before its end is known";
    known.then(|| {
        Error::new(
            key.span(),
            format!("{text}; leave `{key}` out, or write it on `#[counted]` or `#[timed]`"),
        )
    })
}
