//! The text format of `OpenMetrics` 1.0 (O-1 … O-53).

use super::line::{LE, Lines, QUANTILE};
use super::{escape, number};
use crate::descriptor::{Descriptor, Type};
use crate::exemplars::Exemplar;
#[cfg(feature = "native")]
use crate::native::snapshot::NativeSnapshot;
use crate::sample::{Detail, Distribution, Encoder, Quantiles, Sink, Value};

/// The content type of the format (O-1).
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Writes samples as lines.
pub(crate) struct OpenMetrics {
    lines: Lines,
    /// Whether `_created` samples are written: each is one more series in Prometheus, so only where they are wanted.
    with_created: bool,
    /// Whether the family's samples are counts, which have an exemplar and a time.
    counts: bool,
    created: Option<u32>,
    exemplars: Vec<Exemplar>,
}

impl OpenMetrics {
    pub(crate) fn new(with_created: bool) -> Self {
        let lines = Lines::new(number::canonical);
        Self { lines, with_created, counts: false, created: None, exemplars: Vec::new() }
    }

    fn sum(&mut self, labels: &str, sum: f64) {
        self.lines.part("_sum", labels);
        self.lines.value(Value::Real(sum));
    }

    fn count(&mut self, labels: &str, count: u64) {
        self.lines.part("_count", labels);
        self.lines.value(Value::Whole(count));
    }

    /// When the series was made; the last of its samples.
    fn created(&mut self, labels: &str) {
        self.exemplars.clear();
        if let Some(seconds) = self.created.take().filter(|_| self.with_created) {
            self.lines.part("_created", labels);
            self.lines.value(Value::Whole(seconds.into()));
        }
    }

    fn metadata(&mut self, word: &str, name: &str, text: &str) {
        if !text.is_empty() {
            let out = &mut self.lines.out;
            out.extend(["# ", word, " ", name, " "]);
            escape::label_value(out, text);
            out.push('\n');
        }
    }
}

/// Appends the exemplar of a bucket, if there is one.
fn write_exemplar(out: &mut String, exemplars: &[Exemplar], bucket: usize) {
    if let Some(exemplar) = exemplars.iter().find(|exemplar| exemplar.is_in(bucket)) {
        out.extend([" # {", &*exemplar.labels(), "} "]);
        number::value(out, Value::Real(exemplar.value));
        out.push(' ');
        number::seconds(out, exemplar.millis);
    }
}

impl Encoder for OpenMetrics {
    /// Without it the whole exposition is invalid: what was broken off is never taken for all there is (O-2).
    fn end(&mut self) {
        self.lines.out.push_str("# EOF\n");
    }

    fn written(&self) -> &[u8] {
        self.lines.out.as_bytes()
    }

    fn clear(&mut self) {
        self.lines.out.clear();
    }
}

impl Sink for OpenMetrics {
    fn wants_details(&self) -> bool {
        true
    }

    fn detail(&mut self, detail: Detail) {
        self.created = Some(detail.created);
        self.exemplars = detail.exemplars.latest;
    }

    fn family(&mut self, descriptor: &Descriptor) {
        let (name, suffix, word) = match descriptor.kind {
            // A counter that may not be called one is of a type that is not known, as in the Go client (O-14, O-46).
            Type::Counter => match descriptor.name.strip_suffix("_total") {
                Some(name) => (name, "_total", "counter"),
                None => (descriptor.name, "", "unknown"),
            },
            Type::Info => (descriptor.name, "_info", "info"),
            other => (descriptor.name, "", other.word()),
        };
        self.lines.begin(name, suffix);
        self.counts = suffix == "_total";
        let has_unit = !matches!(descriptor.kind, Type::Info | Type::StateSet(_));
        self.metadata("TYPE", name, word);
        self.metadata("UNIT", name, if has_unit { descriptor.unit } else { "" });
        self.metadata("HELP", name, descriptor.help);
    }

    fn number(&mut self, labels: &str, value: Value) {
        self.lines.head(labels);
        if !self.counts {
            return self.lines.value(value);
        }
        number::value(&mut self.lines.out, value);
        write_exemplar(&mut self.lines.out, &self.exemplars, 0);
        self.lines.out.push('\n');
        self.created(labels);
    }

    fn distribution(&mut self, labels: &str, value: &Distribution<'_>) {
        let mut below = 0;
        self.lines.steps("_bucket", labels, LE, value.bounds, |out, bucket| {
            below += value.counts.get(bucket).copied().unwrap_or_default();
            number::integer(out, below);
            write_exemplar(out, &self.exemplars, bucket);
        });
        // What was observed below zero makes the sum fall, which it must not: then both are left out (O-42).
        let falls = value.bounds.first().is_some_and(|bound| *bound < 0.0) || !is_sum(value.sum);
        if !falls {
            self.sum(labels, value.sum);
            self.count(labels, below);
        }
        self.created(labels);
    }

    fn state(&mut self, labels: &str, states: &[&str], active: usize) {
        for (at, state) in states.iter().enumerate() {
            self.lines.state(labels, state);
            self.lines.value(Value::Whole(u64::from(at == active)));
        }
    }

    /// Values below zero have no place in this format (O-44).
    #[cfg(feature = "native")]
    fn native(&mut self, labels: &str, _: &NativeSnapshot, classic: &Distribution<'_>) {
        self.distribution(labels, classic);
    }

    fn quantiles(&mut self, labels: &str, value: &Quantiles<'_>) {
        let is_told = |(_, value): &(f64, f64)| value.is_nan() || is_sum(*value);
        let (quantiles, values): (Vec<f64>, Vec<f64>) = value.values.iter().copied().filter(is_told).unzip();
        self.lines.steps("", labels, QUANTILE, &quantiles, |out, at| {
            number::value(out, Value::Real(values[at]));
        });
        if is_sum(value.sum) {
            self.sum(labels, value.sum);
        }
        self.count(labels, value.count);
        self.created(labels);
    }
}

/// Whether it can be a sum here: a number that is not negative.
fn is_sum(value: f64) -> bool {
    value >= 0.0
}
