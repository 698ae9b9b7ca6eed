//! Whatever scrapes, and in whatever format, stores the same values.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use axum::Router;
use axum::extract::Request;
use axum::routing::get;
use metrics_core::{Body, LabelValue, Registry, Scrape, metrics};
use metrics_tests_support::prometheus::{Job, Prometheus};

static REGISTRY: Registry = Registry::new();

#[derive(Clone, Copy, LabelValue)]
enum Mode {
    Off,
    On,
}

metrics! {
    #![registry(REGISTRY)]

    /// Hits by path.
    static SPOKEN_HITS_TOTAL: Counter<path>;
    /// Degrees.
    static SPOKEN_OUTSIDE_CELSIUS: Gauge;
    /// Seconds.
    #[metric(unit = "seconds", buckets = [0.1, 1, 1000000])]
    static SPOKEN_WAIT_SECONDS: Histogram;
    /// Seconds, in buckets that nobody had to choose.
    #[metric(unit = "seconds", buckets = [1.0])]
    static SPOKEN_TURN_SECONDS: NativeHistogram;
    /// Bytes.
    #[metric(quantiles = [0.5 => 0.05])]
    static SPOKEN_SIZE_BYTES: Summary;
    /// What was built.
    static SPOKEN_BUILD: Info<version>;
    /// Which one holds.
    static SPOKEN_MODE: StateSet<Mode>;
}

/// A path that nothing reads by accident.
const PATH: &str = "/\"quoted\"\\\n{}";

fn fill() {
    SPOKEN_HITS_TOTAL { path: PATH }.inc_by(9_007_199_254_740_990);
    SPOKEN_HITS_TOTAL { path: PATH }.inc_with_exemplar(&[("trace_id", "4bf92f3577b34da6")]);
    SPOKEN_HITS_TOTAL { path: "/" }.inc_by(0.5);
    SPOKEN_OUTSIDE_CELSIUS.set(-12.25);
    for (seconds, trace) in [(0.05, "fast"), (0.5, "slow"), (2e6, "stuck")] {
        SPOKEN_WAIT_SECONDS.observe_with_exemplar(seconds, &[("trace_id", trace)]);
    }
    for (seconds, trace) in [(0.25, "left"), (16.0, "right")] {
        SPOKEN_TURN_SECONDS.observe_with_exemplar(seconds, &[("trace_id", trace)]);
    }
    SPOKEN_SIZE_BYTES.observe(4.0);
    SPOKEN_BUILD { version: "1.2" }.set();
    SPOKEN_MODE.set(Mode::Off);
    SPOKEN_MODE.set(Mode::On);
}

/// A server that answers at `/negotiated` as it is asked, and at `/text` as if nobody had said what they read.
struct Server {
    address: SocketAddr,
    /// The types of its answers.
    spoken: Arc<Mutex<BTreeSet<String>>>,
}

impl Server {
    fn start() -> Self {
        fill();
        let spoken = Arc::new(Mutex::new(BTreeSet::new()));
        let (own, other) = (Arc::clone(&spoken), Arc::clone(&spoken));
        let router = Router::new()
            .route("/negotiated", get(move |request: Request| respond(request, own)))
            .route("/text", get(move |_: Request| respond(Request::default(), other)));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("the loopback has a free port");
        listener.set_nonblocking(true).expect("it can be polled");
        let address = listener.local_addr().expect("it listens");
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("it listens");
                axum::serve(listener, router).await
            })
        });
        Self { address, spoken }
    }

    fn assert_spoke(&self, media: &str) {
        let spoken = self.spoken.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(spoken.len() == 1 && spoken.iter().all(|own| own.starts_with(media)), "{media}: {spoken:?}");
    }
}

async fn respond(request: Request, spoken: Arc<Mutex<BTreeSet<String>>>) -> http::Response<Body> {
    let response = Scrape::of([&REGISTRY]).with_created().respond(request).await;
    let media = response.headers()["content-type"].to_str().expect("a type").to_owned();
    spoken.lock().unwrap_or_else(PoisonError::into_inner).insert(media);
    response
}

