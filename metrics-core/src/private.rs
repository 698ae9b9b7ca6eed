//! All that generated code may call. It is reached through a module whose name carries the version, so that nobody
//! leans on it, and nothing in this crate imports it.

pub use crate::__metrics_core_native as native;
pub use crate::__metrics_core_register as register;
pub use crate::__metrics_core_sentence as sentence;
pub use crate::callsite::{Constant, Declared, Entry, Row, Spec};
pub use crate::family::Pin;
pub use crate::instrument::call::{Call, Part};
pub use crate::instrument::judged::{Busy, Judged, Measured, Tally, call, never};
pub use crate::instrument::kept::{FromOutcome, FromResult, Kept};
pub use crate::instrument::late::{LookedUp, Outcomes, Resolved};
pub use crate::instrument::outcome::{Outcome, Returned, ReturnedOther, ReturnedResult};
#[cfg(feature = "native")]
pub use crate::instrument::parts::TimedNatively;
pub use crate::instrument::parts::{Counted, Gauged, Observed, Summarized, Timed};
pub use crate::instrument::rows::Rows;
pub use crate::label::{LabelOf, LabelValue, Labels, NoLabels, Scratch, combinations};
pub use crate::metric::callback::Callback;
pub use crate::record::{RECORD, Recorded};
pub use metrics_macros::stacked;

// By way of this crate: in the user's, `::core` may be a crate of that name.
pub use core::future::Future;
pub use core::ops::FnOnce;
pub use core::{concat, file, line, module_path, primitive};
pub use std::boxed::Box;

#[cfg(all(feature = "record", not(any(miri, target_family = "wasm"))))]
pub use crate::callsite::SITES;
#[cfg(all(feature = "record", not(any(miri, target_family = "wasm"))))]
pub use linkme;

/// Has the linker gather statics: `register!([path of this module] Declared CELL, Constant ROW)`.
///
/// Which mechanism does it is decided here, when this crate is compiled, and not in the crate that is expanded into.
#[cfg(all(feature = "record", not(any(miri, target_family = "wasm"))))]
#[doc(hidden)]
#[macro_export]
macro_rules! __metrics_core_register {
    ([$($door:tt)+] $($(#[$cfg:meta])* $kind:ident $static:ident),+) => {
        const _: () = {
            use $($door)+::Entry as __Entry;
            #[$($door)+::linkme::distributed_slice($($door)+::SITES)]
            #[linkme(crate = $($door)+::linkme)]
            static __METRICS_SITES: &[__Entry] = &[$($(#[$cfg])* __Entry::$kind(&$static)),+];
        };
    };
}

/// Nothing gathers here: a metric registers itself when it is first written to, if anything is recorded.
#[cfg(not(all(feature = "record", not(any(miri, target_family = "wasm")))))]
#[doc(hidden)]
#[macro_export]
macro_rules! __metrics_core_register {
    ([$($door:tt)+] $($statics:tt)+) => {};
}

/// Stands before a native histogram: says what is missing where there are none.
#[cfg(feature = "native")]
#[doc(hidden)]
#[macro_export]
macro_rules! __metrics_core_native {
    () => {};
}

/// Stands before a native histogram: says what is missing where there are none.
#[cfg(not(feature = "native"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __metrics_core_native {
    () => {
        ::core::compile_error! {
            "native histograms need a feature: write `metrics-core = { …, features = [\"native\"] }` in Cargo.toml"
        }
    };
}

/// A sentence about a function, with its module in the middle: `sentence!([path of this module] "Calls of `", "::load`.")`.
#[doc(hidden)]
#[macro_export]
macro_rules! __metrics_core_sentence {
    ([$($door:tt)+] $before:literal, $after:literal) => {
        $($door)+::concat!($before, $($door)+::module_path!(), $after)
    };
}
