//! The tokens of a body: what has to stay in front of a guard, and the `async` block at the end.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Item, Result, Token, Visibility, token};

use crate::syntax::returns::{calls_unknown_macro, returns};
use crate::syntax::token::{is_punct, is_word};

/// A body in two parts: a guard goes between them.
pub(crate) struct Body {
    /// Inner attributes, then items: nothing that runs.
    pub(crate) lead: TokenStream,
    /// The statements.
    pub(crate) rest: TokenStream,
}

/// Splits the content of a body.
///
/// A guard behind the items keeps clippy's `items_after_statements` quiet, and a half-typed item ends the search only.
pub(crate) fn split(content: TokenStream) -> Body {
    let reader = |input: ParseStream<'_>| {
        let start = input.cursor();
        let ahead = input.fork();
        Attribute::parse_inner(&ahead)?;
        while skip_item(&ahead) {}
        let (mut lead, mut cursor) = (TokenStream::new(), start);
        while cursor != ahead.cursor() {
            let Some((token, next)) = cursor.token_tree() else { break };
            lead.extend([token]);
            cursor = next;
        }
        input.parse::<TokenStream>()?;
        Ok(Body { lead, rest: cursor.token_stream() })
    };
    reader.parse2(content.clone()).unwrap_or(Body { lead: TokenStream::new(), rest: content })
}

/// Leaves out the item at the start, if there is one that can be read.
fn skip_item(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let is_item = starts_item(&input.fork()).unwrap_or(false) && ahead.parse::<Item>().is_ok();
    if is_item {
        input.advance_to(&ahead);
    }
    is_item
}

/// Whether an item starts here; macro calls may expand to statements and don't count.
fn starts_item(input: ParseStream<'_>) -> Result<bool> {
    input.call(Attribute::parse_outer)?;
    input.parse::<Visibility>()?;
    let block = input.peek2(token::Brace);
    Ok(if input.peek(Token![const]) || input.peek(Token![unsafe]) || input.peek(Token![async]) {
        !block && !input.peek2(Token![move]) && !input.peek2(Token![|]) && !input.peek2(Token![||])
    } else if input.peek(Token![static]) {
        !input.peek2(Token![|]) && !input.peek2(Token![||]) && !input.peek2(Token![move])
    } else {
        input.peek(Token![use])
            || input.peek(Token![fn])
            || input.peek(Token![struct])
            || input.peek(Token![enum])
            || input.peek(Token![trait])
            || input.peek(Token![impl])
            || input.peek(Token![mod])
            || input.peek(Token![type])
            || input.peek(Token![extern])
    })
}

/// A literal `async` block at the end of a body, bare, in `Box::pin(…)`, or with `.boxed()` behind it.
pub(crate) struct Tail {
    /// All that stands before: statements, and `Box::pin` if it is there.
    pub(crate) before: TokenStream,
    /// The parentheses of `Box::pin(…)`.
    pub(crate) paren: Option<Span>,
    /// `async` or `async move`.
    pub(crate) head: TokenStream,
    /// The block.
    pub(crate) block: Group,
    /// `.boxed()` or `.boxed_local()`, and the semicolon of a `return`.
    pub(crate) after: TokenStream,
}

impl Tail {
    /// The `return`s before it: they may return another future than this one.
    pub(crate) fn other_returns(&self) -> Vec<Span> {
        let mut others = returns(self.before.clone());
        let before: Vec<TokenTree> = self.before.clone().into_iter().collect();
        // The last of them may return this one.
        if before.iter().rev().find(|token| !is_path(token)).is_some_and(|token| is_word(token, "return")) {
            others.pop();
        }
        others
    }

    /// Whether a statement before it may return another future, by a `return` or by a macro that has one.
    pub(crate) fn may_be_missed(&self) -> bool {
        !self.other_returns().is_empty() || calls_unknown_macro(self.before.clone())
    }
}

