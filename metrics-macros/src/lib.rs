//! The macros of `metrics-core`, which re-exports them: depend on that crate, and see its documentation for examples.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

use proc_macro::TokenStream;

use crate::pipeline::{expand_attribute, expand_block, expand_label_value, expand_stacked};
use crate::syntax::stack::Recorder;

mod diag;
mod expand;
mod model;
mod pipeline;
mod runtime;
#[cfg(test)]
mod snapshots;
mod syntax;

/// Declares metrics.
///
/// ```text
/// metrics! {
///     /// Total number of HTTP requests by method and endpoint.
///     pub static HTTP_REQUESTS_TOTAL: Counter<method: Method, endpoint>;
/// }
/// ```
///
/// The kinds are `Counter`, `Gauge`, `Histogram`, `Summary`, `Info` and `StateSet`. The name is the static's in lower
/// case, the help is the first paragraph of its documentation. In the angle brackets stand the labels: `name` takes
/// every label value, `name: Type` that type only; `r#type` and `"crate" as krate` are for names that Rust can't spell.
/// If every label has a type with a closed set of values, see [`LabelValue`](derive@LabelValue), all series are there
/// from the start.
///
/// An info has labels only, `Info<version, commit>`, and is exposed as `…_info`. A state set has the type of its
/// states, `StateSet<Mode>`.
///
/// | option of `#[metric(…)]` | meaning |
/// | --- | --- |
/// | `name = "…"` | another name, taken as it is written |
/// | `unit = "seconds"` | the unit, in which the name ends |
/// | `buckets = […]` | bounds of a histogram; also `linear(start, width, count)`, `exponential(start, factor, count)`, `CONSTANT` |
/// | `quantiles = [0.5 => 0.05]` | quantiles of a summary, each with the error allowed to its rank; none by default |
/// | `max_age = "10m"` | how far back the quantiles look: `ms`, `s`, `m` and `h`, also joined |
/// | `age_buckets = 5` | the steps in which they move on |
/// | `callback = path` | a function that tells the number of a counter or gauge without labels at each scrape |
/// | `max_series = 500` | the number of series before the rest share one |
/// | `init = [{ label: value }]` | series that are there from the start |
/// | `allow(rule)` | breaks a rule for names: `help`, `total`, `suffix`, `type_in_name`, `colon`, `camel_case`, `abbreviation`, `unit` |
///
/// Settings of the block stand before its metrics: `#![registry(PATH)]`, `#![prefix = "shop_"]`, `#![crate(path)]`.
///
/// For each metric, a static is made, and for one with labels a struct of the same name: `NAME { label: value }` is one
/// of its series and has the verbs of its kind.
#[proc_macro]
pub fn metrics(input: TokenStream) -> TokenStream {
    expand_block(input.into()).into()
}

/// Makes an enum without fields a closed set of label values.
///
/// ```text
/// #[derive(LabelValue)]
/// enum Method { Get, Post, #[label(rename = "other")] Unknown }
/// ```
///
/// The text of a variant is its name in `snake_case`.
///
/// | option of `#[label(…)]` | stands on | meaning |
/// | --- | --- | --- |
/// | `rename_all = "…"` | the enum | another spelling: `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case`, `SCREAMING-KEBAB-CASE` |
/// | `rename = "…"` | a variant | its text |
/// | `crate = path` | the enum | where `metrics_core` is found |
#[proc_macro_derive(LabelValue, attributes(label))]
pub fn label_value(input: TokenStream) -> TokenStream {
    expand_label_value(input.into()).into()
}

