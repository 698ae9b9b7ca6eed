//! Without a web framework: the handler in a plain hyper server.
//!
//! ```text
//! cargo run --example by_hand_hyper
//! curl http://127.0.0.1:9465/hello
//! curl http://127.0.0.1:9465/metrics
//! ```

use std::convert::Infallible;
use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use http::{Request, Response, StatusCode};
use http_body_util::{Either, Full};
use hyper::body::{Body, Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use metrics_core::{counted, timed};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 9465));
    let listener =
        TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))?;
    println!("http://{address}/metrics");
    loop {
        let (connection, _) = listener.accept().await?;
        tokio::spawn(async move {
            let connection = TokioIo::new(connection);
            let served = http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(connection, service_fn(route))
                .await;
            if let Err(error) = served {
                eprintln!("a connection broke off: {error}");
            }
        });
    }
}

type BoxError = Box<dyn Error + Send + Sync>;

/// The metrics handler takes a request with any body and answers with a body of its own: where it meets
/// others, an `Either` (or a boxed body) makes one type of them.
async fn route(
    request: Request<Incoming>,
) -> Result<Response<impl Body<Data = Bytes, Error = BoxError>>, Infallible> {
    Ok(match request.uri().path() {
        "/metrics" => metrics_core::handler(request).await.map(Either::Left),
        "/hello" => Response::new(Either::Right(Full::from(hello().await))),
        _ => not_found().map(Either::Right),
    })
}

#[counted]
#[timed]
async fn hello() -> &'static str {
    tokio::time::sleep(Duration::from_millis(5)).await;
    "Hello!\n"
}

#[counted]
fn not_found() -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from("Try /hello or /metrics.\n"));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
