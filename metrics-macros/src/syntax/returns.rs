//! Where statements may return from, as far as tokens tell.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;

use crate::syntax::token::{is_punct, is_word};

/// Macros that everybody uses, and that never return from where they stand.
const KNOWN: [&str; 42] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "column",
    "concat",
    "dbg",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "debug_span",
    "env",
    "eprint",
    "eprintln",
    "error",
    "error_span",
    "event",
    "file",
    "format",
    "format_args",
    "include_str",
    "info",
    "info_span",
    "line",
    "matches",
    "module_path",
    "option_env",
    "panic",
    "print",
    "println",
    "span",
    "stringify",
    "todo",
    "trace",
    "trace_span",
    "unimplemented",
    "unreachable",
    "vec",
    "warn",
    "write",
    "writeln",
];

/// Every `return`, at any depth, but for those of `async` blocks and of closures whose block follows their parameters. What
/// other closures and functions within return is counted too.
pub(crate) fn returns(tokens: TokenStream) -> Vec<Span> {
    let (mut found, mut before) = (Vec::new(), None);
    for token in tokens {
        match &token {
            TokenTree::Group(group) if !is_apart(before.as_ref(), group.delimiter()) => {
                found.extend(returns(group.stream()));
            }
            word if is_word(word, "return") => found.push(word.span()),
            _ => {}
        }
        before = Some(token);
    }
    found
}

/// Whether braces behind this token are a body of their own.
fn is_apart(before: Option<&TokenTree>, delimiter: Delimiter) -> bool {
    let opens = |token: &TokenTree| is_punct(token, '|') || is_word(token, "async") || is_word(token, "move");
    delimiter == Delimiter::Brace && before.is_some_and(opens)
}

/// Whether a macro is called, at any depth, that may have a `return` of its own.
pub(crate) fn calls_unknown_macro(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_call = |tokens: &[TokenTree]| match tokens {
        [TokenTree::Ident(name), bang, TokenTree::Group(_)] => is_punct(bang, '!') && is_unknown(name),
        _ => false,
    };
    let within = |token: &TokenTree| match token {
        TokenTree::Group(group) => calls_unknown_macro(group.stream()),
        _ => false,
    };
    tokens.windows(3).any(is_call) || tokens.iter().any(within)
}

/// Whether it is the name of a macro, which a keyword in front of `!(…)` is not, and of none that is known.
fn is_unknown(name: &Ident) -> bool {
    let is_name = syn::parse2::<Ident>(name.to_token_stream()).is_ok();
    is_name && !KNOWN.iter().any(|known| name == known)
}

#[cfg(test)]
mod tests {
    use super::{calls_unknown_macro, returns};

    #[test]
    fn returns_are_found_at_any_depth() {
        for (body, expected) in [
            ("if a { return b; } m!(return c)", 2),
            ("let a = || return 1;", 1),
            ("let a = |b| { return b }; let c = async move { return 1 }; async { return }", 0),
            ("match a { A | B => { return c } }", 1),
            ("returned()", 0),
        ] {
            assert_eq!(returns(body.parse().unwrap_or_default()).len(), expected, "{body}");
        }
    }

    #[test]
    fn macros_may_return() {
        for body in ["bail!(a)", "if a { my::ensure! { b } }", "f(g![1])"] {
            assert!(calls_unknown_macro(body.parse().unwrap_or_default()), "{body}");
        }
        for body in ["tracing::info!(a)", "vec![1]; a != (b)", "if !(a) {} while !{ b } {}", "return !(a)"] {
            assert!(!calls_unknown_macro(body.parse().unwrap_or_default()), "{body}");
        }
    }
}
