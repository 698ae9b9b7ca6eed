//! What one attribute adds to the guard of a call.

use proc_macro2::{Ident, Span};
use syn::Path;

use crate::model::ending::{Ending, Reading};
use crate::model::label::{OwnLabel, Value};
use crate::model::metric::Metric;
use crate::runtime::Runtime;
use crate::syntax::labels::LabelArg;
use crate::syntax::stack::Recorder;

/// One attribute, checked.
pub(crate) struct Part {
    pub(crate) recorder: Recorder,
    pub(crate) runtime: Runtime,
    pub(crate) source: Source,
    pub(crate) ending: Ending,
    /// What is measured is the time inside `poll`.
    pub(crate) busy: bool,
}

impl Part {
    /// Whether it asks how the call ends.
    pub(crate) fn is_judged(&self) -> bool {
        self.busy || self.ending.outcome.is_some() || !self.ending.only.is_empty() || self.reads_result()
    }

    /// Whether the value of a label is asked for at each call.
    pub(crate) fn asks_at_call(&self) -> bool {
        match &self.source {
            Source::Plain(_) => false,
            Source::Row { constant, .. } => !constant,
            Source::Own { labels, .. } => labels.iter().any(|label| matches!(label.value, Value::Dynamic(_))),
        }
    }

    /// Whether it asks what the call returns.
    pub(crate) fn reads_result(&self) -> bool {
        match &self.source {
            Source::Plain(_) => false,
            Source::Row { results, .. } => !results.is_empty(),
            Source::Own { labels, .. } => labels.iter().any(|label| matches!(label.value, Value::Result(_))),
        }
    }
}

/// A label of a declared metric that is read from the result.
pub(crate) struct ResultLabel {
    /// The field of the struct of labels.
    pub(crate) field: Option<Ident>,
    pub(crate) span: Span,
    pub(crate) reading: Reading,
}

/// The metric that is written.
pub(crate) enum Source {
    /// A declared metric without labels.
    Plain(Path),
    /// A declared metric with labels.
    Row {
        path: Path,
        labels: Vec<LabelArg>,
        results: Vec<ResultLabel>,
        /// No label depends on the call.
        constant: bool,
    },
    /// A metric that the attribute declares; the labels are sorted by name.
    Own { metric: Box<Metric>, labels: Vec<OwnLabel> },
}
