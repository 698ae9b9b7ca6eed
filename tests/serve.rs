//! The server of one's own: what it answers, how it stops, and whom it does not wait for.
//!
//! Where a test is about a time limit, the clock is one that moves on by itself when nothing else happens.

use std::future::pending;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use metrics_core::{Server, metrics, serve, serve_in_background};
use metrics_tests_support::{client, wait};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::Instant;

metrics! {
    /// Is there.
    static SERVED_TOTAL: Counter;

    /// Makes a scrape that no socket's buffers hold.
    static BIG: Gauge<part>;
}

const ANY_PORT: (Ipv4Addr, u16) = (Ipv4Addr::LOCALHOST, 0);
const SCRAPE: &[u8] = b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
/// No test needs it: one that hangs should say where.
const LIMIT: Duration = Duration::from_secs(30);

fn make_big() {
    for number in 0..64 {
        let part = format!("{number}{}", "x".repeat(256 * 1024));
        BIG { part: &part }.set(number);
    }
}

/// A server on the test's runtime that is never stopped.
async fn start() -> SocketAddr {
    let server = Server::bind(ANY_PORT).await.expect("the loopback has a free port");
    let address = server.local_addr();
    tokio::spawn(server.run_until(pending::<()>()));
    address
}

/// Reads to the end. A connection that is reset has ended too.
async fn read(connection: &mut tokio::net::TcpStream) -> Vec<u8> {
    let mut received = Vec::new();
    let _ = connection.read_to_end(&mut received).await;
    received
}

#[test]
fn each_path_and_method_has_its_answer() {
    let server = serve_in_background("127.0.0.1:0").expect("the loopback has a free port");
    let address = server.local_addr();
    let ask = |method, path| client::send(address, method, path, "").expect("it answers");
    SERVED_TOTAL.inc();

    let answer = ask("GET", "/metrics");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    assert!(answer.text().contains("\nserved_total 1\n"), "{}", answer.text());
    assert_eq!(ask("GET", "/metrics?name[]=served_total").status, 200);

    let head = ask("HEAD", "/metrics");
    assert_eq!((head.status, head.text()), (200, ""));
    assert_ne!(head.header("content-length"), Some("0"));

    let answer = ask("POST", "/metrics");
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")));

    for (path, status) in [("/", 200), ("/nowhere", 404), ("/metrics/", 404)] {
        let answer = ask("GET", path);
        assert_eq!((answer.status, answer.text()), (status, "The metrics are at /metrics.\n"), "{path}");
    }
    server.shutdown();
}

#[tokio::test]
async fn it_runs_until_the_signal_whatever_that_is() {
    let server = Server::bind("localhost:0").await.expect("the loopback has a free port");
    let address = server.local_addr();
    assert!(address.ip().is_loopback() && address.port() != 0);
    let asked = tokio::task::spawn_blocking(move || client::get(address, "/metrics"));
    server.run_until(async { asked.await.unwrap().unwrap().status }).await;
    TcpListener::bind(address).expect("the port is free again");
}

#[test]
fn a_stop_waits_for_the_answer_that_is_under_way() {
    make_big();
    let server = serve_in_background(ANY_PORT).expect("the loopback has a free port");
    let address = server.local_addr();
    // Two that said nothing or not enough to be answered, which nobody has to wait for for long.
    let _silent = TcpStream::connect(address).unwrap();
    let mut reader = TcpStream::connect(address).unwrap();
    reader.set_read_timeout(Some(LIMIT)).unwrap();
    reader.write_all(SCRAPE).unwrap();
    let mut received = vec![0; 1];
    reader.read_exact(&mut received).expect("the answer begins");

    let stopping = thread::spawn(move || server.shutdown());
    wait::until("the port to be closed", LIMIT, || match TcpStream::connect(address) {
        Ok(_) => Err("somebody still listens"),
        Err(_) => Ok(()),
    });
    assert!(!stopping.is_finished(), "the answer is still under way");
    reader.read_to_end(&mut received).expect("the answer ends well");
    stopping.join().unwrap();

    let text = String::from_utf8(received).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("transfer-encoding: chunked"), "{head}");
    assert!(body.ends_with("\r\n0\r\n\r\n"), "it is whole");
    TcpListener::bind(address).expect("the port is free again");
}

