//! Metrics without macros: what is described at run time is what is exposed, and every mistake is an error.

use std::time::Duration;

use metrics_core::{Counter, Gauge, Histogram, Registry, Summary};

use crate::scrape::sample;

#[test]
fn every_kind_can_be_built() {
    let registry = Registry::new();
    let counter = Counter::builder("built_calls_total", "Calls.").register(&registry).unwrap();
    let gauge = Gauge::builder("built_level", "Level.").labels(["b", "a"]).register(&registry).unwrap();
    let histogram = Histogram::builder("built_wait_seconds", "Wait.")
        .unit("seconds")
        .buckets([0.1, 1.0])
        .labels(["op"])
        .register(&registry)
        .unwrap();
    let summary = Summary::builder("built_size_bytes", "Size.")
        .quantiles([(0.9, 0.01), (0.5, 0.05)])
        .max_age(Duration::from_mins(1))
        .age_buckets(3)
        .register(&registry)
        .unwrap();
    assert_eq!(sample(&registry.render(), "built_calls_total"), Some(0.0), "it is there before it is used");
    counter.handle().inc_by(2);
    gauge.with(["B", "A"]).set(1.5);
    histogram.with(["read"]).observe(0.5);
    summary.handle().observe(7.0);
    let text = registry.render();
    assert_eq!(sample(&text, "built_calls_total"), Some(2.0));
    assert_eq!(sample(&text, "built_level{a=\"A\",b=\"B\"}"), Some(1.5));
    assert_eq!(sample(&text, "built_wait_seconds_bucket{op=\"read\",le=\"1\"}"), Some(1.0));
    assert_eq!(sample(&text, "built_size_bytes{quantile=\"0.5\"}"), Some(7.0));
    assert_eq!(sample(&text, "built_size_bytes_sum"), Some(7.0));
}

#[test]
fn registering_the_same_again_gives_the_same_metric() {
    let registry = Registry::new();
    let build = || Counter::builder("built_again_total", "Again.").labels(["a", "b"]).register(&registry);
    build().unwrap().with(["1", "2"]).inc();
    build().unwrap().with(["1", "2"]).inc();
    let reordered =
        Counter::builder("built_again_total", "Again.").labels(["b", "a"]).register(&registry).unwrap();
    reordered.with(["2", "1"]).inc();
    assert_eq!(sample(&registry.render(), "built_again_total{a=\"1\",b=\"2\"}"), Some(3.0));
}

#[test]
fn series_are_looked_up_and_removed() {
    let registry = Registry::new();
    let jobs = Gauge::builder("built_jobs", "Jobs.")
        .labels(["queue", "worker"])
        .max_series(3)
        .register(&registry)
        .unwrap();
    for worker in 0..3 {
        jobs.with(["mail".to_owned(), worker.to_string()]).set(worker);
    }
    assert!(jobs.get(["mail", "7"]).is_none());
    assert_eq!(jobs.get(["mail", "2"]).unwrap().get(), 2.0);
    assert!(jobs.remove(["mail", "2"]) && !jobs.remove(["mail", "2"]));
    assert_eq!(jobs.remove_matching([("worker", "1")]), 1);
    jobs.clear();
    assert!(!registry.render().contains("built_jobs{"));
    assert_eq!(jobs.name(), "built_jobs");
}

/// The sentence of the error that a description makes.
macro_rules! refused {
    ($builder:expr) => {
        $builder.register(&Registry::new()).unwrap_err().to_string()
    };
}

/// DM-1, DM-2, O-20, O-21: names are those that every reader takes and none reserves; CL-8, CL-9: so are labels.
#[test]
fn every_mistake_is_told_and_what_to_do() {
    let all = refused!(Counter::builder("1 bad-name", " ").labels(["le", "a", "a", "_b"]).max_series(0));
    for part in [
        "`1 bad-name` was not registered",
        "snake_case",
        "the help is empty; say",
        "`le` can't be",
        "`_b` can't be",
        "the label `a` stands twice; take",
        "allow at least one series",
    ] {
        assert!(all.contains(part), "{part}: {all}");
    }
    assert!(refused!(Gauge::builder("_built_x", "X.")).contains("snake_case"));
    assert!(refused!(Counter::builder("metrics_core_x_total", "X.")).contains("the library's own"));
    assert!(refused!(Gauge::builder("built_x", "X.").unit("bytes")).contains("let the name end in `_bytes`"));
    for bounds in
        [vec![], vec![1.0, 1.0], vec![2.0, 1.0], vec![f64::NAN], vec![f64::INFINITY], vec![0.0; 121]]
    {
        assert!(refused!(Histogram::builder("built_x", "X.").buckets(bounds)).contains("strictly rising"));
    }
    let summary = || Summary::builder("built_x", "X.");
    assert!(refused!(summary().quantiles([(1.5, 0.1)])).contains("a quantile is in [0, 1], found 1.5"));
    assert!(refused!(summary().quantiles([(f64::NAN, 0.1)])).contains("found NaN"));
    assert!(refused!(summary().quantiles([(0.5, 0.0)])).contains("the error of a quantile's rank"));
    assert!(refused!(summary().quantiles([(0.5, 0.1), (0.5, 0.2)])).contains("stands twice"));
    assert!(refused!(summary().max_age(Duration::ZERO)).contains("the window is empty"));
    assert!(refused!(summary().age_buckets(0)).contains("the window is empty"));
    assert!(refused!(summary().age_buckets(61)).contains("at most 60 `age_buckets`, found 61"));
}

#[test]
fn a_name_that_is_taken_is_refused() {
    let registry = Registry::new();
    Histogram::builder("built_taken", "Taken.").register(&registry).unwrap();
    let other_kind = Gauge::builder("built_taken", "Taken.").register(&registry).unwrap_err().to_string();
    assert!(
        other_kind.contains("another kind") && other_kind.contains("give it another name"),
        "{other_kind}"
    );
    let sample_name =
        Gauge::builder("built_taken_sum", "Taken.").register(&registry).unwrap_err().to_string();
    assert!(sample_name.contains("its sample `built_taken_sum` is a name of `built_taken`"), "{sample_name}");
    assert!(Histogram::builder("built_taken", "Taken.").buckets([1.0]).register(&registry).is_err());
}
