//! Scrapes that are told while they are sent: large and compressed, filtered, and broken off.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::thread;

use axum::Router;
use axum::extract::Request;
use axum::routing::get;
use http::{HeaderValue, Response};
use metrics_core::{Body, Counter, Registry, Scrape};
use metrics_tests_support::prometheus::{Job, Prometheus};

static MANY: Registry = Registry::new();

/// Several chunks of text; built without optimisation, it has to be told within the second that Prometheus waits.
const SERIES: u32 = 5_000;

/// As [`whole`], for a scraper that has no time: its header says so.
async fn in_no_time(mut request: Request) -> Response<Body> {
    let timeout = HeaderValue::from_static("0.000001");
    request.headers_mut().insert("x-prometheus-scrape-timeout-seconds", timeout);
    whole(request).await
}

async fn whole(request: Request) -> Response<Body> {
    assert_eq!(request.headers()["accept-encoding"], "gzip", "Prometheus asks for it");
    Scrape::of([&MANY]).respond(request).await
}

/// Serves until the test's process ends.
fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback has a free port");
    let address = listener.local_addr().expect("it has an address");
    listener.set_nonblocking(true).expect("a socket can be that");
    thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("threads can be made");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("it listens");
            axum::serve(listener, app).await
        })
    });
    address
}

#[test]
fn prometheus_stores_a_large_scrape_and_none_that_broke_off() {
    let pages = Counter::builder("pages_total", "Pages by number.").labels(["number"]);
    let pages = pages.max_series(SERIES as usize).register(&MANY).expect("the name is free");
    for number in 0..SERIES {
        pages.with([number]).inc_by(u64::from(number));
    }
    let app = Router::new().route("/whole", get(whole)).route("/late", get(in_no_time));
    let address = serve(app);
    let prometheus =
        Prometheus::start(&[Job::new("whole", address).at("/whole"), Job::new("late", address).at("/late")]);

    prometheus.wait_for_scrape("whole");
    prometheus.assert(r#"count(pages_total{job="whole"})"#, SERIES);
    prometheus.assert(r#"sum(pages_total{job="whole"})"#, (0..SERIES).sum());
    prometheus.assert(r#"pages_total{job="whole",number="4999"}"#, 4_999);

    let why = prometheus.wait_for_failure("late");
    assert!(why.contains("EOF"), "the body broke off: {why}");
    prometheus.assert(r#"up{job="late"}"#, 0);
    assert_eq!(prometheus.query(r#"pages_total{job="late"}"#), [], "nothing of it is stored");
}
