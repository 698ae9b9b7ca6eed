//! What `#[timed(…)]` accepts.

use proc_macro2::{Ident, TokenStream};
use syn::parse::ParseStream;
use syn::{Expr, Result};

use crate::diag::Diag;
use crate::syntax::ending::{ENDING, Ending};
use crate::syntax::native::{NATIVE, Native};
use crate::syntax::options::{Slot, parse_value};
use crate::syntax::site::{COMMON, Site, parse_site};
use crate::syntax::window::{WINDOW, Window};

/// What a value of `buckets` looks like, for messages.
pub(crate) const BUCKETS: &str = "[0.1, 0.5, 1.0]";

/// The arguments of one `#[timed]`.
#[derive(Clone, Default)]
pub(crate) struct Timed {
    pub(crate) site: Site,
    pub(crate) ending: Ending,
    /// The time inside `poll` too.
    pub(crate) busy: Slot<()>,
    /// `histogram`, which is what it is anyway.
    pub(crate) histogram: Slot<()>,
    /// `summary`, instead of a histogram.
    pub(crate) summary: Slot<()>,
    pub(crate) buckets: Slot<Expr>,
    /// `native`, instead of a histogram with chosen buckets alone.
    pub(crate) native: Native,
    pub(crate) window: Window,
}

/// Reads the arguments of `#[timed]`.
pub(crate) fn parse(args: TokenStream, diag: &mut Diag) -> Timed {
    let mut timed = Timed::default();
    let choices =
        [&COMMON[..], &["histogram", "summary", "buckets", "busy"], &ENDING, &NATIVE, &WINDOW].concat();
    timed.site = parse_site(args, "`#[timed]`", &choices, diag, &mut |key, input, diag| match key
        .to_string()
        .as_str()
    {
        "histogram" => {
            timed.histogram.set(key.clone(), (), diag);
            Some(Ok(()))
        }
        "summary" => {
            timed.summary.set(key.clone(), (), diag);
            Some(Ok(()))
        }
        "busy" => {
            timed.busy.set(key.clone(), (), diag);
            Some(Ok(()))
        }
        "buckets" => Some(parse_buckets(key, input, &mut timed.buckets, diag)),
        _ => {
            let ending = timed.ending.parse(key, input, diag);
            let native = ending.or_else(|| timed.native.parse(key, input, diag));
            native.or_else(|| timed.window.parse(key, input, diag))
        }
    });
    timed
}

fn parse_buckets(key: &Ident, input: ParseStream<'_>, slot: &mut Slot<Expr>, diag: &mut Diag) -> Result<()> {
    slot.set(key.clone(), parse_value(input, key, "a list of numbers", BUCKETS)?, diag);
    Ok(())
}
