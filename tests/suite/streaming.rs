//! A scrape is told while it is sent: in chunks, in turns with others, to its end or with an error.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use http::{Request, Response, StatusCode};
use http_body::Body as _;
use http_body_util::BodyExt as _;
use metrics_core::{Body, Counter, Histogram, Registry, Scrape};

/// Some megabytes of text.
const SERIES: u32 = 40_000;
const CHUNK: usize = 32 * 1024;

/// Registries of one process have the count of scrapes in common: one test at a time looks at it.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

fn many() -> Registry {
    let registry = Registry::new();
    let pages = Counter::builder("pages_total", "Pages by number.").labels(["number"]);
    let pages = pages.max_series(SERIES as usize).register(&registry).unwrap();
    for number in 0..SERIES {
        pages.with([number]).inc_by(u64::from(number));
    }
    registry
}

fn request(header: &'static str, value: &'static str) -> Request<()> {
    Request::builder().uri("/metrics").header(header, value).body(()).unwrap()
}

async fn scrape(registry: &Registry, request: Request<()>) -> Response<Body> {
    let response = Scrape::of([registry]).respond(request).await;
    assert_eq!(response.status(), StatusCode::OK);
    response
}

/// What the library counted about itself.
fn own(series: &str) -> f64 {
    let scrape = metrics_core::render();
    let line = scrape.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {series}")).parse().unwrap()
}

fn errors(cause: &str) -> f64 {
    own(&format!("metrics_core_scrape_errors_total{{cause=\"{cause}\"}}"))
}

#[tokio::test]
async fn a_large_answer_comes_in_chunks() {
    let registry = many();
    let response = scrape(&registry, Request::default()).await;
    assert!(!response.headers().contains_key("content-length"));
    let (mut body, mut whole) = (response.into_body(), Vec::new());
    while let Some(frame) = body.frame().await {
        let chunk = frame.unwrap().into_data().unwrap();
        assert!(!chunk.is_empty() && chunk.len() <= CHUNK, "{}", chunk.len());
        whole.extend_from_slice(&chunk);
    }
    assert!(body.is_end_stream());
    assert_eq!(String::from_utf8(whole).unwrap(), registry.render());
}

/// Whoever makes a head of it must not tell that the body has 0 bytes.
#[tokio::test]
async fn the_head_of_a_large_answer_has_no_length() {
    let registry = many();
    let head = |deadline| {
        let request = Request::builder().method("HEAD").uri("/metrics");
        request.header("x-prometheus-scrape-timeout-seconds", deadline).body(()).unwrap()
    };
    let response = scrape(&registry, head("10")).await;
    assert!(!response.headers().contains_key("content-length"));
    assert_eq!(response.body().size_hint().exact(), None);
    assert!(response.into_body().frame().await.is_none());
    let _alone = ALONE.lock().await;
    let before = errors("deadline");
    scrape(&registry, head("0.000000001")).await;
    assert_eq!(errors("deadline"), before + 1.0);
}

#[test]
fn others_get_a_turn_between_small_slices() {
    let registry = many();
    let mut context = Context::from_waker(Waker::noop());
    let length = registry.render().len();
    let (scrape, request) = (Scrape::of([&registry]), Request::new(()));
    let mut responding = pin!(scrape.respond(request));
    let mut turns = 0;
    let body = loop {
        match responding.as_mut().poll(&mut context) {
            Poll::Ready(response) => break response.into_body(),
            Poll::Pending => turns += 1,
        }
    };
    let (mut body, mut received) = (pin!(body), 0);
    loop {
        match body.as_mut().poll_frame(&mut context) {
            Poll::Ready(Some(frame)) => received += frame.unwrap().into_data().unwrap().len(),
            Poll::Ready(None) => break,
            Poll::Pending => turns += 1,
        }
    }
    assert_eq!(received, length);
    // No slice was longer than a few runs of series.
    assert!(turns >= length / (24 * 1024), "{turns} turns for {length} bytes");
}

#[tokio::test]
async fn one_series_may_be_longer_than_a_chunk() {
    let registry = Registry::new();
    let sizes = Histogram::builder("sizes", "Sizes.").labels(["of"]).register(&registry).unwrap();
    for digit in 0..10 {
        sizes.with([digit.to_string().repeat(100_000)]).observe(1.0);
    }
    let (mut body, mut whole) = (scrape(&registry, Request::default()).await.into_body(), Vec::new());
    while let Some(frame) = body.frame().await {
        let chunk = frame.unwrap().into_data().unwrap();
        assert!(chunk.len() <= CHUNK);
        whole.extend_from_slice(&chunk);
    }
    assert!(whole == registry.render().as_bytes());
}

