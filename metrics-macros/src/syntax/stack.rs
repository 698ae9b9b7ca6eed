//! Several of our attributes on one function: which of them is next, and how arguments are handed down to it.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::{Attribute, Meta, MetaList, Path, token};

use crate::diag::Diag;
use crate::runtime::{Runtime, span};
use crate::syntax::counted::Counted;
use crate::syntax::function::Runs;
use crate::syntax::site::{Handed, Site};
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

    /// What attributes further out handed down, outermost first.
    pub(crate) fn take_handed(&mut self) -> Vec<Handed> {
        let site = match self {
            Self::Counted(counted) => &mut counted.site,
            Self::Timed(timed) => &mut timed.site,
            Self::Gauged(site) => site,
        };
        std::mem::take(&mut site.handed)
    }
}

/// What one of the attributes of a function says about its return type: the one with `args`, those further out, whose
/// arguments were handed to it, or those further in.
pub(crate) fn said(args: &TokenStream, attrs: &[Attribute], runtime: &Runtime) -> Option<Runs> {
    let further = attrs.iter().filter(|attr| is_sibling(attr, runtime)).find_map(|attr| match &attr.meta {
        Meta::List(list) => said_in(list.tokens.clone()),
        _ => None,
    });
    said_in(args.clone()).or(further)
}

fn said_in(args: TokenStream) -> Option<Runs> {
    let mut is_entry = true;
    let mut with = false;
    for token in args {
        match &token {
            TokenTree::Ident(word) if is_entry && word == "async" => return Some(Runs::Async),
            TokenTree::Ident(word) if is_entry && word == "sync" => return Some(Runs::Sync),
            TokenTree::Ident(word) => with = Recorder::named(&word.to_string()).is_some() || word == "__with",
            TokenTree::Group(group) if with => {
                if let Some(said) = said_in(group.stream()) {
                    return Some(said);
                }
            }
            _ => with = false,
        }
        is_entry = is_comma(&token);
    }
    None
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

/// Hands the arguments of `recorder` down to the next of our attributes among `attrs`; `false` if there is none.
///
/// Only rustc knows what a path means, so the sibling is not taken away by its name: it is called, with more arguments.
pub(crate) fn hand_down(
    attrs: &mut [Attribute],
    runtime: &Runtime,
    recorder: Recorder,
    args: &TokenStream,
) -> bool {
    let Some(sibling) = attrs.iter_mut().find(|attr| is_sibling(attr, runtime)) else { return false };
    let (own, handed) = split_handed(args.clone());
    let name = Ident::new(recorder.name(), span());
    let with = quote_spanned!(span()=> __with(#handed #name(#own)));
    match &mut sibling.meta {
        Meta::List(list) => append(&mut list.tokens, with),
        meta => *meta = Meta::List(with_args(meta.path().clone(), with)),
    }
    true
}

fn with_args(path: Path, tokens: TokenStream) -> MetaList {
    MetaList { path, delimiter: syn::MacroDelimiter::Paren(token::Paren(span())), tokens }
}

/// Whether `attr` is this one of our attributes.
pub(crate) fn names_recorder(attr: &Attribute, recorder: Recorder, runtime: &Runtime) -> bool {
    is_sibling(attr, runtime) && attr.path().segments.last().is_some_and(|last| last.ident == recorder.name())
}

fn is_sibling(attr: &Attribute, runtime: &Runtime) -> bool {
    let path = attr.path();
    let known = path.segments.last().is_some_and(|last| Recorder::named(&last.ident.to_string()).is_some());
    known && runtime.owns(path) && !matches!(attr.meta, Meta::NameValue(_))
}

/// Splits the arguments into those that the user wrote and those that were handed to us, `counted(…),`.
fn split_handed(args: TokenStream) -> (TokenStream, TokenStream) {
    let mut own: Vec<_> = args.into_iter().collect();
    let handed = match own.as_slice() {
        [.., TokenTree::Ident(with), TokenTree::Group(group)] if with == "__with" => group.stream(),
        _ => return (own.into_iter().collect(), TokenStream::new()),
    };
    own.truncate(own.len().saturating_sub(2));
    (own.into_iter().collect(), quote_spanned!(span()=> #handed,))
}

/// Adds one more entry, whether or not the entries end with a comma.
fn append(tokens: &mut TokenStream, entry: TokenStream) {
    if tokens.clone().into_iter().last().is_some_and(|last| !is_comma(&last)) {
        <token::Comma>::default().to_tokens(tokens);
    }
    tokens.extend(entry);
}
