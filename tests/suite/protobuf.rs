//! Reading the delimited protobuf format as strictly as the text formats: every byte belongs to a field that is known.

use std::collections::BTreeMap;

use crate::parser::{Labels, Samples};

/// The value of a field.
#[derive(Debug)]
pub(crate) enum Field<'a> {
    Number(u64),
    Double(f64),
    Bytes(&'a [u8]),
}

/// The fields of a message, in order.
pub(crate) struct Fields<'a>(pub(crate) &'a [u8]);

impl<'a> Fields<'a> {
    pub(crate) fn varint(&mut self) -> u64 {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first().expect("a number ends");
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return value;
            }
        }
        panic!("a number has ten bytes at most")
    }

    pub(crate) fn bytes(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at_checked(length).expect("a message is as long as it says");
        self.0 = rest;
        taken
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = (u64, Field<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let tag = self.varint();
        let value = match tag & 7 {
            0 => Field::Number(self.varint()),
            1 => Field::Double(f64::from_le_bytes(self.bytes(8).try_into().unwrap())),
            2 => {
                let length = self.varint() as usize;
                Field::Bytes(self.bytes(length))
            }
            other => panic!("wire type {other}"),
        };
        Some((tag >> 3, value))
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("P-8: strings are UTF-8")
}

fn label(pair: &[u8]) -> (String, String) {
    let (mut name, mut value) = (String::new(), String::new());
    for field in Fields(pair) {
        match field {
            (1, Field::Bytes(bytes)) => name = text(bytes),
            (2, Field::Bytes(bytes)) => value = text(bytes),
            other => panic!("in a label: {other:?}"),
        }
    }
    (name, value)
}

/// What was read: samples as the text format names them, the types by name, and how many times and examples there were.
#[derive(Default)]
pub(crate) struct Read {
    pub(crate) samples: Samples,
    pub(crate) types: BTreeMap<String, u64>,
    pub(crate) units: BTreeMap<String, String>,
    /// The series that say when they were made, with the seconds.
    pub(crate) created: BTreeMap<(String, Labels), u64>,
    /// The labels and values of exemplars.
    pub(crate) exemplars: Vec<(Labels, f64)>,
    pub(crate) messages: usize,
}

impl Read {
    /// P-2: messages behind one another, each with its length.
    pub(crate) fn of(body: &[u8]) -> Self {
        let mut read = Self::default();
        let mut rest = Fields(body);
        while !rest.0.is_empty() {
            let length = rest.varint() as usize;
            read.family(rest.bytes(length));
            read.messages += 1;
        }
        read
    }

    fn family(&mut self, message: &[u8]) {
        let (mut name, mut kind, mut series) = (String::new(), None, Vec::new());
        for field in Fields(message) {
            match field {
                (1, Field::Bytes(bytes)) => name = text(bytes),
                (2, Field::Bytes(bytes)) => assert!(!text(bytes).is_empty(), "help"),
                (3, Field::Number(number)) => kind = Some(number),
                (4, Field::Bytes(bytes)) => series.push(bytes),
                (5, Field::Bytes(bytes)) => {
                    self.units.insert(name.clone(), text(bytes));
                }
                other => panic!("in a family: {other:?}"),
            }
        }
        assert!(!series.is_empty(), "P-9: {name} without a metric");
        let kind = kind.expect("a type");
        let there = self.types.insert(name.clone(), kind);
        assert!(there.is_none_or(|there| there == kind), "{name} has one type");
        for metric in series {
            self.metric(&name, kind, metric);
        }
    }

    fn metric(&mut self, name: &str, kind: u64, message: &[u8]) {
        let (mut labels, mut told) = (Labels::new(), 0);
        for field in Fields(message) {
            match field {
                (1, Field::Bytes(pair)) => labels.push(label(pair)),
                (field @ (2 | 3 | 4 | 7), Field::Bytes(numbers)) => {
                    let expected = [3, 2, 4, 0, 7][kind as usize];
                    assert_eq!(field, expected, "{name}: the numbers of its type");
                    told += 1;
                    match field {
                        2 => self.plain(name, &labels, numbers, false),
                        3 => self.plain(name, &labels, numbers, true),
                        4 => self.summary(name, &labels, numbers),
                        _ => self.histogram(name, &labels, numbers),
                    }
                }
                other => panic!("in a metric: {other:?}"),
            }
        }
        assert_eq!(told, 1, "{name}: numbers of one type");
    }

    fn add(&mut self, name: String, mut labels: Labels, last: Option<(&str, String)>, value: f64) {
        labels.extend(last.map(|(name, value)| (name.to_owned(), value)));
        let series = (name, labels);
        assert!(!self.samples.contains_key(&series), "T-10: {series:?} twice");
        self.samples.insert(series, value);
    }

    fn plain(&mut self, name: &str, labels: &Labels, message: &[u8], counts: bool) {
        for field in Fields(message) {
            match field {
                (1, Field::Double(value)) => self.add(name.to_owned(), labels.clone(), None, value),
                (2, Field::Bytes(exemplar)) if counts => self.exemplar(exemplar),
                (3, Field::Bytes(timestamp)) if counts => self.created(name, labels, timestamp),
                other => panic!("in {name}: {other:?}"),
            }
        }
    }

    fn summary(&mut self, name: &str, labels: &Labels, message: &[u8]) {
        for field in Fields(message) {
            match field {
                (1, Field::Number(count)) => {
                    self.add(format!("{name}_count"), labels.clone(), None, count as f64);
                }
                (2, Field::Double(sum)) => self.add(format!("{name}_sum"), labels.clone(), None, sum),
                (3, Field::Bytes(pair)) => {
                    let pair: Vec<_> = Fields(pair).collect();
                    let [(1, Field::Double(quantile)), (2, Field::Double(value))] = pair[..] else {
                        panic!("{pair:?}")
                    };
                    self.add(
                        name.to_owned(),
                        labels.clone(),
                        Some(("quantile", quantile.to_string())),
                        value,
                    );
                }
                (4, Field::Bytes(timestamp)) => self.created(name, labels, timestamp),
                other => panic!("in {name}: {other:?}"),
            }
        }
    }

    fn histogram(&mut self, name: &str, labels: &Labels, message: &[u8]) {
        let (mut all, mut below, mut last) = (None, 0, f64::NEG_INFINITY);
        for field in Fields(message) {
            match field {
                (1, Field::Number(count)) => all = Some(count),
                (2, Field::Double(sum)) => self.add(format!("{name}_sum"), labels.clone(), None, sum),
                (3, Field::Bytes(bucket)) => {
                    let (count, bound) = self.bucket(bucket);
                    assert!(count >= below && bound > last, "P-5: {name} {labels:?}");
                    (below, last) = (count, bound);
                    if bound.is_finite() {
                        let le = Some(("le", bound.to_string()));
                        self.add(format!("{name}_bucket"), labels.clone(), le, count as f64);
                    }
                }
                (15, Field::Bytes(timestamp)) => self.created(name, labels, timestamp),
                other => panic!("in {name}: {other:?}"),
            }
        }
        let all = all.expect("a count");
        assert!(all >= below, "P-5: {name} {labels:?}");
        self.add(format!("{name}_bucket"), labels.clone(), Some(("le", "inf".to_owned())), all as f64);
        self.add(format!("{name}_count"), labels.clone(), None, all as f64);
    }

    fn bucket(&mut self, message: &[u8]) -> (u64, f64) {
        let (mut count, mut bound) = (0, f64::NAN);
        for field in Fields(message) {
            match field {
                (1, Field::Number(number)) => count = number,
                (2, Field::Double(number)) => bound = number,
                (3, Field::Bytes(exemplar)) => self.exemplar(exemplar),
                other => panic!("in a bucket: {other:?}"),
            }
        }
        (count, bound)
    }

    fn exemplar(&mut self, message: &[u8]) {
        let (mut labels, mut value, mut seconds) = (Labels::new(), None, None);
        for field in Fields(message) {
            match field {
                (1, Field::Bytes(pair)) => labels.push(label(pair)),
                (2, Field::Double(number)) => value = Some(number),
                (3, Field::Bytes(timestamp)) => seconds = Some(self::seconds(timestamp)),
                other => panic!("in an exemplar: {other:?}"),
            }
        }
        assert!(seconds.is_some_and(|seconds| seconds > 1_700_000_000), "{seconds:?}");
        self.exemplars.push((labels, value.expect("a value")));
    }

    fn created(&mut self, name: &str, labels: &Labels, timestamp: &[u8]) {
        self.created.insert((name.to_owned(), labels.clone()), seconds(timestamp));
    }
}

fn seconds(timestamp: &[u8]) -> u64 {
    let fields: Vec<_> = Fields(timestamp).collect();
    let [(1, Field::Number(seconds)), (2, Field::Number(nanos))] = fields[..] else { panic!("{fields:?}") };
    assert!(nanos < 1_000_000_000);
    seconds
}