#[tokio::test]
async fn it_is_compressed_for_who_accepts_it() {
    let registry = many();
    let expected = registry.render();
    for coding in ["gzip", "zstd"] {
        let response = scrape(&registry, request("accept-encoding", coding)).await;
        assert_eq!(response.headers()["content-encoding"], coding);
        assert_eq!(response.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        assert!(bytes.len() < expected.len() / 4, "{coding}: {}", bytes.len());
        let mut text = String::new();
        match coding {
            "gzip" => flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap(),
            _ => zstd::stream::read::Decoder::new(&bytes[..]).unwrap().read_to_string(&mut text).unwrap(),
        };
        assert!(text == expected, "{coding}");
    }
    for none in ["identity", "br", "gzip;q=0, zstd;q=NaN", ""] {
        let response = scrape(&registry, request("accept-encoding", none)).await;
        assert!(!response.headers().contains_key("content-encoding"), "{none}");
    }
}

#[tokio::test]
async fn a_small_answer_that_is_compressed_has_its_length() {
    let registry = Registry::new();
    Counter::builder("few_total", "Few.").register(&registry).unwrap().handle().inc();
    let response = scrape(&registry, request("accept-encoding", "gzip")).await;
    let length = response.headers()["content-length"].clone();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(bytes.len().to_string(), length.to_str().unwrap());
    let mut text = String::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    assert_eq!(text, registry.render());
}

#[tokio::test]
async fn past_the_deadline_the_body_breaks_off() {
    let _alone = ALONE.lock().await;
    let registry = many();
    let before = errors("deadline");
    let response = scrape(&registry, request("x-prometheus-scrape-timeout-seconds", "0.000001")).await;
    assert!(!response.headers().contains_key("content-length"), "it would tell that this is whole");
    let mut body = response.into_body();
    let error = body.frame().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
    assert!(body.frame().await.is_none());
    drop(body);
    assert_eq!(errors("deadline"), before + 1.0);
}

#[tokio::test]
async fn a_scraper_that_leaves_ends_its_scrape() {
    let _alone = ALONE.lock().await;
    let registry = many();
    let before = errors("scraper_left");
    let mut body = scrape(&registry, Request::default()).await.into_body();
    body.frame().await.unwrap().unwrap();
    assert_eq!(own("metrics_core_scrapes_in_flight"), 1.0);
    drop(body);
    assert_eq!(own("metrics_core_scrapes_in_flight"), 0.0);
    assert_eq!(errors("scraper_left"), before + 1.0);
}

/// O-60: scrapes run side by side, up to a limit.
#[tokio::test]
async fn there_is_a_limit_to_scrapes_at_once() {
    let _alone = ALONE.lock().await;
    let registry = many();
    let limited = Scrape::of([&registry]).at_most(2);
    let one = limited.respond(Request::new(())).await;
    let other = limited.respond(Request::new(())).await;
    let third = limited.respond(Request::new(())).await;
    assert_eq!((one.status(), other.status()), (StatusCode::OK, StatusCode::OK));
    assert_eq!(third.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(third.headers()["retry-after"], "1");
    drop(one);
    assert_eq!(limited.respond(Request::new(())).await.status(), StatusCode::OK);
    drop(other);
}

#[tokio::test]
async fn scrapes_are_counted() {
    let _alone = ALONE.lock().await;
    let registry = many();
    let of = |code: u16| own(&format!("metrics_core_scrapes_total{{code=\"{code}\"}}"));
    let bytes = || own("metrics_core_scrape_size_bytes_sum");
    let (ok, bad, method, busy, before) = (of(200), of(400), of(405), of(503), bytes());
    let took = own("metrics_core_scrape_duration_seconds_count");

    let whole = scrape(&registry, Request::default()).await.into_body().collect().await.unwrap();
    let names = format!("/?{}", vec!["name[]=a"; 1_025].join("&"));
    let limited = Scrape::of([&registry]).at_most(0);
    for (expected, request) in [
        (StatusCode::BAD_REQUEST, Request::get(&names)),
        (StatusCode::METHOD_NOT_ALLOWED, Request::post("/")),
        (StatusCode::SERVICE_UNAVAILABLE, Request::get("/")),
    ] {
        assert_eq!(limited.respond(request.body(()).unwrap()).await.status(), expected);
    }

    assert_eq!([of(200), of(400), of(405), of(503)], [ok + 1.0, bad + 1.0, method + 1.0, busy + 1.0]);
    assert_eq!(bytes(), before + whole.to_bytes().len() as f64);
    assert_eq!(own("metrics_core_scrape_duration_seconds_count"), took + 1.0);
}

#[tokio::test]
async fn series_may_come_and_go_meanwhile() {
    let registry = many();
    let pages = Counter::builder("pages_total", "Pages by number.").labels(["number"]);
    let pages = pages.max_series(SERIES as usize).register(&registry).unwrap();
    let mut body = scrape(&registry, Request::default()).await.into_body();
    let mut whole = body.frame().await.unwrap().unwrap().into_data().unwrap().to_vec();
    for number in (0..SERIES).step_by(2) {
        assert!(pages.remove([number]));
    }
    pages.with(["new"]).inc();
    whole.extend_from_slice(&body.collect().await.unwrap().to_bytes());

    let text = String::from_utf8(whole).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("pages_total{")).collect();
    assert_eq!(lines.iter().collect::<BTreeSet<_>>().len(), lines.len(), "each once");
    let odd = lines.iter().filter(|line| line.rsplit(' ').next().unwrap().parse::<u32>().unwrap() % 2 == 1);
    assert_eq!(odd.count(), SERIES as usize / 2, "all that were there from the beginning to the end");
    assert!(!text.contains("number=\"new\""), "what was not there when the scrape began");
}
