//! The text format of `OpenMetrics` 1.0 (O-1 … O-53).

use super::line::{Last, head};
use super::{escape, number};
use crate::descriptor::{Descriptor, Type};
#[cfg(feature = "native")]
use crate::native::snapshot::NativeSnapshot;
use crate::sample::{Detail, Distribution, Encoder, Exemplar, Quantiles, Sink, Value};

/// The content type of the format (O-1).
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Writes samples as lines.
#[derive(Default)]
pub(crate) struct OpenMetrics {
    out: String,
    /// The family's name, which is not always what its samples begin with.
    name: &'static str,
    /// Goes behind the name of every sample of the family.
    suffix: &'static str,
    /// Whether `_created` samples are written: each is one more series in Prometheus, so only where they are wanted.
    with_created: bool,
    created: Option<u32>,
    exemplars: Vec<Exemplar>,
}

impl OpenMetrics {
    pub(crate) fn new(with_created: bool) -> Self {
        Self { with_created, ..Self::default() }
    }

    fn head(&mut self, suffix: &str, labels: &str, last: Option<(&str, Last<'_>)>) {
        head(&mut self.out, [self.name, self.suffix, suffix], labels, last);
    }

    /// A sample's value, the exemplar of this bucket, and the end of the line.
    fn value(&mut self, value: Value, bucket: Option<usize>) {
        number::value(&mut self.out, value);
        let exemplar = self.exemplars.iter().find(|exemplar| Some(exemplar.bucket) == bucket);
        if let Some(exemplar) = exemplar {
            self.out.push_str(" # {");
            self.out.push_str(&exemplar.labels);
            self.out.push_str("} ");
            number::value(&mut self.out, Value::Real(exemplar.value));
            self.out.push(' ');
            number::seconds(&mut self.out, exemplar.millis);
        }
        self.out.push('\n');
    }

    /// When the series was made; the last of its samples.
    fn created(&mut self, labels: &str) {
        self.exemplars.clear();
        if let Some(seconds) = self.created.take().filter(|_| self.with_created) {
            head(&mut self.out, [self.name, "_created", ""], labels, None);
            self.value(Value::Whole(seconds.into()), None);
        }
    }

    fn metadata(&mut self, word: &str, text: &str) {
        if !text.is_empty() {
            self.out.extend(["# ", word, " ", self.name, " "]);
            escape::label_value(&mut self.out, text);
            self.out.push('\n');
        }
    }
}

impl Encoder for OpenMetrics {
    /// Without it the whole exposition is invalid: what was broken off is never taken for all there is (O-2).
    fn end(&mut self) {
        self.out.push_str("# EOF\n");
    }

    fn written(&self) -> &[u8] {
        self.out.as_bytes()
    }

    fn clear(&mut self) {
        self.out.clear();
    }
}

impl Sink for OpenMetrics {
    fn wants_details(&self) -> bool {
        true
    }

    fn detail(&mut self, detail: Detail) {
        self.created = Some(detail.created);
        self.exemplars = detail.exemplars;
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
        (self.name, self.suffix) = (name, suffix);
        let has_unit = !matches!(descriptor.kind, Type::Info | Type::StateSet(_));
        self.metadata("TYPE", word);
        self.metadata("UNIT", if has_unit { descriptor.unit } else { "" });
        self.metadata("HELP", descriptor.help);
    }

    fn number(&mut self, labels: &str, value: Value) {
        let counts = self.suffix == "_total";
        self.head("", labels, None);
        self.value(value, counts.then_some(0));
        if counts {
            self.created(labels);
        }
    }

    fn distribution(&mut self, labels: &str, value: &Distribution<'_>) {
        let bounds = value.bounds.iter().copied().chain([f64::INFINITY]);
        let mut below = 0;
        for (bucket, (bound, count)) in bounds.zip(value.counts).enumerate() {
            below += count;
            self.head("_bucket", labels, Some(("le", Last::Canonical(bound))));
            self.value(Value::Whole(below), Some(bucket));
        }
        // What was observed below zero makes the sum fall, which it must not: then both are left out (O-42).
        let falls = value.bounds.first().is_some_and(|bound| *bound < 0.0) || !is_sum(value.sum);
        if !falls {
            self.head("_sum", labels, None);
            self.value(Value::Real(value.sum), None);
            self.head("_count", labels, None);
            self.value(Value::Whole(below), None);
        }
        self.created(labels);
    }

    fn state(&mut self, labels: &str, states: &[&str], active: usize) {
        let name = self.name;
        for (at, state) in states.iter().enumerate() {
            self.head("", labels, Some((name, Last::Text(state))));
            self.value(Value::Whole(u64::from(at == active)), None);
        }
    }

    /// Values below zero have no place in this format (O-44).
    #[cfg(feature = "native")]
    fn native(&mut self, labels: &str, _: &NativeSnapshot, classic: &Distribution<'_>) {
        self.distribution(labels, classic);
    }

    fn quantiles(&mut self, labels: &str, value: &Quantiles<'_>) {
        for (quantile, value) in value.values.iter().filter(|(_, value)| value.is_nan() || is_sum(*value)) {
            self.head("", labels, Some(("quantile", Last::Canonical(*quantile))));
            self.value(Value::Real(*value), None);
        }
        if is_sum(value.sum) {
            self.head("_sum", labels, None);
            self.value(Value::Real(value.sum), None);
        }
        self.head("_count", labels, None);
        self.value(Value::Whole(value.count), None);
        self.created(labels);
    }
}

/// Whether it can be a sum here: a number that is not negative.
fn is_sum(value: f64) -> bool {
    value >= 0.0
}
