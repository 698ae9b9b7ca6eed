//! The Prometheus text format 0.0.4 (T-1 … T-12, T-14), which every scraper since 2014 reads.

use super::line::{Last, head};
use super::{escape, number};
use crate::descriptor::{Descriptor, Type};
#[cfg(feature = "native")]
use crate::native::snapshot::NativeSnapshot;
use crate::sample::{Distribution, Encoder, Quantiles, Sink, Value};

/// The content type of the format (T-1).
pub(crate) const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The content type of the format that differs in how it writes names that are not of the old kind.
pub(crate) const CONTENT_TYPE_1: &str = "text/plain; version=1.0.0; charset=utf-8";

/// Writes samples as lines.
#[derive(Default)]
pub(crate) struct Text {
    out: String,
    name: &'static str,
    /// Goes behind the name of every sample of the family.
    suffix: &'static str,
}

impl Text {
    /// What was written.
    pub(crate) fn into_string(self) -> String {
        self.out
    }

    fn head(&mut self, suffix: &str, labels: &str, last: Option<(&str, Last<'_>)>) {
        head(&mut self.out, [self.name, self.suffix, suffix], labels, last);
    }

    fn value(&mut self, value: Value) {
        number::value(&mut self.out, value);
        self.out.push('\n');
    }
}

impl Encoder for Text {
    fn written(&self) -> &[u8] {
        self.out.as_bytes()
    }

    fn clear(&mut self) {
        self.out.clear();
    }
}

impl Sink for Text {
    fn family(&mut self, descriptor: &Descriptor) {
        self.name = descriptor.name;
        self.suffix = if descriptor.kind == Type::Info { "_info" } else { "" };
        let word = match descriptor.kind {
            // The format knows neither of the two.
            Type::Info | Type::StateSet(_) => "gauge",
            other => other.word(),
        };
        let name = [descriptor.name, self.suffix];
        self.out.push_str("# HELP ");
        self.out.extend(name);
        self.out.push(' ');
        escape::help(&mut self.out, descriptor.help);
        self.out.push_str("\n# TYPE ");
        self.out.extend(name);
        self.out.push(' ');
        self.out.push_str(word);
        self.out.push('\n');
    }

    fn number(&mut self, labels: &str, value: Value) {
        self.head("", labels, None);
        self.value(value);
    }

    fn distribution(&mut self, labels: &str, value: &Distribution<'_>) {
        let bounds = value.bounds.iter().copied().chain([f64::INFINITY]);
        let mut below = 0;
        for (bound, count) in bounds.zip(value.counts) {
            below += count;
            self.head("_bucket", labels, Some(("le", Last::Number(bound))));
            self.value(Value::Whole(below));
        }
        self.head("_sum", labels, None);
        self.value(Value::Real(value.sum));
        self.head("_count", labels, None);
        self.value(Value::Whole(below));
    }

    fn state(&mut self, labels: &str, states: &[&str], active: usize) {
        let name = self.name;
        for (at, state) in states.iter().enumerate() {
            self.head("", labels, Some((name, Last::Text(state))));
            self.value(Value::Whole(u64::from(at == active)));
        }
    }

    #[cfg(feature = "native")]
    fn native(&mut self, labels: &str, _: &NativeSnapshot, classic: &Distribution<'_>) {
        self.distribution(labels, classic);
    }

    fn quantiles(&mut self, labels: &str, value: &Quantiles<'_>) {
        for (quantile, value) in value.values {
            self.head("", labels, Some(("quantile", Last::Number(*quantile))));
            self.value(Value::Real(*value));
        }
        self.head("_sum", labels, None);
        self.value(Value::Real(value.sum));
        self.head("_count", labels, None);
        self.value(Value::Whole(value.count));
    }
}
