//! A small HTTP server for programs that have none, behind the feature `serve`.
//!
//! [`serve`] is one line in a program with a tokio runtime, [`Server`] the same with a port that can be asked for and
//! an end, and [`serve_in_background`] needs no runtime at all. All answer `/metrics` with
//! [`handler`](crate::handler), `/` with a hint where to look, and everything else with 404.
//!
//! Each connection carries one answer. So every connection has an end that no client can put off: one that says
//! nothing, speaks too slowly or does not read is cut off, and there are never more than a fixed number of them.

use std::convert::Infallible;
use std::fmt::Debug;
use std::future::{Future, pending, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::mpsc;
use std::task::Poll;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream, ToSocketAddrs, lookup_host};
use tokio::runtime;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::error::Elapsed;
use tokio::time::{sleep, timeout};

use super::body::Body;
use super::handler::handler;

/// Open connections; further ones wait in the system's queue.
const CONNECTIONS: usize = 64;
/// How long a client may take to say what it wants.
const REQUEST: Duration = Duration::from_secs(10);
/// How long a connection may last, from its beginning until the answer has been read.
const CONNECTION: Duration = Duration::from_mins(1);
/// How long answers that are under way may take after the server was told to stop.
const GRACE: Duration = Duration::from_secs(5);
/// The pause when no connection can be accepted, for example because too many files are open.
const PAUSE: Duration = Duration::from_millis(100);

type Connections = JoinSet<Result<(), Elapsed>>;

const HINT: &str = "The metrics are at /metrics.\n";

/// Serves the metrics of the global registry at `/metrics`, for as long as the program runs.
///
/// A [`Server`] can also tell its port and be stopped. Needs the feature `serve`, and a tokio runtime with I/O and time.
///
/// # Errors
///
/// When the address can't be listened on: the message names it. Once it listens, it never ends by itself.
///
/// # Examples
///
/// ```no_run
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// tokio::spawn(async {
///     if let Err(error) = metrics_core::serve("127.0.0.1:9464").await {
///         eprintln!("no metrics: {error}");
///     }
/// });
/// # }
/// ```
pub async fn serve(address: impl ToSocketAddrs + Debug) -> io::Result<()> {
    Server::bind(address).await?.run_until(pending::<()>()).await;
    Ok(())
}

/// A server that listens, but does not answer before it [runs](Self::run_until).
///
/// Needs the feature `serve`.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use metrics_core::Server;
///
/// // Port 0 is any free port.
/// let server = Server::bind("127.0.0.1:0").await?;
/// println!("http://{}/metrics", server.local_addr());
/// let interrupted = async { /* tokio::signal::ctrl_c().await */ };
/// server.run_until(interrupted).await;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Listens on the first address of these that can be had.
    ///
    /// # Errors
    ///
    /// When there is none: the message names what was tried.
    pub async fn bind(address: impl ToSocketAddrs + Debug) -> io::Result<Self> {
        let found = lookup_host(&address).await.map_err(|error| not_found(&address, &error))?;
        let found: Vec<SocketAddr> = found.collect();
        let listener = TcpListener::bind(&found[..]).await.map_err(|error| not_free(&found, &error))?;
        Self::new(listener)
    }

    fn new(listener: TcpListener) -> io::Result<Self> {
        Ok(Self { address: listener.local_addr()?, listener })
    }

    /// Where it listens; the port is the real one, also where port 0 was asked for.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `signal` ends, whatever it ends with.
    ///
    /// Then no more connections are accepted, answers that are under way have five seconds to be read, and the port is
    /// free again. Dropping the future ends everything at once.
    pub async fn run_until(self, signal: impl Future) {
        let (stop, stopped) = watch::channel(());
        let mut connections = Connections::new();
        let accepting = accept(&self.listener, &mut connections, &stopped);
        first(pin!(signal), pin!(accepting)).await;

        drop(self.listener);
        drop(stop);
        // Whoever is not ready when this ends is cut off with the set.
        let ended = async { while connections.join_next().await.is_some() {} };
        let _ = timeout(GRACE, ended).await;
    }
}

