//! An attribute on an `impl` block or a trait: each function with a body gets it.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Attribute;
use syn::parse::Parser;

use crate::diag::Diag;
use crate::runtime::{Runtime, span};
use crate::syntax::items::Items;
use crate::syntax::stack::{Args, Recorder, names_recorder};

/// The block with `args` as an attribute of each of its functions, but for those with `skip`.
pub(crate) fn items(
    mut items: Items,
    recorder: Recorder,
    (args, tokens): (&Args, &TokenStream),
    diag: &mut Diag,
) -> TokenStream {
    let runtime = Runtime::new(args.site().krate.value().cloned());
    let owner = items.name();
    for mut member in items.members() {
        if !member.take_skip(|attr| names_recorder(attr, recorder, &runtime)) {
            let path = args.has_default_labels().then(|| format!("{owner}::{}", member.name));
            let found = diag.keep(attribute(recorder, tokens, path, &runtime));
            let own = std::mem::take(member.attrs);
            *member.attrs = found.into_iter().flatten().chain(own).collect();
        }
    }
    items.to_token_stream()
}

/// The block as it was, but for `skip`, which means something to us only.
pub(crate) fn left_alone(mut items: Items, recorder: Recorder, runtime: &Runtime) -> TokenStream {
    for mut member in items.members() {
        member.take_skip(|attr| names_recorder(attr, recorder, runtime));
    }
    items.to_token_stream()
}

/// `#[recorder(args, function = "Type::function")]`
fn attribute(
    recorder: Recorder,
    args: &TokenStream,
    path: Option<String>,
    runtime: &Runtime,
) -> syn::Result<Vec<Attribute>> {
    let (public, name) = (runtime.public(), Ident::new(recorder.name(), span()));
    let function = path.map(|path| quote_spanned!(span()=> function = #path,));
    // The user's arguments stand last: they may end with a comma or without one.
    let tokens = quote_spanned!(span()=> #[#public::#name(#function #args)]);
    Attribute::parse_outer.parse2(quote!(#tokens))
}
