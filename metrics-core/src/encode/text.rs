//! The Prometheus text format 0.0.4 (T-1 … T-12, T-14), which every scraper since 2014 reads.

use super::{escape, number};
use crate::descriptor::Descriptor;
use crate::sample::{Distribution, Sink, Value};

/// The content type of the format (T-1).
pub(crate) const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Writes samples as lines.
#[derive(Default)]
pub(crate) struct Text {
    out: String,
    name: &'static str,
}

impl Text {
    /// What was written.
    pub(crate) fn into_string(self) -> String {
        self.out
    }

    /// Name and labels of a sample, and the blank before its value. `le` goes last.
    fn head(&mut self, suffix: &str, labels: &str, le: Option<f64>) {
        self.out.push_str(self.name);
        self.out.push_str(suffix);
        if labels.is_empty() && le.is_none() {
            return self.out.push(' ');
        }
        self.out.push('{');
        self.out.push_str(labels);
        if let Some(bound) = le {
            self.out.push_str(if labels.is_empty() { "le=\"" } else { ",le=\"" });
            number::go(&mut self.out, bound);
            self.out.push('"');
        }
        self.out.push_str("} ");
    }

    fn value(&mut self, value: Value) {
        number::value(&mut self.out, value);
        self.out.push('\n');
    }
}

impl Sink for Text {
    fn family(&mut self, descriptor: &Descriptor) {
        self.name = descriptor.name;
        self.out.push_str("# HELP ");
        self.out.push_str(descriptor.name);
        self.out.push(' ');
        escape::help(&mut self.out, descriptor.help);
        self.out.push_str("\n# TYPE ");
        self.out.push_str(descriptor.name);
        self.out.push(' ');
        self.out.push_str(descriptor.kind.word());
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
            self.head("_bucket", labels, Some(bound));
            self.value(Value::Whole(below));
        }
        self.head("_sum", labels, None);
        self.value(Value::Real(value.sum));
        self.head("_count", labels, None);
        self.value(Value::Whole(below));
    }
}
