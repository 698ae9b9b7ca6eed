//! The delimited protobuf format (P-1 … P-9): each message is a `MetricFamily` of `io.prometheus.client`.
//!
//! It is written by hand: a few dozen fields need no code generator. A family of many series goes out as several
//! messages, so that none has to be held back until all of it is known.

use super::escape;
#[cfg(feature = "native")]
use super::wire::signed;
use super::wire::{double, message, number_field, text, varint};
use crate::descriptor::{Descriptor, Type};
use crate::exemplars::Exemplar;
#[cfg(feature = "native")]
use crate::native::snapshot::NativeSnapshot;
use crate::sample::{Detail, Distribution, Encoder, Quantiles, Sink, Value};

/// The content type of the format (P-1).
pub(crate) const CONTENT_TYPE: &str =
    "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

/// From so many bytes on, the series of a family go out and the rest follows in another message.
const MESSAGE: usize = 16 * 1024;

/// Writes families as messages.
#[derive(Default)]
pub(crate) struct Protobuf {
    out: Vec<u8>,
    /// Name, help, type and unit of the family.
    head: Vec<u8>,
    /// Its series, until they go out.
    series: Vec<u8>,
    kind: Kind,
    name: &'static str,
    detail: Option<Detail>,
}

/// The field of a `Metric` that a number goes to.
#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Gauge = 2,
    Counter = 3,
    Summary = 4,
    Histogram = 7,
}

impl Protobuf {
    /// The series so far, as a message; nothing if there are none (P-9).
    fn send(&mut self) {
        if !self.series.is_empty() {
            varint(&mut self.out, (self.head.len() + self.series.len()) as u64);
            self.out.extend_from_slice(&self.head);
            self.out.append(&mut self.series);
        }
    }

    /// One `Metric`: its labels, the last of which need not be among those of the series, and what `write` writes.
    fn metric(
        &mut self,
        labels: &str,
        last: Option<(&str, &str)>,
        write: impl FnOnce(&mut Vec<u8>, Option<&Detail>),
    ) {
        let (kind, detail) = (self.kind, self.detail.take());
        message(&mut self.series, 4, |metric| {
            label_pairs(metric, labels);
            if let Some((name, value)) = last {
                label_pair(metric, name, value);
            }
            message(metric, kind as u32, |numbers| write(numbers, detail.as_ref()));
        });
        if self.series.len() >= MESSAGE {
            self.send();
        }
    }
}

impl Encoder for Protobuf {
    fn end(&mut self) {
        self.send();
    }

    fn written(&self) -> &[u8] {
        &self.out
    }

    fn clear(&mut self) {
        self.out.clear();
    }
}

impl Sink for Protobuf {
    fn wants_details(&self) -> bool {
        true
    }

    fn detail(&mut self, detail: Detail) {
        self.detail = Some(detail);
    }

    fn family(&mut self, descriptor: &Descriptor) {
        self.send();
        // The names are those of the text format (P-4), and what it does not know is a gauge (P-7).
        let (suffix, kind, number) = match descriptor.kind {
            Type::Counter => ("", Kind::Counter, 0),
            Type::Gauge | Type::StateSet(_) => ("", Kind::Gauge, 1),
            Type::Info => ("_info", Kind::Gauge, 1),
            Type::Summary(_) => ("", Kind::Summary, 2),
            Type::Histogram(_) => ("", Kind::Histogram, 4),
            #[cfg(feature = "native")]
            Type::Native(_) => ("", Kind::Histogram, 4),
        };
        (self.kind, self.name) = (kind, descriptor.name);
        self.head.clear();
        message(&mut self.head, 1, |name| {
            name.extend_from_slice(descriptor.name.as_bytes());
            name.extend_from_slice(suffix.as_bytes());
        });
        text(&mut self.head, 2, descriptor.help);
        number_field(&mut self.head, 3, number);
        if !descriptor.unit.is_empty() {
            text(&mut self.head, 5, descriptor.unit);
        }
    }

    fn number(&mut self, labels: &str, value: Value) {
        let counts = self.kind == Kind::Counter;
        self.metric(labels, None, |number, detail| {
            double(number, 1, value.to_f64());
            if let Some(detail) = detail.filter(|_| counts) {
                exemplar(number, 2, detail.exemplars.latest.first());
                created(number, 3, Some(detail));
            }
        });
    }

    fn state(&mut self, labels: &str, states: &[&str], active: usize) {
        let name = self.name;
        for (at, state) in states.iter().enumerate() {
            let holds = f64::from(u8::from(at == active));
            self.metric(labels, Some((name, state)), |number, _| double(number, 1, holds));
        }
    }

