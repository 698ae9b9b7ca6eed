//! An attribute of somebody else's that is called like one of ours.

use proc_macro::{Delimiter, Group, TokenStream, TokenTree};

/// `#[timed(CALLS)]` adds one to an atomic integer, and takes no other argument.
#[proc_macro_attribute]
pub fn timed(args: TokenStream, item: TokenStream) -> TokenStream {
    let calls: Vec<TokenTree> = args.into_iter().collect();
    let [TokenTree::Ident(calls)] = calls.as_slice() else {
        return "compile_error!(\"expected one static, as in `#[timed(CALLS)]`\");"
            .parse()
            .unwrap_or_default();
    };
    let add = format!("{calls}.fetch_add(1, ::std::sync::atomic::Ordering::Relaxed);");
    let mut item: Vec<TokenTree> = item.into_iter().collect();
    if let Some(TokenTree::Group(body)) = item.pop() {
        let statements = [add.parse().unwrap_or_default(), body.stream()].into_iter().collect();
        item.push(Group::new(Delimiter::Brace, statements).into());
    }
    item.into_iter().collect()
}