/// Bounds are written in two ways, which are one number: `le` says which.
fn check(prometheus: &Prometheus, le: &str) {
    prometheus.wait_for_scrape("spoken");
    let value = |query: &str, expected: f64| {
        let found = prometheus.value(query);
        assert!(found.to_bits() == expected.to_bits(), "`{query}` is {found}, not {expected}");
    };
    let path = serde_json::to_string(PATH).expect("a string is JSON");
    value(&format!("spoken_hits_total{{path={path}}}"), 9_007_199_254_740_991.0);
    value(r#"spoken_hits_total{path="/"}"#, 0.5);
    value("spoken_outside_celsius", -12.25);
    value(r#"spoken_wait_seconds_bucket{le="0.1"}"#, 1.0);
    value(&format!("spoken_wait_seconds_bucket{{le=\"{le}\"}}"), 2.0);
    value(r#"spoken_wait_seconds_bucket{le="1e+06"}"#, 2.0);
    value(r#"spoken_wait_seconds_bucket{le="+Inf"}"#, 3.0);
    value("spoken_wait_seconds_count", 3.0);
    value("spoken_wait_seconds_sum", 2_000_000.55);
    value(r#"spoken_size_bytes{quantile="0.5"}"#, 4.0);
    value("spoken_size_bytes_sum", 4.0);
    value("spoken_size_bytes_count", 1.0);
    value(r#"spoken_build_info{version="1.2"}"#, 1.0);
    value(r#"spoken_mode{spoken_mode="on"}"#, 1.0);
    value(r#"spoken_mode{spoken_mode="off"}"#, 0.0);
    value("count(spoken_hits_total)", 2.0);
}

/// The exemplars of buckets and of a counter, by their trace, and those of a native histogram under this name.
fn check_exemplars(prometheus: &Prometheus, name: &str, turns: &[(&str, f64)]) {
    let found = |query: &str| {
        let exemplars = prometheus.exemplars(query).into_iter();
        exemplars.map(|one| (one.labels["trace_id"].clone(), one.value.to_bits())).collect::<BTreeSet<_>>()
    };
    let all = |examples: &[(&str, f64)]| {
        examples.iter().map(|(trace, value)| ((*trace).to_owned(), value.to_bits())).collect::<BTreeSet<_>>()
    };
    assert_eq!(found("spoken_wait_seconds_bucket"), all(&[("fast", 0.05), ("slow", 0.5), ("stuck", 2e6)]));
    assert_eq!(found("spoken_hits_total"), all(&[("4bf92f3577b34da6", 1.0)]));
    assert_eq!(found(name), all(turns));
}

/// One test, as all of it is about one registry.
#[test]
fn the_values_are_the_same_in_every_format() {
    let server = Server::start();
    let negotiated = [Job::new("spoken", server.address).at("/negotiated")];
    let clear = || server.spoken.lock().unwrap_or_else(PoisonError::into_inner).clear();

    let prometheus = Prometheus::start_with(&negotiated, &["exemplar-storage"]);
    check(&prometheus, "1.0");
    check_exemplars(&prometheus, "spoken_turn_seconds_bucket", &[("left", 0.25), ("right", 16.0)]);
    assert_eq!(prometheus.kind("spoken_mode"), "stateset");
    let created = prometheus.value(r#"spoken_hits_created{path="/"}"#);
    assert!(created > 1.7e9, "{created}");
    drop(prometheus);
    server.assert_spoke("application/openmetrics-text; version=1.0.0");

    clear();
    let prometheus = Prometheus::start_with(&negotiated, &["exemplar-storage", "native-histograms"]);
    check(&prometheus, "1.0");
    // Of a native histogram Prometheus 2.42 stores the first one of a scrape.
    check_exemplars(&prometheus, "spoken_turn_seconds", &[("left", 0.25)]);
    prometheus.assert("histogram_count(spoken_turn_seconds)", 2);
    assert_eq!(prometheus.kind("spoken_wait_seconds"), "histogram");
    drop(prometheus);
    server.assert_spoke("application/vnd.google.protobuf");

    clear();
    let prometheus = Prometheus::start(&[Job::new("spoken", server.address).at("/text")]);
    check(&prometheus, "1");
    drop(prometheus);
    server.assert_spoke("text/plain; version=0.0.4");

    clear();
    let victoria_metrics = Prometheus::victoria_metrics(&negotiated);
    check(&victoria_metrics, "1");
    server.assert_spoke("text/plain; version=0.0.4");
}
