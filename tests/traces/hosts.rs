//! Whatever the crates of traces are doing when something is counted, their host goes on.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use std::{panic, thread};

use metrics_core::{Registry, exemplars_from_traces, metrics};
use metrics_traces_tests::{exemplar, here, scrape, traced};
use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState};
use tracing::span;
use tracing_subscriber::layer::{self, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

static REGISTRY: Registry = Registry::new();

metrics! {
    #![registry(REGISTRY)]

    /// What a layer saw.
    static HOSTS_SEEN_TOTAL: Counter<what>;
    /// What threads counted when they ended.
    static HOSTS_ENDED_TOTAL: Counter;
}

/// A layer that counts what it sees, while it holds what the others have stored with the span.
struct Counting;

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> tracing_subscriber::Layer<S> for Counting {
    fn on_new_span(&self, _: &span::Attributes<'_>, id: &span::Id, context: layer::Context<'_, S>) {
        let span = context.span(id).unwrap();
        let _held = span.extensions_mut();
        HOSTS_SEEN_TOTAL { what: "span" }.inc();
    }

    fn on_enter(&self, id: &span::Id, context: layer::Context<'_, S>) {
        let span = context.span(id).unwrap();
        let _held = span.extensions_mut();
        HOSTS_SEEN_TOTAL { what: "enter" }.inc();
    }

    fn on_event(&self, _: &tracing::Event<'_>, context: layer::Context<'_, S>) {
        let span = context.lookup_current().unwrap();
        let _held = span.extensions_mut();
        HOSTS_SEEN_TOTAL { what: "event" }.inc();
    }

    fn on_close(&self, _: span::Id, _: layer::Context<'_, S>) {
        HOSTS_SEEN_TOTAL { what: "close" }.inc();
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_layer_may_count() {
    let subscriber = tracing_subscriber::registry().with(Counting);
    // The layer of traces is on both sides of it.
    let _traced = tracing::dispatcher::set_default(&traced(true));
    let trace = tracing::info_span!("outer").in_scope(|| {
        tracing::dispatcher::with_default(&subscriber.into(), || {
            tracing::info_span!("inner").in_scope(|| tracing::info!("event"));
        });
        here()
    });
    let text = scrape(&REGISTRY).await;
    for what in ["close", "enter", "event", "span"] {
        let series = format!("hosts_seen_total{{what=\"{what}\"}} 1");
        assert_eq!(exemplar(&text, &series), Some((trace.clone(), "1")), "{text}");
    }
}

/// Counts when its thread ends, after the context of the thread has ended.
struct Last(bool);

impl Drop for Last {
    fn drop(&mut self) {
        if self.0 {
            HOSTS_ENDED_TOTAL.inc();
        }
    }
}

thread_local! {
    static LAST: RefCell<Last> = const { RefCell::new(Last(false)) };
}

fn sampled() -> Context {
    let (trace, span) = (TraceId::from_bytes([1; 16]), SpanId::from_bytes([2; 8]));
    let span = SpanContext::new(trace, span, TraceFlags::SAMPLED, false, TraceState::default());
    Context::new().with_remote_span_context(span)
}

#[test]
fn a_thread_may_count_when_it_ends() {
    static PANICS: AtomicU64 = AtomicU64::new(0);
    exemplars_from_traces(Some(Duration::ZERO));
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        before(info);
    }));
    for asks_first in [true, false] {
        thread::spawn(move || {
            // Made first, it ends last.
            LAST.with(|last| last.borrow_mut().0 = true);
            let _span = sampled().attach();
            if asks_first {
                HOSTS_ENDED_TOTAL.inc();
            }
        })
        .join()
        .unwrap();
        if asks_first {
            assert_eq!(PANICS.load(Ordering::Relaxed), 0);
        }
    }
    assert_eq!(HOSTS_ENDED_TOTAL.get(), 3.0);
}
