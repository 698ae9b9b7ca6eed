//! The lines of the text formats.
//!
//! Most of a line is the same as in the line before: what a family's samples begin with and what the labels `le` and
//! `quantile` say is written once and copied from there.

use super::{escape, number};
use crate::sample::Value;

/// The label of buckets, and that of quantiles.
pub(crate) const LE: &str = "le";
pub(crate) const QUANTILE: &str = "quantile";

/// What was written, and what the samples of the present family begin with.
pub(crate) struct Lines {
    pub(crate) out: String,
    name: &'static str,
    /// Of the family's own samples: the name, what goes behind it, and the brace.
    opening: String,
    /// What the steps of the present series begin with.
    head: String,
    ladder: Ladder,
}

impl Lines {
    /// Bounds and quantiles are written by `number`.
    pub(crate) fn new(number: fn(&mut String, f64)) -> Self {
        let ladder = Ladder { number, label: "", steps: Vec::new(), text: String::new(), ends: Vec::new() };
        Self { out: String::new(), name: "", opening: String::new(), head: String::new(), ladder }
    }

    /// The samples from here on belong to a family of this name; `suffix` goes behind it in its own samples.
    pub(crate) fn begin(&mut self, name: &'static str, suffix: &str) {
        self.name = name;
        self.opening.clear();
        self.opening.extend([name, suffix, "{"]);
    }

    /// Name and labels of the family's own sample, and the blank before its value.
    #[allow(clippy::inline_always, reason = "a tenth of the time of a large scrape")]
    #[inline(always)]
    pub(crate) fn head(&mut self, labels: &str) {
        if labels.is_empty() {
            self.out.extend([&self.opening[..self.opening.len() - 1], " "]);
        } else {
            self.out.push_str(&self.opening);
            self.out.push_str(labels);
            self.out.push_str("} ");
        }
    }

    /// The same of a sample whose name goes on after the family's: `_sum`.
    pub(crate) fn part(&mut self, part: &str, labels: &str) {
        self.out.extend([self.name, part]);
        if labels.is_empty() {
            self.out.push(' ');
        } else {
            self.out.extend(["{", labels, "} "]);
        }
    }

    /// The same of one state: its label is named like the family.
    pub(crate) fn state(&mut self, labels: &str, state: &str) {
        self.out.extend([self.name, "{", labels, if labels.is_empty() { "" } else { "," }, self.name, "=\""]);
        escape::label_value(&mut self.out, state);
        self.out.push_str("\"} ");
    }

    /// A line for each step, which is the value of the last label; `value` writes what comes after that. Behind the steps
    /// of `le` comes infinity.
    pub(crate) fn steps(
        &mut self,
        part: &str,
        labels: &str,
        label: &'static str,
        steps: &[f64],
        mut value: impl FnMut(&mut String, usize),
    ) {
        self.ladder.fit(label, steps);
        self.head.clear();
        self.head.extend([self.name, part, "{", labels, if labels.is_empty() { "" } else { "," }]);
        let mut from = 0;
        for (at, end) in self.ladder.ends.iter().enumerate() {
            self.out.push_str(&self.head);
            self.out.push_str(&self.ladder.text[from..*end]);
            from = *end;
            value(&mut self.out, at);
            self.out.push('\n');
        }
    }

    /// A sample's value, and the end of its line.
    #[inline]
    pub(crate) fn value(&mut self, value: Value) {
        number::value(&mut self.out, value);
        self.out.push('\n');
    }
}

/// The texts of a last label, `le="0.1"} ` and the like, for the series that share them.
struct Ladder {
    number: fn(&mut String, f64),
    label: &'static str,
    steps: Vec<f64>,
    /// The texts, one after the other.
    text: String,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl Ladder {
    fn fit(&mut self, label: &'static str, steps: &[f64]) {
        if self.label == label && self.steps == steps {
            return;
        }
        self.label = label;
        self.steps.clear();
        self.steps.extend(steps);
        self.text.clear();
        self.ends.clear();
        let infinity = (label == LE).then_some(f64::INFINITY);
        for step in steps.iter().copied().chain(infinity) {
            self.text.extend([label, "=\""]);
            (self.number)(&mut self.text, step);
            self.text.push_str("\"} ");
            self.ends.push(self.text.len());
        }
    }
}