#[tokio::test(start_paused = true)]
async fn a_stop_does_not_wait_for_ever() {
    make_big();
    let server = Server::bind(ANY_PORT).await.unwrap();
    let mut reader = tokio::net::TcpStream::connect(server.local_addr()).await.unwrap();
    reader.write_all(SCRAPE).await.unwrap();
    let started = Instant::now();
    server.run_until(tokio::time::sleep(Duration::from_secs(1))).await;
    let took = started.elapsed();
    assert!(
        (6.0..6.1).contains(&took.as_secs_f64()),
        "one second until the signal, five for the reader: {took:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn silence_ends_a_stop_at_once() {
    let server = Server::bind(ANY_PORT).await.unwrap();
    let mut silent = tokio::net::TcpStream::connect(server.local_addr()).await.unwrap();
    let started = Instant::now();
    server.run_until(tokio::time::sleep(Duration::from_secs(1))).await;
    assert!(started.elapsed() < Duration::from_secs(2));
    assert_eq!(read(&mut silent).await, b"");
}

#[tokio::test(start_paused = true)]
async fn whoever_does_not_ask_is_cut_off() {
    let address = start().await;
    for begun in ["", "GET /metrics HTT", "GET /metrics HTTP/1.1\r\nHost: localhost\r\n"] {
        let mut slow = tokio::net::TcpStream::connect(address).await.unwrap();
        let started = Instant::now();
        slow.write_all(begun.as_bytes()).await.unwrap();
        assert_eq!(read(&mut slow).await, b"", "{begun:?}");
        let took = started.elapsed();
        assert!((10.0..10.1).contains(&took.as_secs_f64()), "{begun:?}: {took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_asks_byte_by_byte_is_cut_off() {
    let mut slow = tokio::net::TcpStream::connect(start().await).await.unwrap();
    let mut sent = 0;
    for byte in SCRAPE {
        if slow.write_all(&[*byte]).await.is_err() {
            break;
        }
        sent += 1;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert!((10..=12).contains(&sent), "one byte a second, {sent} times");
}

#[tokio::test(start_paused = true)]
async fn whoever_does_not_read_is_cut_off() {
    make_big();
    let mut reader = tokio::net::TcpStream::connect(start().await).await.unwrap();
    reader.write_all(SCRAPE).await.unwrap();
    tokio::time::sleep(Duration::from_secs(61)).await;
    let received = read(&mut reader).await;
    assert!(received.starts_with(b"HTTP/1.1 200 OK\r\n") && received.len() < 64 * 256 * 1024);
}

#[tokio::test(start_paused = true)]
async fn the_silent_do_not_keep_others_out_for_long() {
    let address = start().await;
    let started = Instant::now();
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(tokio::net::TcpStream::connect(address).await.unwrap());
    }
    let mut scraper = tokio::net::TcpStream::connect(address).await.unwrap();
    scraper.write_all(SCRAPE).await.unwrap();
    assert!(read(&mut scraper).await.starts_with(b"HTTP/1.1 200 OK\r\n"));
    // The first 64 are cut off together, and then there is room for everybody else.
    let took = started.elapsed();
    assert!((10.0..10.1).contains(&took.as_secs_f64()), "{took:?}");
}

#[tokio::test]
async fn an_address_that_is_taken_is_named() {
    let taken = TcpListener::bind(ANY_PORT).unwrap();
    let address = taken.local_addr().unwrap();
    let text = address.to_string();
    let errors = [
        Server::bind(address).await.map(drop),
        serve(&text).await,
        serve((Ipv4Addr::LOCALHOST, address.port())).await,
        serve_in_background(text.as_str()).map(drop),
    ];
    for error in errors.map(Result::unwrap_err) {
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
        let expected = format!("cannot serve metrics on {address}: ");
        assert!(error.to_string().starts_with(&expected), "{error}");
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_named() {
    for address in ["127.0.0.1", "127.0.0.1:x", ""] {
        let expected = format!("cannot find the address {address:?} to serve metrics on: ");
        for error in [Server::bind(address).await.map(drop), serve_in_background(address).map(drop)] {
            let error = error.unwrap_err().to_string();
            assert!(error.starts_with(&expected), "{error}");
        }
    }
    let nobodys = SocketAddr::from(([192, 0, 2, 1], 9464));
    let error = Server::bind(nobodys).await.unwrap_err().to_string();
    assert!(error.starts_with("cannot serve metrics on 192.0.2.1:9464: "), "{error}");
}

#[test]
fn a_dropped_background_server_goes_on() {
    let address = serve_in_background(ANY_PORT).expect("the loopback has a free port").local_addr();
    assert_eq!(client::get(address, "/metrics").expect("it answers").status, 200);
}

#[tokio::test]
async fn a_background_server_starts_and_stops_inside_a_runtime_too() {
    let server = serve_in_background(ANY_PORT).expect("the loopback has a free port");
    let address = server.local_addr();
    let asked = tokio::task::spawn_blocking(move || client::get(address, "/metrics"));
    assert_eq!(asked.await.unwrap().unwrap().status, 200);
    server.shutdown();
}

/// Needs a process of its own, whose files may run out: the test starts itself again.
#[cfg(target_os = "linux")]
#[test]
fn a_server_without_files_left_waits_for_better_times() {
    const INSIDE: &str = "METRICS_TESTS_FEW_FILES";
    if std::env::var_os(INSIDE).is_some() {
        return run_out_of_files();
    }
    let program = std::env::current_exe().unwrap();
    let output = std::process::Command::new("sh")
        .args(["-c", "ulimit -n 64 && exec \"$0\" --exact \"$1\" --nocapture"])
        .arg(program)
        .arg("a_server_without_files_left_waits_for_better_times")
        .env(INSIDE, "1")
        .output()
        .expect("there is a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[cfg(target_os = "linux")]
fn run_out_of_files() {
    let address = serve_in_background(ANY_PORT).expect("the loopback has a free port").local_addr();
    let mut usage = std::fs::File::open("/proc/self/stat").unwrap();
    let mut files: Vec<_> = std::iter::from_fn(|| std::fs::File::open("/dev/null").ok()).collect();
    // One is for the client. The server has none for its side of the connection.
    files.pop();
    let mut scraper = TcpStream::connect(address).expect("the system takes the connection");
    scraper.set_read_timeout(Some(LIMIT)).unwrap();
    scraper.write_all(SCRAPE).unwrap();

    let before = processor_ticks(&mut usage);
    thread::sleep(Duration::from_millis(500));
    let ticks = processor_ticks(&mut usage) - before;
    assert!(ticks < 10, "it tried all the time: {ticks} of 50 ticks");

    drop(files);
    let mut received = String::new();
    scraper.read_to_string(&mut received).expect("it answers in the end");
    assert!(received.starts_with("HTTP/1.1 200 OK\r\n"), "{received}");
}

/// The hundredths of a second that this process has kept a processor busy.
#[cfg(target_os = "linux")]
fn processor_ticks(usage: &mut std::fs::File) -> u64 {
    let mut text = String::new();
    io::Seek::rewind(usage).unwrap();
    usage.read_to_string(&mut text).unwrap();
    // After the program's name in brackets, `utime` and `stime` are the fields 11 and 12.
    let (_, fields) = text.rsplit_once(')').unwrap();
    fields.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
}
