//! What the rules need to know about an annotated function.

use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{FnArg, GenericParam};

use crate::diag::Diag;
use crate::model::metric::{Help, doc_help};
use crate::syntax::body::find_tail;
use crate::syntax::function::Function;

/// The annotated function, as far as metrics are concerned.
pub(crate) struct Subject {
    /// The crate that it stands in.
    pub(crate) krate: Option<String>,
    /// Its name, without `r#`.
    pub(crate) name: String,
    /// The first paragraph of its documentation.
    pub(crate) help: Option<Help>,
    /// Names that mean something else inside than outside: arguments and generic parameters.
    inner: HashSet<String>,
    /// It returns `!`.
    pub(crate) is_never: bool,
    /// It runs in `poll`.
    pub(crate) is_async: bool,
}

impl Subject {
    /// What is known from `function` in the crate `krate`.
    pub(crate) fn new(function: &Function, krate: Option<String>) -> Self {
        let signature = &function.signature;
        let mut inner = HashSet::new();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(_) => {}
                FnArg::Typed(argument) => collect_names(argument.pat.to_token_stream(), &mut inner),
            }
        }
        for param in &signature.generics.params {
            inner.extend(match param {
                GenericParam::Type(param) => Some(param.ident.to_string()),
                GenericParam::Const(param) => Some(param.ident.to_string()),
                GenericParam::Lifetime(_) => None,
            });
        }
        Self {
            krate,
            name: signature.ident.unraw().to_string(),
            help: doc_help(&function.attrs),
            inner,
            is_never: function.is_never(),
            is_async: signature.asyncness.is_some() || function.returns_future(),
        }
    }

    /// Whether `name` is an argument or a generic parameter.
    pub(crate) fn declares(&self, name: &str) -> bool {
        self.inner.contains(name)
    }
}

/// All names in a pattern; one too many only makes a label be evaluated at every call.
fn collect_names(pattern: TokenStream, names: &mut HashSet<String>) {
    for token in pattern {
        match token {
            TokenTree::Ident(name) => {
                names.insert(name.to_string());
            }
            TokenTree::Group(group) => collect_names(group.stream(), names),
            _ => {}
        }
    }
}

/// Checks that calls of the function can be recorded at all.
pub(crate) fn check_function(function: &Function, attribute: &str, diag: &mut Diag) {
    if let Some(token) = &function.signature.constness {
        diag.on(token, format!("a `const fn` can't be `#[{attribute}]`: it may run in the compiler, where there are no metrics; remove `const`"));
    }
    if function.may_return_future() {
        let text = "this may be a future, which would only be made here, or the result of the work";
        diag.on(
            &function.signature.output,
            format!("{text}; write `#[{attribute}(async)]` or `#[{attribute}(sync)]`"),
        );
    }
    if function.returns_future() && function.future().is_none() {
        check_alone(function, attribute, diag);
    }
}

/// Checks that the only future that the function can return is the `async` block at its end: no other future can stand for
/// one of its type.
fn check_alone(function: &Function, attribute: &str, diag: &mut Diag) {
    let name = &function.signature.ident;
    let because =
        format!("`#[{attribute}]` would not see it run, and no other future can stand for one of this type");
    let Some(tail) = find_tail(function.body.stream()) else {
        diag.on(
            &function.signature.output,
            format!(
                "this function only makes a future, so that {because}; write `async fn {name}`, or end the body in \
                 `async move {{ … }}` or `Box::pin(async move {{ … }})`"
            ),
        );
        return;
    };
    for at in tail.other_returns() {
        diag.at(
            at,
            format!(
                "this may return another future than the `async` block at the end: {because}; write \
                 `async fn {name}`, or spell the type, `Pin<Box<dyn Future<Output = …>>>`"
            ),
        );
    }
}
