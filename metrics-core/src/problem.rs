//! What can be wrong with the metrics of a program as a whole.

use std::borrow::Cow;
use std::fmt;

use crate::descriptor::Place;
use crate::registry::Refusal;

/// Two metrics that get in each other's way, or a collector that failed, as [`verify`](crate::verify) finds them.
///
/// It prints as a sentence with the name and the places.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The metric's name, or the collector's.
    name: Cow<'static, str>,
    kind: ProblemKind,
}

#[derive(Clone, Debug)]
enum ProblemKind {
    /// The metric is left out.
    Refused { place: Place, refusal: Refusal },
    /// Two sites count in one series.
    Shared { places: [Place; 2] },
    /// A collector returned an error, panicked, or told what can't be exposed.
    Collector { failure: String },
}

impl Problem {
    pub(crate) fn refused(metric: &'static str, place: Place, refusal: Refusal) -> Self {
        Self { name: metric.into(), kind: ProblemKind::Refused { place, refusal } }
    }

    pub(crate) fn shared(metric: &'static str, places: [Place; 2]) -> Self {
        Self { name: metric.into(), kind: ProblemKind::Shared { places } }
    }

    pub(crate) fn collector(name: &str, failure: String) -> Self {
        Self { name: name.to_owned().into(), kind: ProblemKind::Collector { failure } }
    }

    /// The name of the metric, or of the collector, that has the problem.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a metric is left out of every scrape because its name is another one's.
    pub fn is_left_out(&self) -> bool {
        matches!(self.kind, ProblemKind::Refused { .. })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.kind {
            ProblemKind::Refused { place, refusal } => {
                write!(f, "`{name}` at {place} is left out: {refusal}; give it another name")
            }
            ProblemKind::Shared { places: [one, other] } => write!(
                f,
                "`{name}` at {one} and at {other} count in one series; give one of them a `name` or a label"
            ),
            ProblemKind::Collector { failure } => write!(f, "`{name}` is a collector that failed: {failure}"),
        }
    }
}

impl std::error::Error for Problem {}
