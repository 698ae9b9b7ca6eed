//! `name[]`: a scrape of some metrics only.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use metrics_core::{Collection, Collector, CollectorError, Counter, Gauge, Histogram, Registry, Scrape};
use proptest::prelude::*;

fn registry() -> Registry {
    let registry = Registry::with_prefix("shop_");
    Counter::builder("orders_total", "Orders.").register(&registry).unwrap();
    Gauge::builder("open_orders", "Open.").labels(["of"]).register(&registry).unwrap().with(["x"]).set(1);
    Histogram::builder("pay_seconds", "Pay.").buckets([1.0]).register(&registry).unwrap();
    registry
}

async fn ask(query: &str) -> (StatusCode, String) {
    ask_of(&registry(), query).await
}

async fn ask_of(registry: &Registry, query: &str) -> (StatusCode, String) {
    let request = Request::get(format!("/metrics?{query}")).body(()).unwrap();
    let response = Scrape::of([registry]).respond(request).await;
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

/// The families of an answer.
async fn told(query: &str) -> Vec<String> {
    let (status, text) = ask(query).await;
    assert_eq!(status, StatusCode::OK, "{query}");
    let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next());
    types.map(str::to_owned).collect()
}

#[tokio::test]
async fn only_what_is_named_is_told() {
    assert_eq!(told("name[]=shop_orders_total").await, ["shop_orders_total"]);
    assert_eq!(
        told("name[]=shop_pay_seconds&name%5B%5D=shop_open_orders").await,
        ["shop_open_orders", "shop_pay_seconds"]
    );
    let own = "metrics_core_overflow_total";
    assert_eq!(told(&format!("name[]={own}")).await, [own]);
    let (_, text) = ask(&format!("name[]={own}")).await;
    assert!(text.contains("metrics_core_overflow_total{metric=\"shop_open_orders\"} 0\n"), "{text}");
}

#[tokio::test]
async fn a_family_is_told_as_a_whole() {
    let (_, text) = ask("name[]=shop_pay_seconds_count").await;
    for sample in ["_bucket{le=\"1\"} 0\n", "_sum 0\n", "_count 0\n"] {
        assert!(text.contains(&format!("shop_pay_seconds{sample}")), "{text}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_nothing() {
    for query in ["name[]=orders_total", "name[]=", "name[]", "name[]=%", "name[]=%ff", "name[]=a%00b"] {
        assert_eq!(told(query).await, [""; 0], "{query}");
    }
    assert!(told("name=shop_orders_total&other").await.len() > 3, "other parameters mean nothing");
}

/// Counts how often it is asked, and tells one metric more than it names.
struct Named(Arc<AtomicU64>);

impl Collector for Named {
    fn collect(&self, samples: &mut Collection) -> Result<(), CollectorError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        samples.counter("sold_total", "Sold.", []).tell([], 1);
        samples.info("wares", "Wares.", []);
        samples.gauge("unnamed", "Unnamed.", []).tell([], 1);
        Ok(())
    }

    fn names(&self) -> Option<&[&str]> {
        Some(&["sold_total", "wares"])
    }
}

#[tokio::test]
async fn a_collector_that_knows_its_names_is_asked_for_those_only() {
    let registry = registry();
    let (named, closure) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    registry.register_collector("named", Named(Arc::clone(&named))).unwrap();
    let counted = Arc::clone(&closure);
    registry
        .register_collector("closure", move |_: &mut Collection| {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok(())
        })
        .unwrap();
    let asked = async |query: &str| {
        let before = (named.load(Ordering::Relaxed), closure.load(Ordering::Relaxed));
        let (_, text) = ask_of(&registry, query).await;
        let after = (named.load(Ordering::Relaxed), closure.load(Ordering::Relaxed));
        assert!(!text.contains("unnamed"), "{text}");
        (after.0 - before.0, after.1 - before.1, text.contains("\nshop_sold_total 1\n"))
    };
    assert_eq!(asked("").await, (1, 1, true));
    for query in ["name[]=shop_sold_total", "name[]=shop_sold", "name[]=a&name[]=shop_sold_created"] {
        assert_eq!(asked(query).await, (1, 1, true), "{query}");
    }
    assert_eq!(asked("name[]=shop_wares_info").await, (1, 1, false));
    // Who does not know is asked.
    for query in ["name[]=shop_orders_total", "name[]=sold_total", "name[]=shop_sold_totals"] {
        assert_eq!(asked(query).await, (0, 1, false), "{query}");
    }
    // What it does not name is a mistake, each time that it was asked; and that is known also when it is not.
    let failures = "metrics_core_collector_failures_total";
    let (_, text) = ask_of(&registry, &format!("name[]={failures}")).await;
    assert!(text.contains(&format!("\n{failures}{{collector=\"named\"}} 5\n")), "{text}");
}

#[tokio::test]
async fn there_is_a_limit_to_the_names() {
    let names = |count| vec!["name[]=shop_orders_total"; count].join("&");
    assert_eq!(told(&names(1_024)).await, ["shop_orders_total"]);
    let (status, text) = ask(&names(1_025)).await;
    assert_eq!((status, text.as_str()), (StatusCode::BAD_REQUEST, "the query has more than 1024 `name[]`\n"));
}

proptest! {
    #[test]
    fn whatever_is_asked_there_is_an_answer(
        parts in prop::collection::vec("(name(\\[\\]|%5B%5D|\\[)?)?=?[A-Za-z0-9%&=+.~_*()!,;:@/?$-]{0,20}", 0..40),
        accept in "[ -~]{0,60}",
        coding in "((gzip|zstd|br|\\*|identity)?(; ?q=[0-9.a-zA-Z-]{0,6})?,? ?){0,6}",
        timeout in "[ -~]{0,8}",
    ) {
        // All characters that may stand in a query: others never reach the handler.
        let path = format!("/?{}", parts.join("&"));
        let request = Request::get(path)
            .header("accept", accept)
            .header("accept-encoding", coding)
            .header("x-prometheus-scrape-timeout-seconds", timeout)
            .body(())
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let status = runtime.block_on(async {
            let response = Scrape::of([&registry()]).respond(request).await;
            let status = response.status();
            // A deadline may well have passed: then it is an error, and an end.
            let _ = response.into_body().collect().await;
            status
        });
        prop_assert_eq!(status, StatusCode::OK);
    }
}
