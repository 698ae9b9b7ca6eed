//! In the steady state a write allocates nothing, whatever its labels are.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use metrics_core::{Outcome, counted, gauged, metrics, timed};

/// The system's allocator, which counts the allocations of each thread.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
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

metrics! {
    /// Without labels.
    static PLAIN_TOTAL: Counter;
    /// With labels.
    static LABELLED_TOTAL: Counter<method, status: u16, peer>;
    /// With labels.
    static LEVEL: Gauge<queue>;
    /// With labels.
    static WORK_SECONDS: Histogram<kind>;
    /// With quantiles of a window that is often begun anew.
    #[metric(quantiles = [0.5 => 0.05], max_age = "1ms", age_buckets = 1)]
    static LATE_SECONDS: Summary<kind>;
    /// With labels that are known at the end.
    static ENDS_TOTAL: Counter<kind, outcome: Outcome, size>;
}

#[counted]
#[timed(WORK_SECONDS { kind })]
#[gauged(labels { kind })]
fn annotated(kind: &str) -> usize {
    kind.len()
}

#[counted(labels { kind, code })]
#[timed(labels { kind, code })]
#[gauged(labels { kind, code })]
fn alike(kind: &str, code: u16) -> usize {
    kind.len() + usize::from(code)
}

#[counted(ENDS_TOTAL { kind, size: |text| text.len() }, outcome)]
#[timed(labels { kind }, outcome)]
#[counted(labels { kind }, only = err)]
fn judged(kind: &str) -> String {
    String::new()
}

#[counted(labels { kind, length: |length| *length }, outcome)]
#[timed(busy, labels { kind }, outcome)]
async fn judged_later(kind: &str) -> usize {
    kind.len()
}

fn write_everything() {
    PLAIN_TOTAL.inc();
    PLAIN_TOTAL.inc_by(0.5);
    let peer = std::net::Ipv6Addr::LOCALHOST;
    LABELLED_TOTAL { method: "GET", status: 200, peer }.inc();
    let long = "a value that is a good deal longer than what fits into any small buffer on the stack";
    LABELLED_TOTAL { method: long, status: 404, peer: Some('x') }.inc();
    LEVEL { queue: true }.inc();
    LEVEL { queue: true }.set(7);
    WORK_SECONDS { kind: "a" }.observe(0.25);
    LATE_SECONDS { kind: "a" }.observe(0.25);
    WORK_SECONDS { kind: "a" }.time(|| annotated("b") + alike(long, 200));
    for kind in ["a", long] {
        assert_eq!(judged(kind), "");
        let later = pin!(judged_later(kind)).poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(later, Poll::Ready(kind.len()));
    }
}

#[test]
fn a_warm_write_allocates_nothing() {
    // A thread gets words of its own for what it touches more than a few times.
    (0..100).for_each(|_| write_everything());
    let before = ALLOCATIONS.get();
    for _ in 0..1_000 {
        write_everything();
    }
    assert_eq!(ALLOCATIONS.get() - before, 0);
}
