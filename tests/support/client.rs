//! The smallest HTTP client that is enough: one request on one connection, read to its end.

use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

/// Nothing on the loopback takes this long: a test that hangs should say where.
const LIMIT: Duration = Duration::from_secs(30);

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code, `200` for example.
    pub status: u16,
    /// The status line and the headers, as received.
    pub head: String,
    /// The body, with a chunked transfer put together again.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    /// The body as text.
    ///
    /// # Panics
    ///
    /// When the body is not UTF-8.
    pub fn text(&self) -> &str {
        str::from_utf8(&self.body).expect("the body is UTF-8")
    }
}

/// Sends `GET path` (with its query, percent-encoded) to a server on the loopback.
///
/// # Errors
///
/// When the server can't be reached, breaks off, or does not speak HTTP.
pub fn get(address: SocketAddr, path: &str) -> io::Result<Answer> {
    send(address, "GET", path, "")
}

/// Sends `GET path` with one more header.
///
/// # Errors
///
/// As for [`get`].
pub fn get_with(address: SocketAddr, path: &str, header: (&str, &str)) -> io::Result<Answer> {
    exchange(address, "GET", path, &format!("{}: {}\r\n", header.0, header.1), "")
}

/// Sends `POST path` with a body that is JSON, or claims to be.
///
/// # Errors
///
/// As for [`get`].
pub fn post(address: SocketAddr, path: &str, body: &str) -> io::Result<Answer> {
    send(address, "POST", path, body)
}

/// Sends a request with any method.
///
/// # Errors
///
/// As for [`get`].
pub fn send(address: SocketAddr, method: &str, path: &str, body: &str) -> io::Result<Answer> {
    let headers = match body.len() {
        0 => String::new(),
        length => format!("Content-Type: application/json\r\nContent-Length: {length}\r\n"),
    };
    exchange(address, method, path, &headers, body)
}

/// One request, with headers that end in line breaks.
fn exchange(address: SocketAddr, method: &str, path: &str, headers: &str, body: &str) -> io::Result<Answer> {
    let mut connection = TcpStream::connect_timeout(&address, LIMIT)?;
    connection.set_read_timeout(Some(LIMIT))?;
    connection.set_write_timeout(Some(LIMIT))?;
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}");
    connection.write_all(format!("{head}\r\n{body}").as_bytes())?;
    let mut received = Vec::new();
    connection.read_to_end(&mut received)?;
    parse(&received, method != "HEAD").ok_or_else(|| {
        let start = String::from_utf8_lossy(&received[..received.len().min(200)]).into_owned();
        io::Error::new(io::ErrorKind::InvalidData, format!("no whole HTTP answer: {start:?}"))
    })
}

/// An address of the loopback that is free now, for programs that can't say which one they took.
///
/// # Panics
///
/// When there is none.
pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    listener.expect("the loopback has a free port")
}

/// Percent-encodes a value for a query.
pub fn encode(value: &str) -> String {
    value.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

/// The answer to `HEAD` has no body, whatever length it tells.
fn parse(received: &[u8], with_body: bool) -> Option<Answer> {
    let (head, rest) = split_once(received, b"\r\n\r\n")?;
    let mut answer = Answer { status: 0, head: String::from_utf8_lossy(head).into_owned(), body: Vec::new() };
    answer.status = answer.head.split(' ').nth(1)?.parse().ok()?;
    let length = answer.header("content-length").map(str::parse::<usize>);
    answer.body = match length {
        _ if !with_body => Vec::new(),
        // A body that is shorter than announced was broken off.
        Some(length) => rest.get(..length.ok()?)?.to_vec(),
        None if answer.header("transfer-encoding") == Some("chunked") => join_chunks(rest)?,
        None => rest.to_vec(),
    };
    Some(answer)
}

fn join_chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let (size, after) = split_once(rest, b"\r\n")?;
        let size = usize::from_str_radix(str::from_utf8(size).ok()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(after.get(..size)?);
        rest = after.get(size + 2..)?;
    }
}

fn split_once<'a>(bytes: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(separator.len()).position(|window| window == separator)?;
    Some((&bytes[..at], &bytes[at + separator.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_with_its_length_is_read() {
        let answer = parse(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", true).expect("whole");
        assert_eq!((answer.status, answer.text()), (200, "hi"));
    }

    #[test]
    fn an_answer_to_head_has_no_body() {
        let answer = parse(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", false).expect("whole");
        assert_eq!((answer.header("content-length"), answer.text()), (Some("2"), ""));
    }

    #[test]
    fn chunks_are_put_together() {
        let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        let answer = parse(&[&head[..], b"2\r\nhi\r\nA\r\n, and more\r\n0\r\n\r\n"].concat(), true);
        assert_eq!(answer.expect("whole").text(), "hi, and more");
        assert_eq!(parse(&[&head[..], b"2\r\nhi\r\n"].concat(), true), None, "broken off");
    }

    #[test]
    fn a_body_that_is_cut_off_is_no_answer() {
        assert_eq!(parse(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi", true), None);
    }

    #[test]
    fn what_means_something_in_a_query_is_encoded() {
        assert_eq!(encode(r#"up{a="b c"}+1"#), "up%7Ba%3D%22b%20c%22%7D%2B1");
    }
}
