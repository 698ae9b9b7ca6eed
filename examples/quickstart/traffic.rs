//! A little traffic, so that the first look at the metrics shows moving numbers.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What the service is asked, over and over. The last one is a mistake on purpose: it shows as a status of
/// 400.
const PATHS: [&str; 6] = [
    "/api/hello",
    "/api/task?task_type=light",
    "/api/hello",
    "/api/task?task_type=medium",
    "/api/task?task_type=heavy",
    "/api/task?task_type=x",
];

/// Sends requests to the service until it is aborted.
pub(crate) async fn generate(address: SocketAddr) {
    for path in PATHS.iter().cycle() {
        if let Err(error) = get(address, path).await {
            eprintln!("quickstart: GET {path}: {error}");
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// The smallest HTTP client there is: the answer's end is the end of the connection.
async fn get(address: SocketAddr, path: &str) -> io::Result<()> {
    let mut connection = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await?;
    connection.read_to_end(&mut Vec::new()).await?;
    Ok(())
}
