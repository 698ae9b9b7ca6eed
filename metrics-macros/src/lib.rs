//! The macros of `metrics-core`, which re-exports them: depend on that crate, and see its documentation.
#![forbid(unsafe_code)]
#![allow(
    missing_docs,
    reason = "the re-exports are documented, with examples that are run: metrics-core/docs"
)]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

use proc_macro::TokenStream;

use crate::pipeline::{expand_attribute, expand_block, expand_label_value, expand_stacked};
use crate::syntax::stack::Recorder;

mod diag;
#[cfg(test)]
mod documented;
mod expand;
mod model;
mod pipeline;
mod runtime;
#[cfg(test)]
mod snapshots;
mod syntax;

#[proc_macro]
pub fn metrics(input: TokenStream) -> TokenStream {
    expand_block(input.into()).into()
}

#[proc_macro_derive(LabelValue, attributes(label))]
pub fn label_value(input: TokenStream) -> TokenStream {
    expand_label_value(input.into()).into()
}

#[proc_macro_attribute]
pub fn counted(args: TokenStream, item: TokenStream) -> TokenStream {
    expand_attribute(Recorder::Counted, &args.into(), item.into()).into()
}

#[proc_macro_attribute]
pub fn timed(args: TokenStream, item: TokenStream) -> TokenStream {
    expand_attribute(Recorder::Timed, &args.into(), item.into()).into()
}

#[proc_macro_attribute]
pub fn gauged(args: TokenStream, item: TokenStream) -> TokenStream {
    expand_attribute(Recorder::Gauged, &args.into(), item.into()).into()
}

/// What several attributes record of one function, where rustc has turned none of those below into one of ours.
#[doc(hidden)]
#[proc_macro_attribute]
pub fn stacked(args: TokenStream, item: TokenStream) -> TokenStream {
    expand_stacked(&args.into(), item.into()).into()
}
