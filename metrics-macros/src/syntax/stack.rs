//! Several of our attributes on one function: how the arguments of all come together at the innermost of them.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Meta, MetaList, Result, Token};

use crate::diag::Diag;
use crate::runtime::{self, Runtime, span};
use crate::syntax::counted::Counted;
use crate::syntax::function::Runs;
use crate::syntax::site::Site;
use crate::syntax::timed::Timed;
use crate::syntax::{counted, gauged, timed};

/// Which attribute it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Recorder {
    Counted,
    Timed,
    Gauged,
}

impl Recorder {
    /// The recorder called `name`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "counted" => Some(Self::Counted),
            "timed" => Some(Self::Timed),
            "gauged" => Some(Self::Gauged),
            _ => None,
        }
    }

    /// Its name as an attribute.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Timed => "timed",
            Self::Gauged => "gauged",
        }
    }
}

/// The arguments of one attribute.
pub(crate) enum Args {
    Counted(Box<Counted>),
    Timed(Box<Timed>),
    Gauged(Box<Site>),
}

/// Reads the arguments of one attribute.
pub(crate) fn parse(recorder: Recorder, args: TokenStream, diag: &mut Diag) -> Args {
    match recorder {
        Recorder::Counted => Args::Counted(Box::new(counted::parse(args, diag))),
        Recorder::Timed => Args::Timed(Box::new(timed::parse(args, diag))),
        Recorder::Gauged => Args::Gauged(Box::new(gauged::parse(args, diag))),
    }
}

impl Args {
    /// The common part.
    pub(crate) fn site(&self) -> &Site {
        match self {
            Self::Counted(counted) => &counted.site,
            Self::Timed(timed) => &timed.site,
            Self::Gauged(site) => site,
        }
    }

    /// Whether the metric has the labels `function` and `module`, and nobody says what the function is called.
    pub(crate) fn has_default_labels(&self) -> bool {
        let site = self.site();
        site.metric.is_none() && site.name.value().is_none() && site.function.value().is_none()
    }
}

/// What one of the attributes of a function says about its return type: the one with `args`, those further out, whose
/// arguments were passed on, or those further in.
pub(crate) fn said(args: &TokenStream, attrs: &[Attribute], runtime: &Runtime) -> Option<Runs> {
    let speaks = |attr: &&Attribute| may_be_ours(&attr.meta, runtime) || is_collector(attr);
    let further = attrs.iter().filter(speaks).find_map(|attr| match &attr.meta {
        Meta::List(list) => said_in(list.tokens.clone()),
        _ => None,
    });
    said_in(args.clone()).or(further)
}

