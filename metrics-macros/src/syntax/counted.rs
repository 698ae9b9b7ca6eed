//! What `#[counted(…)]` accepts.

use proc_macro2::TokenStream;

use crate::diag::Diag;
use crate::syntax::ending::{ENDING, Ending};
use crate::syntax::site::{COMMON, Site, parse_site};

/// The arguments of one `#[counted]`.
#[derive(Default)]
pub(crate) struct Counted {
    pub(crate) site: Site,
    pub(crate) ending: Ending,
}

/// Reads the arguments of `#[counted]`.
pub(crate) fn parse(args: TokenStream, diag: &mut Diag) -> Counted {
    let mut ending = Ending::default();
    let choices = [&COMMON[..], &ENDING, &["only"]].concat();
    let site = parse_site(args, "`#[counted]`", &choices, diag, &mut |key, input, diag| {
        if key == "only" { Some(ending.parse_only(key, input, diag)) } else { ending.parse(key, input, diag) }
    });
    Counted { site, ending }
}
