//! Native histograms in a real Prometheus: their buckets are what it understands, and its answers are right.
//!
//! What is served is a snapshot, written as protobuf by this test: the message of the norm, field by field.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread;

use metrics_core::{NativeHistogram, NativeHistogramHandle, NativeSnapshot, Registry};
use metrics_tests_support::prometheus::{Job, Prometheus};

const CONTENT_TYPE: &str =
    "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

/// A protobuf message that is being written.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn varint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn whole(mut self, field: u64, number: u64) -> Self {
        self.varint(field << 3);
        self.varint(number);
        self
    }

    /// A whole number with a sign: the small ones of either sign are short.
    fn signed(self, field: u64, number: i64) -> Self {
        self.whole(field, ((number << 1) ^ (number >> 63)) as u64)
    }

    fn double(mut self, field: u64, number: f64) -> Self {
        self.varint(field << 3 | 1);
        self.0.extend(number.to_le_bytes());
        self
    }

    fn bytes(mut self, field: u64, bytes: &[u8]) -> Self {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend(bytes);
        self
    }
}

/// P-3: sums, then zero bucket, then the spans and deltas of either side.
fn histogram(told: &NativeSnapshot) -> Vec<u8> {
    let mut message = Message::default()
        .whole(1, told.count)
        .double(2, told.sum)
        .signed(5, i64::from(told.schema))
        .double(6, told.zero_threshold)
        .whole(7, told.zero_count);
    for (buckets, span, delta) in [(&told.negative, 9, 10), (&told.positive, 12, 13)] {
        let sent = NativeSnapshot::spans(buckets);
        for (offset, length) in sent.spans {
            let one = Message::default().signed(1, i64::from(offset)).whole(2, u64::from(length));
            message = message.bytes(span, &one.0);
        }
        message = sent.deltas.iter().fold(message, |message, one| message.signed(delta, *one));
    }
    message.0
}

/// P-2: one family, with its length before it.
fn family(name: &str, told: &NativeSnapshot) -> Vec<u8> {
    let metric = Message::default().bytes(7, &histogram(told));
    let family = Message::default().bytes(1, name.as_bytes()).bytes(2, b"N.").whole(3, 4).bytes(4, &metric.0);
    let mut delimited = Message::default();
    delimited.varint(family.0.len() as u64);
    delimited.0.extend(family.0);
    delimited.0
}

/// Answers every request with the histograms as they are then.
fn serve(histograms: Vec<(&'static str, NativeHistogramHandle)>) -> (SocketAddr, Arc<Mutex<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let asked = Arc::new(Mutex::new(String::new()));
    let last = Arc::clone(&asked);
    thread::spawn(move || {
        for mut connection in listener.incoming().flatten() {
            let mut request = [0; 4096];
            let Ok(length) = connection.read(&mut request) else { continue };
            *last.lock().unwrap() = String::from_utf8_lossy(&request[..length]).into_owned();
            let body: Vec<u8> =
                histograms.iter().flat_map(|(name, handle)| family(name, &handle.snapshot())).collect();
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: {CONTENT_TYPE}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = connection.write_all(head.as_bytes()).and_then(|()| connection.write_all(&body));
        }
    });
    (address, asked)
}

#[test]
fn prometheus_reads_quantiles_from_native_histograms() {
    let registry = Registry::new();
    let made = |name: &str| NativeHistogram::builder(name, "N.").native_only();
    let fine = made("fine").factor(1.01).max_buckets(0).register(&registry).unwrap().handle();
    let signed = made("signed").register(&registry).unwrap().handle();
    let limited = made("limited").max_buckets(5).register(&registry).unwrap().handle();
    let empty = made("empty").register(&registry).unwrap().handle();
    for step in 1..=1000_u32 {
        fine.observe(f64::from(step) / 1000.0);
        signed.observe(f64::from(step) - 500.0);
        limited.observe(f64::from(step));
    }
    let (address, asked) =
        serve(vec![("fine", fine), ("signed", signed), ("limited", limited), ("empty", empty)]);
    let jobs = [Job::new("native", address)];
    let prometheus = Prometheus::start_with(&jobs, &["native-histograms"]);
    prometheus.wait_for_scrape("native");
    assert!(asked.lock().unwrap().contains("encoding=delimited"), "it asks for protobuf");

    for name in ["fine", "signed", "limited"] {
        prometheus.assert(&format!("histogram_count({name})"), 1000);
    }
    prometheus.assert("histogram_count(empty)", 0);
    prometheus.assert("histogram_sum(signed)", 500);
    prometheus.assert("histogram_sum(limited)", 500_500);
    let near = |query: &str, wanted: f64, error: f64| {
        let found = prometheus.value(query);
        assert!((found - wanted).abs() <= error * wanted.abs(), "`{query}` is {found}, not {wanted}");
    };
    // Within the width of a bucket.
    near("histogram_quantile(0.5, fine)", 0.5, 0.01);
    near("histogram_quantile(0.99, fine)", 0.99, 0.01);
    near("histogram_quantile(0.1, signed)", -400.0, 0.1);
    near("histogram_quantile(0.9, signed)", 400.0, 0.1);
    near("histogram_fraction(0, 0.25, fine)", 0.25, 0.02);
    // Five buckets for a thousand values: their width grew, and what they tell is still right.
    let told = limited.snapshot();
    assert!(told.positive.len() <= 5, "{told:?}");
    let growth = told.bound(1);
    near("histogram_quantile(1, limited)", 1000.0, growth - 1.0);
}
