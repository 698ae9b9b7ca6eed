//! A million series, rendered within a limit of memory: what they take at rest, and what a scrape takes besides.
//!
//! `tests/run` runs it optimized, as it would take a minute otherwise.

use std::alloc::{GlobalAlloc, Layout, System};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use std::future::Future;

use http::Request;
use http_body_util::Empty;
use hyper::body::Body as _;
use metrics_core::metrics;

/// The system's allocator, which refuses what would take more than the limit.
struct Limited;

static ALLOCATED: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
static LIMIT: AtomicUsize = AtomicUsize::new(usize::MAX);

// SAFETY: everything is passed on to the system's allocator, or refused, as an allocator may.
unsafe impl GlobalAlloc for Limited {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = ALLOCATED.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        if now > LIMIT.load(Ordering::Relaxed) {
            ALLOCATED.fetch_sub(layout.size(), Ordering::Relaxed);
            return std::ptr::null_mut();
        }
        PEAK.fetch_max(now, Ordering::Relaxed);
        // SAFETY: the caller keeps the promises of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        ALLOCATED.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the promises of `dealloc`.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Limited = Limited;

const SERIES: usize = 1_000_000;
/// What one of them may take at rest, its line included.
const EACH: usize = 250;
/// What a scrape may take besides, whatever the number of series: it goes out while it is made.
const BESIDES: usize = 512 << 10;

metrics! {
    /// Requests by tenant and path.
    #[metric(max_series = 1_000_000)]
    static REQUESTS_TOTAL: Counter<tenant, path>;
}

#[test]
fn a_million_series_are_rendered_within_a_limit() {
    // The clock and what is told of scrapes are made before anything is counted.
    scrape();
    let empty = ALLOCATED.load(Ordering::Relaxed);
    for number in 0..SERIES {
        let (tenant, path) = (number % 1_000, number / 1_000);
        REQUESTS_TOTAL { tenant, path }.inc();
    }
    let at_rest = ALLOCATED.load(Ordering::Relaxed) - empty;
    println!("{} bytes a series at rest", at_rest / SERIES);
    assert!(at_rest <= SERIES * EACH, "{} bytes a series", at_rest / SERIES);

    PEAK.store(0, Ordering::Relaxed);
    let before = ALLOCATED.load(Ordering::Relaxed);
    LIMIT.store(before + BESIDES, Ordering::Relaxed);
    let (bytes, lines) = scrape();
    LIMIT.store(usize::MAX, Ordering::Relaxed);
    let extra = PEAK.load(Ordering::Relaxed).saturating_sub(before);
    println!("{bytes} bytes in {lines} lines, {extra} bytes besides");
    assert!(lines > SERIES);
    assert_eq!(ALLOCATED.load(Ordering::Relaxed), before, "all of it is given back");
}

/// Takes the body piece by piece, as a server does, and counts its bytes and lines.
fn scrape() -> (usize, usize) {
    let request = Request::new(Empty::<bytes::Bytes>::new());
    let mut context = Context::from_waker(Waker::noop());
    let mut answer = Box::pin(metrics_core::handler(request));
    let response = loop {
        if let Poll::Ready(response) = answer.as_mut().poll(&mut context) {
            break response;
        }
    };
    let (mut bytes, mut lines) = (0, 0);
    let mut body = response.into_body();
    loop {
        match Pin::new(&mut body).poll_frame(&mut context) {
            Poll::Ready(Some(frame)) => {
                let data = frame.unwrap().into_data().unwrap();
                bytes += data.len();
                lines += data.split(|byte| *byte == b'\n').count() - 1;
            }
            Poll::Ready(None) => return (bytes, lines),
            Poll::Pending => {}
        }
    }
}
