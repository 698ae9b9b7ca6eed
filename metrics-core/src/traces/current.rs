//! The trace that the current thread works for, as `OpenTelemetry` knows it.
//!
//! `opentelemetry` keeps it in a thread-local behind a `RefCell`, so that to ask takes no lock and can't wait. It panics
//! where its thread-local is gone, or is being written, as it is while a layer or an allocator is called from within.
//! Neither must come to our host.

use std::panic;

use opentelemetry::Context;
use opentelemetry::trace::TraceContextExt;

use crate::sync::{Cell, thread_local};

/// Whether this thread can be asked.
#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Asked,
    /// A question is under way: what is written meanwhile asks no other one.
    Asking,
    /// The thread ends.
    Ended,
}

thread_local! {
    static STATE: Cell<State> = const { Cell::new(State::New) };
    static END: End = const { End };
}

/// What was made last ends first: before the context of a thread that has been asked once.
struct End;

impl Drop for End {
    fn drop(&mut self) {
        STATE.set(State::Ended);
    }
}

/// The numbers of the current span's trace and of the span, if it is sampled: only then somebody may look it up.
pub(crate) fn span() -> Option<(u128, u64)> {
    let state = STATE.get();
    if matches!(state, State::Asking | State::Ended) {
        return None;
    }
    STATE.set(State::Asking);
    let found = panic::catch_unwind(|| Context::map_current(numbers)).ok().flatten();
    STATE.set(State::Asked);
    if state == State::New {
        END.with(|_| {});
    }
    found
}

fn numbers(context: &Context) -> Option<(u128, u64)> {
    let span = context.span();
    let span = span.span_context();
    let is_sampled = span.is_valid() && span.is_sampled();
    let numbers =
        || (u128::from_be_bytes(span.trace_id().to_bytes()), u64::from_be_bytes(span.span_id().to_bytes()));
    is_sampled.then(numbers)
}
