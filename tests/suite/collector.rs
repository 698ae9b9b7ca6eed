//! Collectors: samples that are handed over at each scrape, checked like our own, and contained when they fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use metrics_core::{Collection, Collector, CollectorError, Counter, Registry, Scrape};

use crate::scrape::{family, sample};

/// What a pool of connections tells of itself.
struct Pool {
    idle: AtomicU64,
}

impl Collector for Pool {
    fn collect(&self, collection: &mut Collection) -> Result<(), CollectorError> {
        let idle = self.idle.load(Ordering::Relaxed);
        let mut connections = collection.gauge("pool_connections", "Connections by state.", ["state"]);
        connections.tell(["idle"], idle);
        connections.tell(["busy"], 2.5);
        collection.counter("pool_waits_total", "Waits for a connection.", []).tell([], 7);
        Ok(())
    }
}

fn failures(registry: &Registry, collector: &str) -> Option<f64> {
    let series = format!("metrics_core_collector_failures_total{{collector=\"{collector}\"}}");
    // What fails while a scrape is made is counted before it is told.
    sample(&registry.render(), &series)
}

/// CL-1
#[test]
fn samples_are_asked_for_at_each_scrape() {
    let registry = Registry::new();
    let pool = Arc::new(Pool { idle: AtomicU64::new(1) });
    let shared = Arc::clone(&pool);
    registry.register_collector("pool", move |samples: &mut Collection| shared.collect(samples)).unwrap();
    pool.idle.store(3, Ordering::Relaxed);
    let text = registry.render();
    let connections = "# HELP pool_connections Connections by state.\n\
        # TYPE pool_connections gauge\n\
        pool_connections{state=\"busy\"} 2.5\n\
        pool_connections{state=\"idle\"} 3\n";
    assert_eq!(family(&text, "pool_connections"), connections);
    let waits = "# HELP pool_waits_total Waits for a connection.\n\
        # TYPE pool_waits_total counter\n\
        pool_waits_total 7\n";
    assert_eq!(family(&text, "pool_waits_total"), waits);
    assert_eq!(failures(&registry, "pool"), Some(0.0));
}

/// O-61, P-7
#[test]
fn every_kind_can_be_told() {
    let registry = Registry::with_prefix("eu_");
    registry
        .register_collector("kinds", |samples: &mut Collection| {
            samples.histogram("kinds_wait_seconds", "Wait.", ["op"]).unit("seconds").tell(
                ["read"],
                &[0.1, 1.0],
                &[1, 2, 3],
                4.5,
            );
            samples.summary("kinds_size_bytes", "Size.", []).tell([], &[(0.9, 8.0), (0.5, 4.0)], 12.0, 3);
            samples.info("kinds_build", "Build.", [("version", "1.2"), ("commit", "a\"b")]);
            samples.state_set("kinds_mode", "Mode.", &["off", "on"], 1);
            Ok(())
        })
        .unwrap();
    let text = registry.render();
    for (series, value) in [
        ("eu_kinds_wait_seconds_bucket{op=\"read\",le=\"0.1\"}", 1.0),
        ("eu_kinds_wait_seconds_bucket{op=\"read\",le=\"1\"}", 3.0),
        ("eu_kinds_wait_seconds_bucket{op=\"read\",le=\"+Inf\"}", 6.0),
        ("eu_kinds_wait_seconds_count{op=\"read\"}", 6.0),
        ("eu_kinds_wait_seconds_sum{op=\"read\"}", 4.5),
        ("eu_kinds_size_bytes{quantile=\"0.5\"}", 4.0),
        ("eu_kinds_size_bytes{quantile=\"0.9\"}", 8.0),
        ("eu_kinds_size_bytes_count", 3.0),
        ("eu_kinds_build_info{commit=\"a\\\"b\",version=\"1.2\"}", 1.0),
        ("eu_kinds_mode{eu_kinds_mode=\"off\"}", 0.0),
        ("eu_kinds_mode{eu_kinds_mode=\"on\"}", 1.0),
    ] {
        assert_eq!(sample(&text, series), Some(value), "{series}\n{text}");
    }
    assert_eq!(failures(&registry, "kinds"), Some(0.0));
}

