//! Puts the guard into a function: the signature, the braces and the statements stay the user's own tokens.

use proc_macro2::{Delimiter, Group, Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use crate::expand::site::{Site, rows, site};
use crate::model::part::Part;
use crate::runtime::{Runtime, span};
use crate::syntax::body::{Body, find_tail, split};
use crate::syntax::function::Function;

/// The function with the guard of all `parts`, outermost first.
pub(crate) fn wrap(function: &Function, parts: &[Part]) -> TokenStream {
    let Function { attrs, header, body, .. } = function;
    let guard = guard(parts);
    let content = body.stream();
    let content = match find_tail(content.clone()).filter(|_| function.returns_future()) {
        None => guarded(content, &guard),
        Some(tail) => {
            let block = regroup(&tail.block, guarded(tail.block.stream(), &guard));
            let (before, head, after) = (tail.before, tail.head, tail.after);
            let mut future = quote!(#head #block);
            if let Some(paren) = tail.paren {
                let mut parens = Group::new(Delimiter::Parenthesis, future);
                parens.set_span(paren);
                future = parens.to_token_stream();
            }
            quote!(#before #future #after)
        }
    };
    let body = regroup(body, content);
    quote!(#(#attrs)* #header #body)
}

/// The user's braces around other content.
fn regroup(braces: &Group, content: TokenStream) -> Group {
    let mut group = Group::new(Delimiter::Brace, content);
    group.set_span(braces.span());
    group
}

/// The statements behind the guard. They are not put into a block of their own: that would change their lints.
fn guarded(content: TokenStream, guard: &TokenStream) -> TokenStream {
    let Body { lead, rest } = split(content);
    quote!(#lead #guard #rest)
}

/// `let __metrics_guard = …;`
///
/// The statics stand inside its initialiser: items are not hygienic, and a constant of the same name in the user's body
/// would not compile. The rows are evaluated outside of it, where the user's expressions can't see our items.
fn guard(parts: &[Part]) -> TokenStream {
    let mut sites: Vec<Site> = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let row = sites.iter().filter(|site| site.row.is_some()).count();
        sites.push(site(part, place, row));
    }
    let values: Vec<&TokenStream> = sites.iter().filter_map(|site| site.row.as_ref()).collect();
    let statics = sites.iter().map(|site| &site.statics);
    let enter = enter(&sites, parts);
    let block = quote_spanned!(span()=> { #(#statics)* #enter });
    let guard = Ident::new("__metrics_guard", span());
    if values.is_empty() {
        return quote_spanned!(span()=> let #guard = #block;);
    }
    let rows = rows(span());
    quote_spanned!(span()=> let #guard = match (#(#values,)*) { #rows => #block };)
}

fn enter(sites: &[Site], parts: &[Part]) -> TokenStream {
    let nested = sites.iter().rev().fold(quote_spanned!(span()=> ()), |rest, site| {
        let part = &site.part;
        quote_spanned!(span()=> (#part, #rest))
    });
    let given = parts.iter().map(|part| &part.runtime).find(|runtime| runtime.is_given());
    let private = given.unwrap_or(&Runtime::default()).private();
    quote_spanned!(span()=> #private::Call::enter(#nested))
}
