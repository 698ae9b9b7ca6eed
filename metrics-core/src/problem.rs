//! What can be wrong with the metrics of a program as a whole.

use std::fmt;

use crate::descriptor::Place;
use crate::registry::Refusal;

/// Two metrics that get in each other's way, as [`verify`](crate::verify) finds them.
///
/// It prints as a sentence with the name and the places.
#[derive(Clone, Debug)]
pub struct Problem {
    metric: &'static str,
    kind: ProblemKind,
}

#[derive(Clone, Debug)]
enum ProblemKind {
    /// The metric is left out.
    Refused { place: Place, refusal: Refusal },
    /// Two sites count in one series.
    Shared { places: [Place; 2] },
}

impl Problem {
    pub(crate) fn refused(metric: &'static str, place: Place, refusal: Refusal) -> Self {
        Self { metric, kind: ProblemKind::Refused { place, refusal } }
    }

    pub(crate) fn shared(metric: &'static str, places: [Place; 2]) -> Self {
        Self { metric, kind: ProblemKind::Shared { places } }
    }

    /// The name of the metric that has the problem.
    pub fn metric(&self) -> &str {
        self.metric
    }

    /// Whether the metric is left out of every scrape; else two sites share one series.
    pub fn is_left_out(&self) -> bool {
        matches!(self.kind, ProblemKind::Refused { .. })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let metric = self.metric;
        match &self.kind {
            ProblemKind::Refused { place, refusal } => {
                write!(f, "`{metric}` at {place} is left out: {refusal}; give it another name")
            }
            ProblemKind::Shared { places: [one, other] } => write!(
                f,
                "`{metric}` at {one} and at {other} count in one series; give one of them a `name` or a label"
            ),
        }
    }
}

impl std::error::Error for Problem {}