/// Counts the calls of a function: at entry, of an `async fn` when it is first polled.
///
/// `#[counted]` alone makes the counter `<crate>_<function>_calls_total` with the labels `module` and `function`;
/// `#[counted(METRIC)]` and `#[counted(METRIC { label: value })]` write a declared counter. Values of labels are
/// expressions: a constant one makes the series exist from the start, the others are evaluated before the body runs.
///
/// | option of a metric of its own | meaning |
/// | --- | --- |
/// | `name = "…"` | the name; then only the given labels exist |
/// | `help = "…"` | the help text, instead of the function's documentation |
/// | `labels { key: value }` | further labels |
/// | `function = "Type::name"` | the value of the label `function` of a default metric |
/// | `registry = PATH` | another registry |
/// | `unit = "…"` | the unit, in which the `name` ends |
/// | `max_series = 500` | the number of series before the rest share one |
/// | `allow(rule)` | breaks a rule for names, see [`metrics!`](macro@metrics) |
/// | `crate = path` | where `metrics_core` is found |
///
/// `async` and `sync` say of a function whose return type only sounds like a future whether it is one.
///
/// # The end of a call
///
/// | option | meaning |
/// | --- | --- |
/// | `outcome` | adds the label `outcome`: `ok`, `err`, `panicked` or `cancelled`; a declared metric has it as `outcome: Outcome` |
/// | `err_if = \|result\| …` | what an error is, instead of `Err`; it holds for all attributes of the function |
/// | `only = err` | counts only these calls; also `panicked`, `cancelled`, or a list, `only = [err, panicked]` |
/// | a label `key: \|result\| …` | a value that is read from the result, in `labels { … }` or behind a declared metric |
///
/// ```text
/// #[counted(HTTP_REQUESTS_TOTAL { method, status: |response| response.status() }, outcome,
///     err_if = |response| response.status().is_server_error())]
/// async fn respond(method: Method) -> Response { … }
///
/// #[counted(only = err)]              // <crate>_<function>_errors_total
/// #[counted(only = panicked)]         // <crate>_<function>_panics_total
/// #[counted(only = cancelled)]        // <crate>_<function>_cancelled_total
/// #[counted(only = [err, panicked])]  // <crate>_<function>_failures_total
/// fn save(row: &Row) -> io::Result<()> { … }
/// ```
///
/// With any of them the call counts when it ends. The closures are syntax: their body is evaluated in the function, where
/// the pattern is bound to a reference to the result. A label that is read from the result is declared without a type or
/// as an `Option`, as it is absent where there is no result.
///
/// An error is an `Err`, whatever name the type has in the signature; a function whose type is a generic parameter or
/// whose `Option` is `None` has none. *Panicked* is a call whose own body unwinds; a future that is dropped because
/// something else panics is *cancelled*. A function that returns `!` has no result to look at.
///
/// The body then runs in a closure or a future of its own, so the arguments that it uses up are dropped before the end is
/// recorded, and in a `#[track_caller]` function `Location::caller()` is a place in the function itself.
///
/// # The function
///
/// The function keeps its signature and its body, a guard is put in front of the statements. Several of these
/// attributes on one function share one guard.
///
/// A function that returns a future is recorded while the future runs. If it ends in an `async` block (also in
/// `Box::pin`), the guard is put into it, and futures that it returns earlier are not seen; any other future is put into
/// one that has the guard, which goes for `impl Future`, `Pin<Box<dyn Future>>` and `BoxFuture`. Of a type that only
/// sounds like a future, such as `Self::Future`, say what it is: `#[counted(async)]` or `#[counted(sync)]`.
///
/// On an `impl` block or a trait, each function with a body gets the attribute, with `function = "Type::name"`;
/// `#[counted(skip)]` leaves one out. `#[async_trait]` may stand above or below.
#[proc_macro_attribute]
pub fn counted(args: TokenStream, item: TokenStream) -> TokenStream {
    expand_attribute(Recorder::Counted, &args.into(), item.into()).into()
}

/// Measures how long a function runs: from entry, of an `async fn` from its first poll, to its end, however it ends.
///
/// `#[timed]`, which is `#[timed(histogram)]`, makes the histogram `<crate>_<function>_duration_seconds`;
/// `buckets = […]` are its bounds as in [`metrics!`](macro@metrics). `#[timed(summary)]` makes a summary of that name,
/// with `quantiles`, `max_age` and `age_buckets` as there. A declared metric may be either of them.
///
/// `busy` adds a second metric of the same kind, `<crate>_<function>_busy_seconds` (with `name = "x_seconds"` it is
/// `x_busy_seconds`): the seconds that the future spent inside `poll`. The rest of the time it was waiting.
///
/// All else, `outcome`, `err_if` and labels from the result among it, is as in [`counted`](macro@counted); `only` is not.
#[proc_macro_attribute]
pub fn timed(args: TokenStream, item: TokenStream) -> TokenStream {
    expand_attribute(Recorder::Timed, &args.into(), item.into()).into()
}

/// Tells how many calls of a function are running.
///
/// `#[gauged]` makes the gauge `<crate>_<function>_in_flight`. All else is as in [`counted`](macro@counted), but for what is
/// known at the end only.
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
