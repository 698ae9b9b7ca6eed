//! A little traffic, so that the first look at the metrics shows moving numbers.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What the service is asked, over and over: method, path and body. Two of them are mistakes on purpose: they
/// show as a status of 400.
const REQUESTS: [(&str, &str, &str); 13] = [
    ("GET", "/api/hello", ""),
    ("GET", "/api/fast", ""),
    ("GET", "/api/task?task_type=light", ""),
    ("POST", "/api/login", "{}"),
    ("GET", "/api/slow", ""),
    ("POST", "/api/order?items=3", ""),
    ("GET", "/api/task?task_type=medium", ""),
    ("POST", "/api/login", r#"{"user_type": "member", "platform": "ios"}"#),
    ("GET", "/api/task?task_type=heavy", ""),
    ("GET", "/api/fast", ""),
    ("POST", "/api/login", r#"{"user_type": "admin", "platform": "abacus"}"#),
    ("GET", "/api/task?task_type=x", ""),
    ("POST", "/api/login", "no JSON"),
];

/// Sends requests to the service until it is aborted.
pub(crate) async fn generate(address: SocketAddr) {
    for (method, path, body) in REQUESTS.into_iter().cycle() {
        if let Err(error) = send(address, method, path, body).await {
            eprintln!("quickstart: {method} {path}: {error}");
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// The smallest HTTP client there is: the answer's end is the end of the connection.
async fn send(address: SocketAddr, method: &str, path: &str, body: &str) -> io::Result<()> {
    let mut connection = TcpStream::connect(address).await?;
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
    );
    connection.write_all((head + body).as_bytes()).await?;
    connection.read_to_end(&mut Vec::new()).await?;
    Ok(())
}
