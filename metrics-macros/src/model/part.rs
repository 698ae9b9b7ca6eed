//! What one attribute adds to the guard of a call.

use syn::Path;

use crate::model::label::OwnLabel;
use crate::model::metric::Metric;
use crate::runtime::Runtime;
use crate::syntax::labels::LabelArg;
use crate::syntax::stack::Recorder;

/// One attribute, checked.
pub(crate) struct Part {
    pub(crate) recorder: Recorder,
    pub(crate) runtime: Runtime,
    pub(crate) source: Source,
}

/// The metric that is written.
pub(crate) enum Source {
    /// A declared metric without labels.
    Plain(Path),
    /// A declared metric with labels.
    Row {
        path: Path,
        labels: Vec<LabelArg>,
        /// No label depends on the call.
        constant: bool,
    },
    /// A metric that the attribute declares; the labels are sorted by name.
    Own { metric: Box<Metric>, labels: Vec<OwnLabel> },
}
