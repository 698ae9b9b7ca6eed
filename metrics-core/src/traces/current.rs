//! The span that the current thread works for, as `OpenTelemetry` knows it.
//!
//! `opentelemetry` keeps it in a thread-local behind a `RefCell`, so that to ask takes no lock and can't wait. It panics
//! where its thread-local is gone, or is being written: an allocator may be called from within, or a subscriber that hears
//! its warnings. Neither must come to our host. The first is foreseen, the second caught.

use std::panic;

use opentelemetry::Context;
use opentelemetry::trace::TraceContextExt;

use crate::sync::{Cell, thread_local};

/// A span that is sampled, so that somebody may look it up. As bytes, which take no more room than they have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Span {
    pub(crate) trace: [u8; 16],
    pub(crate) span: [u8; 8],
}

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

impl Span {
    /// The current one, if it is sampled.
    pub(crate) fn current() -> Option<Self> {
        let state = STATE.get();
        if matches!(state, State::Asking | State::Ended) {
            return None;
        }
        STATE.set(State::Asking);
        let found = panic::catch_unwind(|| Context::map_current(Self::of)).ok().flatten();
        STATE.set(State::Asked);
        if state == State::New {
            END.with(|_| {});
        }
        found
    }

    fn of(context: &Context) -> Option<Self> {
        let span = context.span();
        let span = span.span_context();
        let is_sampled = span.is_valid() && span.is_sampled();
        is_sampled.then(|| Self { trace: span.trace_id().to_bytes(), span: span.span_id().to_bytes() })
    }

    /// As the labels of an exemplar, with the names that everybody gives them.
    pub(crate) fn labels(self) -> String {
        let (trace, span) = (u128::from_be_bytes(self.trace), u64::from_be_bytes(self.span));
        format!("trace_id=\"{trace:032x}\",span_id=\"{span:016x}\"")
    }
}