/// Accepts connections, and answers each in a task of its own.
async fn accept(
    listener: &TcpListener,
    connections: &mut Connections,
    stopped: &watch::Receiver<()>,
) -> Infallible {
    loop {
        while connections.try_join_next().is_some() {}
        if connections.len() >= CONNECTIONS {
            connections.join_next().await;
        }
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(timeout(CONNECTION, answer(stream, stopped.clone())));
            }
            // This client has hung up already; the next one may be there.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            // Nothing that passes at once: trying again without a pause would only keep the processor busy.
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// Reads one request and answers it; told to stop, a connection that has not asked for anything is closed.
async fn answer(stream: TcpStream, mut stopped: watch::Receiver<()>) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service_fn(route));
    let mut connection = pin!(connection);
    // What can go wrong here is the client's doing, and the client knows.
    if first(pin!(stopped.changed()), connection.as_mut()).await.is_none() {
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
}

async fn route(request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
    Ok(match request.uri().path() {
        "/metrics" => handler(request).await,
        "/" => hint(StatusCode::OK),
        _ => hint(StatusCode::NOT_FOUND),
    })
}

fn hint(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::new(HINT));
    *response.status_mut() = status;
    let plain_text = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, plain_text);
    response
}

/// Runs `work` until it ends, or until `signal` does: then there is no result, and `work` may go on.
async fn first<W: Future>(mut signal: Pin<&mut impl Future>, mut work: Pin<&mut W>) -> Option<W::Output> {
    poll_fn(|context| {
        if signal.as_mut().poll(context).is_ready() {
            return Poll::Ready(None);
        }
        work.as_mut().poll(context).map(Some)
    })
    .await
}

/// Serves the metrics of the global registry at `/metrics` on a thread of its own, for programs without a runtime.
///
/// It listens when this returns, and answers until the program ends, unless it is [shut
/// down](BackgroundServer::shutdown). Needs the feature `serve`.
///
/// # Errors
///
/// When the address can't be listened on: the message names it. Also when the system has no thread left.
///
/// # Examples
///
/// ```
/// # fn main() -> std::io::Result<()> {
/// let metrics = metrics_core::serve_in_background("127.0.0.1:0")?;
/// println!("http://{}/metrics", metrics.local_addr());
/// // … the program …
/// metrics.shutdown();
/// # Ok(())
/// # }
/// ```
pub fn serve_in_background(address: impl std::net::ToSocketAddrs + Debug) -> io::Result<BackgroundServer> {
    let found = address.to_socket_addrs().map_err(|error| not_found(&address, &error))?;
    let found: Vec<SocketAddr> = found.collect();
    let listener = std::net::TcpListener::bind(&found[..]).map_err(|error| not_free(&found, &error))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;

    let (stop, stopped) = oneshot::channel::<()>();
    let (ready, is_ready) = mpsc::channel();
    let run = move || {
        runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
            let server = Server::new(TcpListener::from_std(listener)?)?;
            let _ = ready.send(());
            server.run_until(asked(stopped)).await;
            Ok(())
        })
    };
    let thread = thread::Builder::new().name("metrics-core-serve".to_owned()).spawn(run)?;
    match is_ready.recv() {
        Ok(()) => Ok(BackgroundServer { address, stop, thread }),
        // It has ended before it began, and its result says why.
        Err(_) => Err(join(thread).err().unwrap_or_else(|| io::Error::other("the server did not start"))),
    }
}

/// Ends when somebody asks for it, which is not the case when the one who could has gone.
async fn asked(stopped: oneshot::Receiver<()>) {
    if stopped.await.is_err() {
        pending::<()>().await;
    }
}

fn join(thread: JoinHandle<io::Result<()>>) -> io::Result<()> {
    thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread of the server panicked")))
}

/// A server on a thread of its own, from [`serve_in_background`].
///
/// To drop it changes nothing: the server goes on until the program ends.
#[derive(Debug)]
pub struct BackgroundServer {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<io::Result<()>>,
}

impl BackgroundServer {
    /// Where it listens; the port is the real one, also where port 0 was asked for.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Stops the server, and waits until it has ended: at most the five seconds that answers under way have.
    ///
    /// The port is free again when this returns. In async code it belongs on a thread that may block.
    pub fn shutdown(self) {
        let _ = self.stop.send(());
        let _ = join(self.thread);
    }
}

/// An address that can't be looked up.
fn not_found(address: &impl Debug, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot find the address {address:?} to serve metrics on: {error}"))
}

/// Addresses of which none can be listened on.
fn not_free(addresses: &[SocketAddr], error: &io::Error) -> io::Error {
    let addresses: Vec<String> = addresses.iter().map(SocketAddr::to_string).collect();
    let addresses = addresses.join(" or ");
    io::Error::new(error.kind(), format!("cannot serve metrics on {addresses}: {error}"))
}
