//! An allocator may count with the library's metrics, also while `opentelemetry` allocates in the middle of its own work.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::time::Duration;

use metrics_core::{exemplars_from_traces, metrics};
use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState};

metrics! {
    /// Allocations.
    static ALLOCATOR_CALLS_TOTAL: Counter;
    /// Bytes.
    static ALLOCATOR_SIZE_BYTES: Histogram;
}

struct Counting;

thread_local! {
    static IS_ON: Cell<bool> = const { Cell::new(false) };
    static CALLS: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // What the metrics allocate when they are told of an allocation is not told: there would be no end.
        if IS_ON.replace(false) {
            CALLS.set(CALLS.get() + 1);
            ALLOCATOR_CALLS_TOTAL.inc();
            ALLOCATOR_SIZE_BYTES.observe(layout.size() as f64);
            IS_ON.set(true);
        }
        // SAFETY: the caller keeps the promises of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the promises of `dealloc`.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn an_allocator_counts_in_the_middle_of_everything() {
    ALLOCATOR_CALLS_TOTAL.inc();
    ALLOCATOR_SIZE_BYTES.observe(1.0);
    let (trace, span) = (TraceId::from_bytes([1; 16]), SpanId::from_bytes([2; 8]));
    let span = SpanContext::new(trace, span, TraceFlags::SAMPLED, false, TraceState::default());
    let contexts = vec![Context::new().with_remote_span_context(span); 100];
    let mut guards = Vec::with_capacity(contexts.len());
    IS_ON.set(true);
    // So deep that the stack of contexts has to grow, several times.
    for context in contexts {
        // Another round, so that each allocation may be an example.
        exemplars_from_traces(Some(Duration::ZERO));
        guards.push(context.attach());
    }
    IS_ON.set(false);
    drop(guards);
    assert!(CALLS.get() >= 4, "the stack grew");
    assert_eq!(ALLOCATOR_CALLS_TOTAL.get(), (CALLS.get() + 1) as f64);
    assert_eq!(ALLOCATOR_SIZE_BYTES.handle().count(), CALLS.get() + 1);
}
