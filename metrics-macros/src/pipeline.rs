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
use crate::syntax::stack::{self, Args, Recorder};

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

/// An attribute: passed on to the innermost of ours, or expanded; after a mistake the function is what it was.
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
    if stack::goes_on(&function.attrs, &runtime) {
        check_stack([(recorder, options)], &Subject::new(&function, krate), &mut diag);
        if diag.count() == 0 {
            diag.keep(stack::pass_on(&mut function.attrs, &runtime, recorder, args));
        }
        let errors = diag.finish();
        return quote!(#errors #function);
    }
    let passed = diag.keep(stack::take_passed(&mut function.attrs)).unwrap_or_default();
    let mut parts: Vec<_> = passed.into_iter().map(|passed| passed.parse(&mut diag)).collect();
    parts.push((recorder, options));
    expand_stack(parts, &function, krate, diag)
}

/// The guard of a function whose other attributes were another crate's, or were left out by a `cfg_attr`.
pub(crate) fn expand_stacked(args: &TokenStream, item: TokenStream) -> TokenStream {
    let mut diag = Diag::default();
    let stack = diag.keep(stack::parse_passed(args.clone())).unwrap_or_default();
    let name = stack.last().map_or("counted", |last| last.recorder.name());
    let Some(mut function) = diag.keep(parse_function(item.clone(), name)) else {
        return [diag.finish(), item].into_iter().collect();
    };
    function.said = stack::said(args, &function.attrs, &Runtime::default());
    let stack = stack.into_iter().map(|passed| passed.parse(&mut diag)).collect();
    expand_stack(stack, &function, runtime::crate_name(), diag)
}

/// The function with the guard of a whole stack, or after a mistake as it is.
fn expand_stack(
    stack: Vec<(Recorder, Args)>,
    function: &Function,
    krate: Option<String>,
    mut diag: Diag,
) -> TokenStream {
    if let Some((recorder, _)) = stack.last() {
        check_function(function, recorder.name(), &mut diag);
    }
    let parts = check_stack(stack, &Subject::new(function, krate), &mut diag);
    let is_right = diag.count() == 0;
    let errors = diag.finish();
    if is_right { expand::wrap::wrap(function, &parts) } else { quote!(#errors #function) }
}