    fn distribution(&mut self, labels: &str, value: &Distribution<'_>) {
        self.metric(labels, None, |histogram, detail| {
            classic(histogram, value, detail);
            created(histogram, 15, detail);
        });
    }

    #[cfg(feature = "native")]
    fn native(&mut self, labels: &str, exponential: &NativeSnapshot, value: &Distribution<'_>) {
        self.metric(labels, None, |histogram, detail| {
            // Without classic buckets there is none for an exemplar either.
            classic(histogram, value, detail.filter(|_| !value.bounds.is_empty()));
            native(histogram, exponential);
            created(histogram, 15, detail);
            for apart in detail.map_or(&[][..], |detail| &detail.exemplars.apart) {
                exemplar(histogram, 16, Some(apart));
            }
        });
    }

    fn quantiles(&mut self, labels: &str, value: &Quantiles<'_>) {
        self.metric(labels, None, |summary, detail| {
            number_field(summary, 1, value.count);
            double(summary, 2, value.sum);
            for (quantile, value) in value.values {
                message(summary, 3, |pair| {
                    double(pair, 1, *quantile);
                    double(pair, 2, *value);
                });
            }
            created(summary, 4, detail);
        });
    }
}

/// Count, sum and classic buckets of a histogram.
fn classic(histogram: &mut Vec<u8>, value: &Distribution<'_>, detail: Option<&Detail>) {
    let exemplars = detail.map_or(&[][..], |detail| &detail.exemplars.latest);
    number_field(histogram, 1, value.counts.iter().sum());
    double(histogram, 2, value.sum);
    let bounds = value.bounds.iter().copied().chain([f64::INFINITY]);
    let mut below = 0;
    for (at, (bound, count)) in bounds.zip(value.counts).enumerate() {
        below += count;
        let own = exemplars.iter().find(|exemplar| exemplar.is_in(at));
        // The number of all stands for the last bucket (P-5), which is there for its exemplar only.
        if bound.is_finite() || own.is_some() {
            message(histogram, 3, |bucket| {
                number_field(bucket, 1, below);
                double(bucket, 2, bound);
                exemplar(bucket, 3, own);
            });
        }
    }
}

/// Exponential buckets of a histogram (P-6).
#[cfg(feature = "native")]
fn native(histogram: &mut Vec<u8>, value: &NativeSnapshot) {
    signed(histogram, 5, i64::from(value.schema));
    double(histogram, 6, value.zero_threshold);
    number_field(histogram, 7, value.zero_count);
    for (buckets, span, delta) in [(&value.negative, 9, 10), (&value.positive, 12, 13)] {
        let sent = NativeSnapshot::spans(buckets);
        for (offset, length) in sent.spans {
            spanning(histogram, span, offset, length);
        }
        for one in sent.deltas {
            signed(histogram, delta, one);
        }
    }
    if value.zero_threshold == 0.0 && value.count == 0 {
        // Or it could not be told from a classic histogram without buckets.
        spanning(histogram, 12, 0, 0);
    }
}

#[cfg(feature = "native")]
fn spanning(histogram: &mut Vec<u8>, field: u32, offset: i32, length: u32) {
    message(histogram, field, |span| {
        signed(span, 1, i64::from(offset));
        number_field(span, 2, u64::from(length));
    });
}

/// Labels as they are written in the text formats.
fn label_pairs(out: &mut Vec<u8>, labels: &str) {
    for (name, value) in escape::label_pairs(labels) {
        label_pair(out, name, &value);
    }
}

fn label_pair(out: &mut Vec<u8>, name: &str, value: &str) {
    message(out, 1, |pair| {
        text(pair, 1, name);
        text(pair, 2, value);
    });
}

fn exemplar(out: &mut Vec<u8>, field: u32, exemplar: Option<&Exemplar>) {
    if let Some(exemplar) = exemplar {
        let Exemplar { value, millis, .. } = exemplar;
        message(out, field, |own| {
            label_pairs(own, &exemplar.labels());
            double(own, 2, *value);
            timestamp(own, 3, millis / 1_000, millis % 1_000 * 1_000_000);
        });
    }
}

fn created(out: &mut Vec<u8>, field: u32, detail: Option<&Detail>) {
    if let Some(detail) = detail {
        timestamp(out, field, detail.created.into(), 0);
    }
}

fn timestamp(out: &mut Vec<u8>, field: u32, seconds: u64, nanos: u64) {
    message(out, field, |timestamp| {
        number_field(timestamp, 1, seconds);
        number_field(timestamp, 2, nanos);
    });
}
