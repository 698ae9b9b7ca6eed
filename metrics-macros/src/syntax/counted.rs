//! What `#[counted(…)]` accepts.

use proc_macro2::TokenStream;

use crate::diag::Diag;
use crate::syntax::site::{COMMON, Site, parse_site};

/// Reads the arguments of `#[counted]`.
pub(crate) fn parse(args: TokenStream, diag: &mut Diag) -> Site {
    parse_site(args, "`#[counted]`", &COMMON, diag, &mut |_, _, _| None)
}
