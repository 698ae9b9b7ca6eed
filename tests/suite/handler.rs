//! The handler: a scrape over HTTP, in axum and in plain hyper.

use axum::Router;
use axum::routing::{any, get};
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::TokioIo;
use metrics_core::{Body, handler, metrics};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

metrics! {
    /// Asked.
    static HANDLER_ASKED_TOTAL: Counter;
}

fn request(method: Method) -> Request<()> {
    let mut request = Request::new(());
    *request.method_mut() = method;
    request
}

fn asking(method: Method, uri: &str) -> Request<()> {
    Request::builder().method(method).uri(uri).body(()).unwrap()
}

async fn text(response: Response<Body>) -> String {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// CL-13, O-63
#[tokio::test]
async fn get_answers_with_everything() {
    HANDLER_ASKED_TOTAL.inc();
    let response = handler(request(Method::GET)).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    assert_eq!(response.headers()["vary"], "Accept, Accept-Encoding");
    let text = text(response).await;
    assert!(text.contains("\nhandler_asked_total 1\n") && text.ends_with('\n'));
}

#[tokio::test]
async fn head_answers_with_the_head() {
    let response = handler(asking(Method::HEAD, "/metrics?name[]=handler_asked_total")).await;
    assert_eq!(response.status(), StatusCode::OK);
    let length = response.headers()["content-length"].clone();
    assert_eq!(text(response).await, "");
    let same = handler(asking(Method::GET, "/metrics?name[]=handler_asked_total")).await;
    assert_eq!(same.headers()["content-length"], length);
    assert_eq!(text(same).await.len().to_string(), length.to_str().unwrap());
}

#[tokio::test]
async fn other_methods_are_refused() {
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let response = handler(request(method)).await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(response.headers()["allow"], "GET, HEAD");
    }
}

#[tokio::test]
async fn whatever_is_accepted_there_is_an_answer() {
    let long = "application/x,".repeat(5_000);
    for accept in
        ["application/json", "text/plain;version=9", ";;,", "*/*;q=NaN", "text/plain;q=0", &long, "ä"]
    {
        let request = Request::builder().header("accept", accept.as_bytes()).body(()).unwrap();
        let response = handler(request).await;
        assert_eq!(response.status(), StatusCode::OK, "{accept}");
    }
}

async fn fetch(stream: TcpStream, request: &str) -> String {
    let mut stream = stream;
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn it_mounts_in_axum() {
    let app = Router::new().route("/metrics", get(handler)).route("/any", any(handler));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    for path in ["/metrics", "/any"] {
        let stream = TcpStream::connect(address).await.unwrap();
        let answer =
            fetch(stream, &format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains("\nhandler_asked_total "));
    }
}

#[tokio::test]
async fn it_serves_plain_hyper() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let service = hyper::service::service_fn(|request| async {
            Ok::<_, std::convert::Infallible>(handler(request).await)
        });
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await
    });
    let stream = TcpStream::connect(address).await.unwrap();
    let answer =
        fetch(stream, "HEAD /?name[]=handler_asked_total HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.to_lowercase().contains("content-length: ") && answer.ends_with("\r\n\r\n"), "{answer}");
}

#[tokio::test]
async fn any_request_body_will_do() {
    let response = handler(Request::new(Empty::<bytes::Bytes>::new())).await;
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_is_too_long_to_be_read_is_refused_and_the_next_one_is_answered() {
    let app = Router::new().route("/metrics", get(handler));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    let names = "name[]=a&".repeat(1_000_000);
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The server hangs up before it has read all of it, so that neither writing nor reading need end well.
    let _ = stream.write_all(format!("GET /metrics?{names} HTTP/1.1\r\nhost: x\r\n\r\n").as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"), "{}", String::from_utf8_lossy(&answer));

    let codings = "gzip;q=0.1,".repeat(20_000);
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("GET /metrics HTTP/1.1\r\nhost: x\r\naccept-encoding: {codings}\r\n\r\n");
    let _ = stream.write_all(head.as_bytes()).await;
    // A client that closes midway.
    drop(stream);

    let stream = TcpStream::connect(address).await.unwrap();
    let answer = fetch(stream, "GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"));
}
