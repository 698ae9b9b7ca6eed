//! Puts the guard into a function: the signature, the braces and the statements stay the user's own tokens.

use proc_macro2::{Delimiter, Group, Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use crate::expand::gathered::Gathered;
use crate::expand::late::{Place, finish, readings, site};
use crate::expand::rows::Rows;
use crate::expand::site::{Site, rows};
use crate::model::part::Part;
use crate::runtime::{Runtime, span};
use crate::syntax::body::{Body, Tail, find_tail, split};
use crate::syntax::function::Function;
use crate::syntax::output::FutureType;

/// The function with the guard of all `parts`, outermost first.
pub(crate) fn wrap(function: &Function, parts: &[Part]) -> TokenStream {
    let Function { attrs, header, body, .. } = function;
    let future = function.future();
    let is_last = |tail: &Tail| future != Some(FutureType::Boxed) || !tail.may_be_missed();
    let tail = find_tail(body.stream()).filter(|tail| function.returns_future() && is_last(tail));
    let content = match (tail, future) {
        (Some(tail), _) => in_tail(tail, function, parts),
        (None, Some(future)) if function.returns_future() => around(future, function, parts),
        _ => guarded(body, &Frame::of(function), function, parts, |guard| entered(parts, guard)),
    };
    let body = regroup(body, content);
    quote!(#(#attrs)* #header #body)
}

/// The statements of a function that ends in an `async` block: the guard goes into it.
///
/// Labels are asked for before the statements, as those may use up the arguments or give their names to something else.
fn in_tail(tail: Tail, function: &Function, parts: &[Part]) -> TokenStream {
    let frame = Frame::Async { head: tail.head.clone(), result: function.future_result() };
    let values = parts.iter().any(Part::asks_at_call).then(|| Ident::new("__metrics_parts", span()));
    let found = values.as_ref().map(|values| {
        let entered = entered(parts, "Recorded");
        quote_spanned!(span()=> let #values = #entered;)
    });
    let call = |guard: &str| match &values {
        Some(values) => begun(parts, guard, values),
        None => entered(parts, guard),
    };
    let block = regroup(&tail.block, guarded(&tail.block, &frame, function, parts, call));
    let Body { lead, rest: before } = split(tail.before);
    let (head, after) = (tail.head, tail.after);
    let mut future = quote!(#head #block);
    if let Some(paren) = tail.paren {
        let mut parens = Group::new(Delimiter::Parenthesis, future);
        parens.set_span(paren);
        future = parens.to_token_stream();
    }
    quote!(#lead #found #before #future #after)
}

/// The statements of a function that returns any other future: it is put into one that has the guard.
///
/// What is asked for at the start is asked for before the statements, as they may use up the arguments.
fn around(future: FutureType, function: &Function, parts: &[Part]) -> TokenStream {
    let Body { lead, rest } = split(function.body.stream());
    let (private, names) = (runtime(parts).private(), ["__metrics_parts", "__metrics_future"]);
    let [values, inner] = names.map(|name| Ident::new(name, span()));
    let (entered, block) = (entered(parts, "Recorded"), regroup(&function.body, rest));
    let result = function.result();
    let made = quote_spanned!(span()=> #private::call(move || -> #result #block));
    let guard = Ident::new("__metrics_guard", span());
    let body = if parts.iter().any(Part::is_judged) {
        let result = Ident::new("__metrics_result", span());
        let (call, finish) =
            (begun(parts, "Judged", &values), finish(parts, &guard, &result, &runtime(parts)));
        quote_spanned! {span()=>
            let mut #guard = #call;
            let #result = #private::Judged::watch(&mut #guard, #inner).await;
            #finish
            #result
        }
    } else {
        let call = begun(parts, "Call", &values);
        quote_spanned!(span()=> let #guard = #call; #inner.await)
    };
    let mut wrapped = quote_spanned!(span()=> async move { #body });
    if future == FutureType::Boxed {
        // Only here are the two of one type.
        wrapped = quote_spanned! {span()=>
            if !#private::RECORD { return #inner; }
            #private::Box::pin(#wrapped)
        };
    }
    quote_spanned!(span()=> #lead let #values = #entered; let #inner = #made; #wrapped)
}

/// How statements run whose result is looked at.
enum Frame {
    /// In a closure that is called at once.
    Sync { result: TokenStream },
    /// In a future behind `head`.
    Async { head: TokenStream, result: TokenStream },
}

impl Frame {
    fn of(function: &Function) -> Self {
        let result = function.result();
        match function.signature.asyncness {
            None => Self::Sync { result },
            Some(_) => Self::Async { head: quote_spanned!(span()=> async move), result },
        }
    }
}

/// The user's braces around other content.
fn regroup(braces: &Group, content: TokenStream) -> Group {
    let mut group = Group::new(Delimiter::Brace, content);
    group.set_span(braces.span());
    group
}

/// The statements behind the guard.
///
/// `call` makes the value of the guard, of the type that it is told.
fn guarded(
    body: &Group,
    frame: &Frame,
    function: &Function,
    parts: &[Part],
    call: impl Fn(&str) -> TokenStream,
) -> TokenStream {
    let Body { lead, rest } = split(body.stream());
    let guard = Ident::new("__metrics_guard", span());
    // What never returns has no result to look at.
    if function.is_never() || !parts.iter().any(Part::is_judged) {
        // The statements are not put into a block of their own: that would change their lints.
        let call = call("Call");
        return quote_spanned!(span()=> #lead let #guard = #call; #rest);
    }
    let (call, result) = (call("Judged"), Ident::new("__metrics_result", span()));
    let private = runtime(parts).private();
    let run = match frame {
        Frame::Sync { result } => {
            let block = regroup(body, rest);
            quote_spanned!(span()=> #private::Judged::run(&mut #guard, move || -> #result #block))
        }
        Frame::Async { head, result } => {
            // Tells inference the type before the first statement: a `let` with a type would come too late.
            let hint = quote_spanned!(span()=> if false { return #private::never::<#result>(); });
            let block = regroup(body, quote!(#hint #rest));
            quote_spanned!(span()=> #private::Judged::watch(&mut #guard, #head #block).await)
        }
    };
    // That an `async` block yields a future is what the function says, and clippy does not complain of it there.
    let allowed =
        function.makes_future().then(|| quote_spanned!(span()=> #[allow(clippy::async_yields_async)]));
    let finish = finish(parts, &guard, &result, &runtime(parts));
    quote_spanned!(span()=> #lead let mut #guard = #call; #allowed let #result = #run; #finish #result)
}

/// The runtime that one of the attributes names, or the usual one.
fn runtime(parts: &[Part]) -> Runtime {
    let given = parts.iter().map(|part| &part.runtime).find(|runtime| runtime.is_given());
    given.cloned().unwrap_or_default()
}

/// The value of the guard, of the type `guard`; of `Recorded`, its parts alone.
///
/// Where nothing is recorded, no label is asked for, and the guard is empty: `if` has rustc check the rest all the same.
///
/// The statics stand inside of it: items are not hygienic, and a constant of the same name in the user's body would not
/// compile. The rows are evaluated outside, where the user's expressions can't see our items.
fn entered(parts: &[Part], guard: &str) -> TokenStream {
    let (mut sites, mut shared): (Vec<Site>, _) = (Vec::new(), Rows::default());
    for (place, part) in parts.iter().enumerate() {
        let row = sites.iter().filter(|site| site.row.is_some()).count();
        let results = readings(parts.get(..place).unwrap_or_default()).len();
        sites.push(site(part, &Place { part: place, row, results }, &mut shared));
    }
    let values: Vec<&TokenStream> = sites.iter().filter_map(|site| site.row.as_ref()).collect();
    let (mut statics, found) = (Gathered::default(), shared.found());
    for site in &sites {
        statics.extend(&site.statics);
    }
    let (guard, runtime) = (Ident::new(guard, span()), runtime(parts));
    let (private, enter) = (runtime.private(), enter(&sites, &guard, &runtime));
    let register = statics.register(&runtime);
    let mut block = quote_spanned!(span()=> { #statics #register #(#found)* #enter });
    if !values.is_empty() {
        let rows = rows(span());
        block = quote_spanned!(span()=> { match (#(#values,)*) { #rows => #block } });
    }
    quote_spanned!(span()=> if #private::RECORD #block else { #private::#guard::off() })
}

/// The value of the guard, of the type `guard`, of parts that were found before.
fn begun(parts: &[Part], guard: &str, values: &Ident) -> TokenStream {
    let (private, guard) = (runtime(parts).private(), Ident::new(guard, span()));
    quote_spanned!(span()=> #private::#guard::begin(#values))
}

fn enter(sites: &[Site], guard: &Ident, runtime: &Runtime) -> TokenStream {
    let mut parts = sites.iter().rev().map(|site| site.part.clone());
    let last = parts.next().unwrap_or_default();
    let nested = parts.fold(last, |rest, part| quote_spanned!(span()=> (#part, #rest)));
    let private = runtime.private();
    quote_spanned!(span()=> #private::#guard::enter(#nested))
}
