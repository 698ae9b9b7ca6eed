//! The only file that spells the runtime's path, and that asks the compiler where and for whom it runs.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::Path;

/// Where generated code finds the runtime: `::metrics_core`, or what `crate = path` says.
#[derive(Clone, Default)]
pub(crate) struct Runtime {
    path: Option<Path>,
}

impl Runtime {
    /// The runtime at `path`, or at its usual place.
    pub(crate) fn new(path: Option<Path>) -> Self {
        Self { path }
    }

    /// Whether a path was given by the user.
    pub(crate) fn is_given(&self) -> bool {
        self.path.is_some()
    }

    /// The crate's public face.
    pub(crate) fn public(&self) -> TokenStream {
        self.public_at(span())
    }

    /// [`public`](Self::public), where what rustc says about it is said of `at`.
    pub(crate) fn public_at(&self, at: Span) -> TokenStream {
        let usual = || quote_spanned!(at=> ::metrics_core);
        self.path.as_ref().map_or_else(usual, ToTokens::to_token_stream)
    }

    /// What only generated code may call. Its name carries the version: nobody else can lean on it, and a macro never
    /// meets the runtime of another version.
    pub(crate) fn private(&self) -> TokenStream {
        self.private_at(span())
    }

    /// [`private`](Self::private), where what rustc says about it is said of `at`.
    pub(crate) fn private_at(&self, at: Span) -> TokenStream {
        let module = Ident::new(&private_name(), at);
        let public = self.public_at(at);
        quote_spanned!(at=> #public::#module)
    }

    /// Whether `path` names one of the macros of this runtime: alone, behind `metrics_core`, or behind `crate = path`.
    pub(crate) fn owns(&self, path: &Path) -> bool {
        let names = names(path);
        match names.split_last() {
            None => false,
            Some((_, [])) => path.leading_colon.is_none(),
            Some((_, front)) => {
                front.last().is_some_and(|name| name == "metrics_core")
                    || self.path.as_ref().is_some_and(|own| self::names(own) == front)
            }
        }
    }
}

/// The name of the module that only generated code may call.
fn private_name() -> String {
    let version = env!("CARGO_PKG_VERSION").replace(|letter: char| !letter.is_ascii_alphanumeric(), "_");
    format!("__private_{version}")
}

/// Whether `path` ends in what only generated code may call, under this name.
pub(crate) fn is_private(path: &Path, name: &str) -> bool {
    matches!(names(path).as_slice(), [.., module, last] if last == name && *module == private_name())
}

/// The segments of `path` as text.
fn names(path: &Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

/// The span of everything generated: lints see it as code of another crate, and its locals are invisible to the user.
pub(crate) fn span() -> Span {
    Span::mixed_site()
}

/// Like [`span`], but shown at `user`'s place in messages.
pub(crate) fn span_at(user: Span) -> Span {
    Span::mixed_site().located_at(user)
}

/// The same tokens at the same places, as if we had written them: their lints are not the user's.
pub(crate) fn ours(tokens: impl ToTokens) -> TokenStream {
    let respan = |token: TokenTree| {
        let mut token = match token {
            TokenTree::Group(group) => TokenTree::Group(Group::new(group.delimiter(), ours(group.stream()))),
            token => token,
        };
        token.set_span(span_at(token.span()));
        token
    };
    tokens.into_token_stream().into_iter().map(respan).collect()
}

/// The name of the crate that is being compiled.
pub(crate) fn crate_name() -> Option<String> {
    let read = |key| std::env::var(key).ok().filter(|name| !name.is_empty());
    read("CARGO_CRATE_NAME").or_else(|| read("CARGO_PKG_NAME"))
}

/// The line of `span` in the user's file; `line!()` would tell the line of the whole block.
pub(crate) fn line(span: Span) -> Option<u32> {
    let line = proc_macro::is_available().then(|| span.unwrap().line())?;
    u32::try_from(line).ok()
}