/// Registers a collector that tells one thing that can't be exposed and one that can.
fn mistakes(tell: impl Fn(&mut Collection) + Send + Sync + 'static) -> (String, f64) {
    let registry = Registry::new();
    Counter::builder("there_total", "There.").register(&registry).unwrap();
    registry
        .register_collector("mistaken", move |samples: &mut Collection| {
            tell(samples);
            samples.gauge("whole", "Whole.", []).tell([], 1);
            Ok(())
        })
        .unwrap();
    let text = registry.render();
    assert_eq!(sample(&text, "whole"), Some(1.0), "{text}");
    assert_eq!(sample(&text, "there_total"), Some(0.0), "{text}");
    let failures = sample(&text, "metrics_core_collector_failures_total{collector=\"mistaken\"}").unwrap();
    (text, failures)
}

/// CL-10, CL-12, O-13, O-21, O-41 … O-45: what is refused of metrics is refused of collectors.
#[test]
fn what_can_not_be_exposed_is_left_out_and_counted() {
    type Mistake = fn(&mut Collection);
    let cases: &[(&str, Mistake)] = &[
        ("a name", |c| c.gauge("1 bad", "Bad.", []).tell([], 1)),
        ("our own name", |c| c.gauge("metrics_core_bad", "Bad.", []).tell([], 1)),
        ("no help", |c| c.gauge("bad", " ", []).tell([], 1)),
        ("a label name", |c| c.gauge("bad", "Bad.", ["le"]).tell(["1"], 1)),
        ("a label twice", |c| c.gauge("bad", "Bad.", ["a", "a"]).tell(["1", "2"], 1)),
        ("a reserved name", |c| c.gauge("_bad", "Bad.", []).tell([], 1)),
        ("an info's label", |c| c.info("bad", "Bad.", [("_a", "1")])),
        ("a unit", |c| c.gauge("bad", "Bad.", []).unit("bytes").tell([], 1)),
        ("a negative counter", |c| c.counter("bad_total", "Bad.", []).tell([], -1)),
        ("a counter that is no number", |c| c.counter("bad_total", "Bad.", []).tell([], f64::NAN)),
        ("too few counts", |c| c.histogram("bad", "Bad.", []).tell([], &[1.0], &[1], 1.0)),
        ("bounds that fall", |c| c.histogram("bad", "Bad.", []).tell([], &[2.0, 1.0], &[1, 2, 3], 1.0)),
        ("a sum that is no number", |c| c.histogram("bad", "Bad.", []).tell([], &[1.0], &[1, 2], f64::NAN)),
        ("a quantile", |c| c.summary("bad", "Bad.", []).tell([], &[(1.5, 1.0)], 1.0, 1)),
        ("a quantile twice", |c| c.summary("bad", "Bad.", []).tell([], &[(0.5, 1.0), (0.5, 2.0)], 1.0, 1)),
        ("no states", |c| c.state_set("bad", "Bad.", &[], 0)),
        ("a state twice", |c| c.state_set("bad", "Bad.", &["a", "a"], 0)),
        ("no such state", |c| c.state_set("bad", "Bad.", &["a"], 1)),
        ("a taken sample name", |c| c.gauge("there", "Bad.", []).tell([], 1)),
        ("a taken name", |c| c.gauge("there_total", "Bad.", []).tell([], 1)),
    ];
    for (what, tell) in cases {
        let (text, failures) = mistakes(*tell);
        assert!(!text.contains("bad"), "{what}:\n{text}");
        assert_eq!(failures, 1.0, "{what}");
    }
}

#[test]
fn a_series_is_told_once_and_the_first_one_stays() {
    let (text, failures) = mistakes(|samples| {
        let mut twice = samples.gauge("twice", "Twice.", ["a", "b"]);
        twice.tell(["x", ""], 1);
        twice.tell(["x", ""], 2);
        samples.gauge("twice", "Another kind of labels.", ["c"]).tell(["x"], 3);
    });
    assert_eq!(sample(&text, "twice{a=\"x\"}"), Some(1.0));
    assert_eq!(text.matches("\ntwice").count(), 1, "{text}");
    assert_eq!(failures, 2.0);
}

#[test]
fn two_suffixes_clash() {
    let (text, failures) = mistakes(|samples| {
        samples.summary("clash", "A summary.", []).tell([], &[], 1.0, 1);
        samples.gauge("clash_sum", "Its sum's name.", []).tell([], 1);
    });
    assert_eq!(sample(&text, "clash_sum"), Some(1.0));
    assert_eq!(text.matches("clash_sum").count(), 1, "{text}");
    assert_eq!(failures, 1.0);
}

