//! What is counted within a sampled span has it as its exemplar.

use std::time::Duration;

use metrics_core::{Registry, counted, metrics, timed};
use metrics_traces_tests::{exemplar, here, scrape, traced};
use tracing::Instrument;
use tracing::instrument::WithSubscriber;

/// O-50 … O-53: an annotated function, on whatever thread it ends.
#[test]
fn an_annotated_call_is_an_example_of_its_span() {
    static REGISTRY: Registry = Registry::new();

    #[counted(name = "spans_orders_total", registry = REGISTRY, labels { town })]
    #[timed(name = "spans_order_seconds", registry = REGISTRY, buckets = [0.0001, 60.0], labels { town })]
    #[tracing::instrument]
    async fn order(town: &str) -> String {
        let trace = here();
        tokio::time::sleep(Duration::from_millis(2)).await;
        // Whoever goes on is another thread, now and then.
        for _ in 0..100 {
            tokio::task::yield_now().await;
            assert_eq!(here(), trace);
        }
        trace
    }

    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_time().build().unwrap();
    runtime.block_on(async {
        let towns = ["Rome", "Oslo", "Lima", "Bern"];
        let orders = towns.map(|town| tokio::spawn(order(town).with_subscriber(traced(true))));
        let mut traces = Vec::new();
        for order in orders {
            traces.push(order.await.unwrap());
        }
        let text = scrape(&REGISTRY).await;
        for (town, trace) in towns.iter().zip(traces) {
            let counted = format!("spans_orders_total{{town=\"{town}\"}} 1");
            assert_eq!(exemplar(&text, &counted), Some((trace.clone(), "1")), "{text}");
            let timed = format!("spans_order_seconds_bucket{{town=\"{town}\",le=\"60.0\"}} 1");
            let (labels, seconds) = exemplar(&text, &timed).unwrap();
            assert_eq!(labels, trace);
            assert!((0.002..60.0).contains(&seconds.parse().unwrap()), "{seconds}");
            let other = format!("spans_order_seconds_bucket{{town=\"{town}\",le=\"0.0001\"}} 0");
            assert_eq!(exemplar(&text, &other), None);
        }
    });
}

/// Also where the end of a call is looked at.
#[tokio::test]
async fn an_outcome_is_an_example_of_its_span() {
    static REGISTRY: Registry = Registry::new();

    #[counted(name = "spans_sales_total", registry = REGISTRY, outcome)]
    #[tracing::instrument]
    async fn sell(what: &str) -> Result<String, String> {
        tokio::task::yield_now().await;
        if what.is_empty() { Err(here()) } else { Ok(here()) }
    }

    let _traced = tracing::dispatcher::set_default(&traced(true));
    let (sold, failed) = (sell("bread").await.unwrap(), sell("").await.unwrap_err());
    let text = scrape(&REGISTRY).await;
    for (outcome, span) in [("ok", sold), ("err", failed)] {
        let line = text.lines().find(|line| line.contains(&format!("outcome=\"{outcome}\"}} 1"))).unwrap();
        assert!(line.contains(&format!(" # {span} 1 ")), "{line}");
    }
}

/// The attribute that stands last is the innermost one: a span that is begun further within is over by the time a call
/// ends, and what is current then is the one around it.
#[tokio::test]
async fn a_call_is_an_example_of_the_span_around_it() {
    static REGISTRY: Registry = Registry::new();

    #[tracing::instrument]
    #[counted(name = "spans_visits_total", registry = REGISTRY)]
    async fn visit() -> String {
        here()
    }

    let outside = async {
        let inner = visit().await;
        (here(), inner)
    };
    let _traced = tracing::dispatcher::set_default(&traced(true));
    let (outer, inner) = outside.instrument(tracing::info_span!("outside")).await;
    assert_ne!(outer, inner);
    let text = scrape(&REGISTRY).await;
    assert_eq!(exemplar(&text, "spans_visits_total 1"), Some((outer, "1")));
}

