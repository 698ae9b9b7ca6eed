//! The Prometheus text format 0.0.4 (T-1 … T-12, T-14), which every scraper since 2014 reads.

use super::line::{LE, Lines, QUANTILE};
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
pub(crate) struct Text {
    lines: Lines,
}

impl Text {
    /// What was written.
    pub(crate) fn into_string(self) -> String {
        self.lines.out
    }

    fn parts(&mut self, labels: &str, sum: f64, count: u64) {
        self.lines.part("_sum", labels);
        self.lines.value(Value::Real(sum));
        self.lines.part("_count", labels);
        self.lines.value(Value::Whole(count));
    }
}

impl Default for Text {
    fn default() -> Self {
        Self { lines: Lines::new(number::go) }
    }
}

impl Encoder for Text {
    fn written(&self) -> &[u8] {
        self.lines.out.as_bytes()
    }

    fn clear(&mut self) {
        self.lines.out.clear();
    }
}

impl Sink for Text {
    fn family(&mut self, descriptor: &Descriptor) {
        let suffix = if descriptor.kind == Type::Info { "_info" } else { "" };
        let word = match descriptor.kind {
            // The format knows neither of the two.
            Type::Info | Type::StateSet(_) => "gauge",
            other => other.word(),
        };
        self.lines.begin(descriptor.name, suffix);
        let out = &mut self.lines.out;
        out.extend(["# HELP ", descriptor.name, suffix, " "]);
        escape::help(out, descriptor.help);
        out.extend(["\n# TYPE ", descriptor.name, suffix, " ", word, "\n"]);
    }

    fn number(&mut self, labels: &str, value: Value) {
        self.lines.head(labels);
        self.lines.value(value);
    }

    fn distribution(&mut self, labels: &str, value: &Distribution<'_>) {
        let mut below = 0;
        self.lines.steps("_bucket", labels, LE, value.bounds, |out, bucket| {
            below += value.counts.get(bucket).copied().unwrap_or_default();
            number::integer(out, below);
        });
        self.parts(labels, value.sum, below);
    }

    fn state(&mut self, labels: &str, states: &[&str], active: usize) {
        for (at, state) in states.iter().enumerate() {
            self.lines.state(labels, state);
            self.lines.value(Value::Whole(u64::from(at == active)));
        }
    }

    #[cfg(feature = "native")]
    fn native(&mut self, labels: &str, _: &NativeSnapshot, classic: &Distribution<'_>) {
        self.distribution(labels, classic);
    }

    fn quantiles(&mut self, labels: &str, value: &Quantiles<'_>) {
        let quantiles: Vec<f64> = value.values.iter().map(|(quantile, _)| *quantile).collect();
        self.lines.steps("", labels, QUANTILE, &quantiles, |out, at| {
            number::value(out, Value::Real(value.values[at].1));
        });
        self.parts(labels, value.sum, value.count);
    }
}