/// Finds the `async` block that a body ends with.
pub(crate) fn find_tail(content: TokenStream) -> Option<Tail> {
    let mut tokens: Vec<TokenTree> = content.into_iter().collect();
    let end = tokens.pop_if(|token| is_punct(token, ';'));
    let returned = end.is_some();
    let mut after = take_boxed(&mut tokens);
    after.extend(end);
    let Some(TokenTree::Group(last)) = tokens.pop() else { return None };
    match last.delimiter() {
        Delimiter::Brace => {
            let head = take_head(&mut tokens)?;
            is_start(tokens.last(), returned).then_some(())?;
            Some(Tail { before: tokens.into_iter().collect(), paren: None, head, block: last, after })
        }
        Delimiter::Parenthesis if ends_with_box_pin(&tokens, returned) => {
            let mut inside: Vec<TokenTree> = last.stream().into_iter().collect();
            inside.pop_if(|token| is_punct(token, ','));
            let Some(TokenTree::Group(block)) = inside.pop() else { return None };
            let head = take_head(&mut inside)?;
            (inside.is_empty() && block.delimiter() == Delimiter::Brace).then_some(())?;
            Some(Tail { before: tokens.into_iter().collect(), paren: Some(last.span()), head, block, after })
        }
        _ => None,
    }
}

/// Takes `.boxed()` or `.boxed_local()` off the end.
fn take_boxed(tokens: &mut Vec<TokenTree>) -> TokenStream {
    let boxed = match tokens.as_slice() {
        [.., dot, TokenTree::Ident(method), TokenTree::Group(arguments)] => {
            is_punct(dot, '.')
                && (method == "boxed" || method == "boxed_local")
                && arguments.stream().is_empty()
        }
        _ => false,
    };
    let length = if boxed { tokens.len().saturating_sub(3) } else { tokens.len() };
    tokens.drain(length..).collect()
}

/// Takes `async` or `async move` off the end.
fn take_head(tokens: &mut Vec<TokenTree>) -> Option<TokenStream> {
    let moved = tokens.pop_if(|token| is_word(token, "move"));
    let head = tokens.pop_if(|token| is_word(token, "async"))?;
    Some(std::iter::once(head).chain(moved).collect())
}

/// Whether an expression can start behind `token`; one with a semicolon behind it has to be `returned`.
fn is_start(token: Option<&TokenTree>, returned: bool) -> bool {
    match token {
        Some(token) if is_word(token, "return") => true,
        _ if returned => false,
        None => true,
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(token) => is_punct(token, ';'),
    }
}

/// Whether `tokens` end with a whole expression `Box::pin`, with any path in front of `Box`.
fn ends_with_box_pin(tokens: &[TokenTree], returned: bool) -> bool {
    let length = tokens.iter().rev().take_while(|token| is_path(token)).count();
    let (front, path) = tokens.split_at(tokens.len().saturating_sub(length));
    let ends = matches!(path, [.., owner, _, _, pin] if is_word(owner, "Box") && is_word(pin, "pin"));
    ends && is_start(front.last(), returned)
}

/// Whether it may be part of the path of `Box::pin`.
fn is_path(token: &TokenTree) -> bool {
    is_punct(token, ':') || matches!(token, TokenTree::Ident(word) if word != "return")
}

#[cfg(test)]
mod tests {
    use super::{find_tail, split};

    fn lead(body: &str) -> String {
        split(body.parse().unwrap_or_default()).lead.to_string()
    }

    #[test]
    fn items_lead_and_statements_rest() {
        let items = "#![allow(unused)] use a::b; const N: u8 = 1; fn f() {}";
        assert_eq!(lead(&format!("{items} f(); use c;")), lead(items));
        assert_eq!(split(format!("{items} f();").parse().unwrap_or_default()).rest.to_string(), "f () ;");
        assert_eq!(lead("#[cfg(test)] struct A; let a = 1;"), "# [cfg (test)] struct A ;");
    }

    #[test]
    fn expressions_and_macros_do_not_lead() {
        for body in [
            "unsafe { f() }",
            "const { 1 }",
            "async move { 1 }",
            "static || 1",
            "m! {}",
            "union += 1;",
            "use a::",
            "",
            "macro_rules! m { () => {} }",
        ] {
            assert_eq!(lead(body), "", "{body}");
        }
    }

    #[test]
    fn async_tails_are_found() {
        for body in [
            "async { 1 }",
            "f(); async move { 1 }",
            "if a {} Box::pin(async { 1 })",
            "::std::boxed::Box::pin(async move { 1 },)",
            "return async { 1 }",
            "return Box::pin(async {});",
            "async { 1 }.boxed()",
        ] {
            assert!(body.parse().ok().and_then(find_tail).is_some(), "{body}");
        }
    }

    #[test]
    fn other_tails_are_not() {
        for body in [
            "f(async { 1 })",
            "let a = async { 1 };",
            "a + async { 1 }",
            "x.Box::pin(async {})",
            "Box::pin(f())",
            "async {}.map(g)",
            "async {};",
            "",
        ] {
            assert!(body.parse().ok().and_then(find_tail).is_none(), "{body}");
        }
    }
}