fn said_in(args: TokenStream) -> Option<Runs> {
    let mut is_entry = true;
    let mut is_recorder = false;
    for token in args {
        match &token {
            TokenTree::Ident(word) if is_entry && word == "async" => return Some(Runs::Async),
            TokenTree::Ident(word) if is_entry && word == "sync" => return Some(Runs::Sync),
            TokenTree::Ident(word) => is_recorder = Recorder::named(&word.to_string()).is_some(),
            TokenTree::Group(group) if is_recorder => {
                if let Some(said) = said_in(group.stream()) {
                    return Some(said);
                }
            }
            _ => is_recorder = false,
        }
        is_entry = is_comma(&token);
    }
    None
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

/// Whether one of `attrs` may be ours, so that the call is recorded there.
pub(crate) fn goes_on(attrs: &[Attribute], runtime: &Runtime) -> bool {
    attrs.iter().any(|attr| may_be_ours(&attr.meta, runtime))
}

/// Passes the arguments of `recorder` on to the innermost attribute that may be ours.
///
/// Only rustc knows what a path means and which `cfg_attr` holds. So no sibling is touched: behind the last of them
/// stands a collector, an attribute of ours by its full path. The innermost of ours finds it and takes it away; if there
/// is none, because they were another crate's, the collector itself is expanded and has the guard.
pub(crate) fn pass_on(
    attrs: &mut Vec<Attribute>,
    runtime: &Runtime,
    recorder: Recorder,
    args: &TokenStream,
) -> Result<()> {
    let name = Ident::new(recorder.name(), span());
    let passed = quote_spanned!(span()=> #name(#args),);
    if let Some(list) = attrs.iter_mut().find_map(collected) {
        list.tokens.extend(passed);
        return Ok(());
    }
    let private = runtime.private();
    let collector = quote_spanned!(span()=> #[#private::stacked(#passed)]);
    let last = attrs.iter().rposition(|attr| may_be_ours(&attr.meta, runtime));
    let place = last.map_or(0, |last| last + 1);
    attrs.splice(place..place, Attribute::parse_outer.parse2(collector)?);
    Ok(())
}

/// Takes away what attributes further out have passed on, outermost first.
pub(crate) fn take_passed(attrs: &mut Vec<Attribute>) -> Result<Vec<Passed>> {
    let Some(place) = attrs.iter().position(is_collector) else { return Ok(Vec::new()) };
    match attrs.remove(place).meta {
        Meta::List(list) => parse_passed(list.tokens),
        _ => Ok(Vec::new()),
    }
}

/// An attribute further out: its name and its arguments.
pub(crate) struct Passed {
    pub(crate) recorder: Recorder,
    pub(crate) args: TokenStream,
}

impl Passed {
    /// Its arguments, read again.
    pub(crate) fn parse(self, diag: &mut Diag) -> (Recorder, Args) {
        (self.recorder, parse(self.recorder, self.args, diag))
    }
}

/// Reads `counted(…), timed(…),`, written by this crate only.
pub(crate) fn parse_passed(args: TokenStream) -> Result<Vec<Passed>> {
    let reader = |input: ParseStream<'_>| {
        let name: Ident = input.parse()?;
        let args;
        syn::parenthesized!(args in input);
        match Recorder::named(&name.to_string()) {
            Some(recorder) => Ok(Passed { recorder, args: args.parse()? }),
            None => Err(Error::new_spanned(name, "expected `counted`, `timed` or `gauged`")),
        }
    };
    let all = |input: ParseStream<'_>| Punctuated::<_, Token![,]>::parse_terminated_with(input, reader);
    Ok(all.parse2(args)?.into_iter().collect())
}

/// The arguments of a collector.
fn collected(attr: &mut Attribute) -> Option<&mut MetaList> {
    if !is_collector(attr) {
        return None;
    }
    match &mut attr.meta {
        Meta::List(list) => Some(list),
        _ => None,
    }
}

fn is_collector(attr: &Attribute) -> bool {
    runtime::is_private(attr.path(), "stacked")
}

/// Whether `attr` is this one of our attributes.
pub(crate) fn names_recorder(attr: &Attribute, recorder: Recorder, runtime: &Runtime) -> bool {
    is_sibling(&attr.meta, runtime)
        && attr.path().segments.last().is_some_and(|last| last.ident == recorder.name())
}

fn is_sibling(meta: &Meta, runtime: &Runtime) -> bool {
    let path = meta.path();
    let known = path.segments.last().is_some_and(|last| Recorder::named(&last.ident.to_string()).is_some());
    known && runtime.owns(path) && !matches!(meta, Meta::NameValue(_))
}

/// Whether `meta` is called like one of ours, or is a `cfg_attr` with such a one in it.
fn may_be_ours(meta: &Meta, runtime: &Runtime) -> bool {
    let conditional = |list: &MetaList| {
        let metas = Punctuated::<Meta, Token![,]>::parse_terminated.parse2(list.tokens.clone());
        metas.is_ok_and(|metas| metas.iter().skip(1).any(|meta| may_be_ours(meta, runtime)))
    };
    match meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => conditional(list),
        meta => is_sibling(meta, runtime),
    }
}