#[test]
fn a_collector_that_fails_costs_what_it_told_only() {
    let registry = Registry::new();
    registry.register_collector("well", Pool { idle: AtomicU64::new(1) }).unwrap();
    registry
        .register_collector("panics", |samples: &mut Collection| {
            samples.gauge("half", "Half.", []).tell([], 1);
            panic!("on purpose");
        })
        .unwrap();
    registry
        .register_collector("errs", |samples: &mut Collection| {
            samples.gauge("other_half", "Half.", []).tell([], 1);
            Err("on purpose".into())
        })
        .unwrap();
    for scrape in 1..=3 {
        let text = registry.render();
        assert_eq!(sample(&text, "pool_waits_total"), Some(7.0));
        assert!(!text.contains("half"), "half of what a collector tells would lie:\n{text}");
        for (collector, count) in [("well", 0), ("panics", scrape), ("errs", scrape)] {
            let series = format!("metrics_core_collector_failures_total{{collector=\"{collector}\"}}");
            assert_eq!(sample(&text, &series), Some(f64::from(count)), "{text}");
        }
    }
}

#[test]
fn collectors_of_one_metric_are_told_together() {
    fn tell(of: &'static str) -> impl Collector {
        move |samples: &mut Collection| {
            samples.gauge("together", "Together.", ["of"]).tell([of], 1);
            Ok(())
        }
    }
    let (one, two) = (Registry::new(), Registry::new());
    one.register_collector("b", tell("b")).unwrap();
    one.register_collector("a", tell("a")).unwrap();
    two.register_collector("a again", tell("a")).unwrap();
    let text = Scrape::of([&one, &two]).render();
    let together = "# HELP together Together.\n\
        # TYPE together gauge\n\
        together{of=\"a\"} 1\n\
        together{of=\"b\"} 1\n";
    assert_eq!(family(&text, "together"), together);
    let series = "metrics_core_collector_failures_total{collector=\"a again\"}";
    assert_eq!(sample(&text, series), Some(1.0), "its series was there");
}

#[test]
fn a_collector_leaves_and_its_name_is_free_again() {
    let registry = Registry::new();
    registry.register_collector("pool", Pool { idle: AtomicU64::new(1) }).unwrap();
    let refused = registry.register_collector("pool", Pool { idle: AtomicU64::new(2) }).unwrap_err();
    assert!(refused.to_string().contains("give it another name"), "{refused}");
    assert!(registry.unregister_collector("pool") && !registry.unregister_collector("pool"));
    assert!(!registry.render().contains("pool"));
    registry.register_collector("pool", Pool { idle: AtomicU64::new(2) }).unwrap();
    assert_eq!(sample(&registry.render(), "pool_connections{state=\"idle\"}"), Some(2.0));
}

#[test]
fn a_collector_that_scrapes_does_not_go_round_in_circles() {
    static REGISTRY: Registry = Registry::new();
    REGISTRY
        .register_collector("circle", |samples: &mut Collection| {
            let length = REGISTRY.render().len();
            samples.gauge("circle_bytes", "Length of a scrape without collectors.", []).tell([], length);
            Ok(())
        })
        .unwrap();
    assert!(sample(&REGISTRY.render(), "circle_bytes") > Some(0.0));
}

/// Everything in it panics.
struct Rude;

struct RudeError;

impl Collector for Rude {
    fn collect(&self, _: &mut Collection) -> Result<(), CollectorError> {
        Err(Box::new(RudeError))
    }

    fn names(&self) -> Option<&[&str]> {
        panic!("on purpose")
    }
}

impl std::error::Error for RudeError {}

impl std::fmt::Debug for RudeError {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        panic!("on purpose")
    }
}

impl std::fmt::Display for RudeError {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        panic!("on purpose")
    }
}

#[tokio::test]
async fn an_error_that_panics_stays_where_it_is() {
    let registry = Registry::new();
    Counter::builder("polite_total", "There.").register(&registry).unwrap();
    registry.register_collector("rude", Rude).unwrap();
    assert_eq!(sample(&registry.render(), "polite_total"), Some(0.0));
    assert_eq!(failures(&registry, "rude"), Some(2.0));
    let request = http::Request::builder().uri("/?name[]=polite_total").body(()).unwrap();
    assert_eq!(Scrape::of([&registry]).respond(request).await.status(), http::StatusCode::OK);
}
