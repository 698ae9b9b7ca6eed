//! The way of one invocation: read, check, expand; mistakes stand beside what could be made.

use proc_macro2::TokenStream;
use quote::quote;

use crate::diag::Diag;
use crate::expand;
use crate::model::block::check_block;
use crate::model::function::{Subject, check_function};
use crate::model::label_value::check_item;
use crate::model::stack::check_stack;
use crate::runtime::{self, Runtime};
use crate::syntax::block::parse_block;
use crate::syntax::function::{Function, parse_function};
use crate::syntax::items::{Items, parse_items};
use crate::syntax::label_value::parse_item;
use crate::syntax::stack::{self, Recorder};

/// `metrics! { … }`
pub(crate) fn expand_block(input: TokenStream) -> TokenStream {
    let mut diag = Diag::default();
    let block = check_block(parse_block(input, &mut diag), &mut diag);
    let (errors, metrics) = (diag.finish(), expand::block::block(&block));
    quote!(#errors #metrics)
}

/// `#[derive(LabelValue)]`
pub(crate) fn expand_label_value(input: TokenStream) -> TokenStream {
    let mut diag = Diag::default();
    let item = parse_item(input, &mut diag).map(|item| check_item(item, &mut diag));
    let implementation = item.as_ref().map(expand::label_value::label_value);
    let errors = diag.finish();
    quote!(#errors #implementation)
}

/// An attribute: handed down to the next of ours, or expanded; after a mistake the function is what it was.
pub(crate) fn expand_attribute(recorder: Recorder, args: &TokenStream, item: TokenStream) -> TokenStream {
    expand_named(recorder, args, item, runtime::crate_name())
}

/// [`expand_attribute`] in the crate `krate`.
pub(crate) fn expand_named(
    recorder: Recorder,
    args: &TokenStream,
    item: TokenStream,
    krate: Option<String>,
) -> TokenStream {
    let mut diag = Diag::default();
    if let Some(items) = parse_items(item.clone()) {
        let items = diag.keep(items);
        return expand_items(recorder, args, items, item, diag);
    }
    match diag.keep(parse_function(item.clone(), recorder.name())) {
        Some(function) => expand_function(recorder, args, function, krate, diag),
        None => [diag.finish(), item].into_iter().collect(),
    }
}

/// An `impl` block or a trait; after a mistake it is what it was.
fn expand_items(
    recorder: Recorder,
    args: &TokenStream,
    items: Option<Items>,
    item: TokenStream,
    mut diag: Diag,
) -> TokenStream {
    let options = stack::parse(recorder, args.clone(), &mut diag);
    let items = items.and_then(|mut items| diag.keep(items.check(recorder.name())).map(|()| items));
    let expanded = match items {
        None => item,
        Some(items) if diag.count() == 0 => {
            expand::items::items(items, recorder, (&options, args), &mut diag)
        }
        Some(items) => {
            let runtime = Runtime::new(options.site().krate.value().cloned());
            expand::items::left_alone(items, recorder, &runtime)
        }
    };
    let errors = diag.finish();
    quote!(#errors #expanded)
}

fn expand_function(
    recorder: Recorder,
    args: &TokenStream,
    mut function: Function,
    krate: Option<String>,
    mut diag: Diag,
) -> TokenStream {
    let options = stack::parse(recorder, args.clone(), &mut diag);
    let runtime = Runtime::new(options.site().krate.value().cloned());
    function.said = stack::said(args, &function.attrs, &runtime);
    check_function(&function, recorder.name(), &mut diag);
    let parts = check_stack(recorder, options, &Subject::new(&function, krate), &mut diag);
    let is_right = diag.count() == 0;
    let errors = diag.finish();
    if !is_right {
        quote!(#errors #function)
    } else if stack::hand_down(&mut function.attrs, &runtime, recorder, args) {
        quote!(#function)
    } else {
        expand::wrap::wrap(&function, &parts)
    }
}