#[tokio::test]
async fn what_is_counted_by_hand_is_an_example_too() {
    static REGISTRY: Registry = Registry::new();
    metrics! {
        #![registry(REGISTRY)]

        /// Steps.
        static SPANS_STEPS_TOTAL: Counter;
        /// Meters.
        static SPANS_WALKED_METERS_TOTAL: Counter<by>;
        /// Bytes.
        #[metric(buckets = [10.0])]
        static SPANS_SENT_BYTES: Histogram;
        /// Bytes.
        #[metric(buckets = [10.0])]
        static SPANS_READ_BYTES: NativeHistogram;
    }
    let by = "foot";
    let trace = tracing::dispatcher::with_default(&traced(true), || {
        tracing::info_span!("walk").in_scope(|| {
            SPANS_STEPS_TOTAL.inc();
            SPANS_WALKED_METERS_TOTAL { by }.inc_by(0.5);
            SPANS_SENT_BYTES.observe(3.0);
            SPANS_SENT_BYTES.observe(f64::NAN);
            SPANS_READ_BYTES.observe(4.0);
            SPANS_READ_BYTES.observe(40.0);
            here()
        })
    });
    let text = scrape(&REGISTRY).await;
    assert_eq!(exemplar(&text, "spans_steps_total 1"), Some((trace.clone(), "1")));
    assert_eq!(exemplar(&text, "spans_walked_meters_total{by=\"foot\"} 0.5"), Some((trace.clone(), "0.5")));
    assert_eq!(exemplar(&text, "spans_sent_bytes_bucket{le=\"10.0\"} 1"), Some((trace.clone(), "3")));
    assert_eq!(exemplar(&text, "spans_sent_bytes_bucket{le=\"+Inf\"} 1"), None);
    assert_eq!(exemplar(&text, "spans_read_bytes_bucket{le=\"10.0\"} 1"), Some((trace.clone(), "4")));
    assert_eq!(exemplar(&text, "spans_read_bytes_bucket{le=\"+Inf\"} 2"), Some((trace, "40")));
}

#[tokio::test]
async fn what_belongs_to_no_sampled_span_is_no_example() {
    static REGISTRY: Registry = Registry::new();
    metrics! {
        #![registry(REGISTRY)]

        /// Calls by who traced them.
        static SPANS_CALLS_TOTAL: Counter<traced>;
    }
    let call = |traced| SPANS_CALLS_TOTAL { traced }.inc();
    call("nobody");
    tracing::dispatcher::with_default(&traced(false), || {
        tracing::info_span!("call").in_scope(|| call("unsampled"));
    });
    tracing::dispatcher::with_default(&traced(true), || {
        call("outside");
        tracing::info_span!("call").in_scope(|| call("sampled"));
        // However many there were without, up to a limit.
        (0..254).for_each(|_| call("late"));
        tracing::info_span!("call").in_scope(|| call("late"));
        (0..255).for_each(|_| call("too late"));
        tracing::info_span!("call").in_scope(|| call("too late"));
    });
    let text = scrape(&REGISTRY).await;
    for (traced, count, is_example) in [
        ("nobody", 1, false),
        ("unsampled", 1, false),
        ("outside", 1, false),
        ("sampled", 1, true),
        ("late", 255, true),
        ("too late", 256, false),
    ] {
        let series = format!("spans_calls_total{{traced=\"{traced}\"}} {count}");
        assert_eq!(exemplar(&text, &series).is_some(), is_example, "{traced}\n{text}");
    }
}

#[tokio::test]
async fn an_example_that_was_given_is_not_replaced() {
    static REGISTRY: Registry = Registry::new();
    metrics! {
        #![registry(REGISTRY)]

        /// Orders.
        static SPANS_GIVEN_TOTAL: Counter;
        /// Seconds.
        #[metric(buckets = [1.0])]
        static SPANS_GIVEN_SECONDS: Histogram;
    }
    tracing::dispatcher::with_default(&traced(true), || {
        tracing::info_span!("order").in_scope(|| {
            SPANS_GIVEN_TOTAL.inc_with_exemplar(&[("order", "7")]);
            SPANS_GIVEN_TOTAL.inc();
            SPANS_GIVEN_SECONDS.observe_with_exemplar(0.5, &[("order", "8")]);
            SPANS_GIVEN_SECONDS.observe(0.25);
        });
    });
    let text = scrape(&REGISTRY).await;
    assert_eq!(exemplar(&text, "spans_given_total 2"), Some(("{order=\"7\"}".to_owned(), "1")));
    assert_eq!(
        exemplar(&text, "spans_given_seconds_bucket{le=\"1.0\"} 2"),
        Some(("{order=\"8\"}".to_owned(), "0.5"))
    );
}
