//! The work itself, and how long it takes.

use std::str::FromStr;
use std::time::Duration;

use metrics_core::{metrics, timed};

metrics! {
    /// Seconds that one task ran, by type of task.
    // The bounds stand where the answers are expected: each type of task ends in a bucket of its own.
    #[metric(buckets = [0.1, 0.2, 0.5, 1.0])]
    static TASK_EXECUTION_DURATION_SECONDS: Histogram<task_type>;
}

/// How much work a task is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TaskType {
    Light,
    Medium,
    Heavy,
}

impl TaskType {
    pub(crate) const ALL: [Self; 3] = [Self::Light, Self::Medium, Self::Heavy];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Medium => "medium",
            Self::Heavy => "heavy",
        }
    }

    fn duration(self) -> Duration {
        Duration::from_millis(match self {
            Self::Light => 50,
            Self::Medium => 150,
            Self::Heavy => 300,
        })
    }
}

impl FromStr for TaskType {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|task_type| task_type.name() == name)
            .ok_or_else(|| format!("task_type is `{name}`: expected `light`, `medium` or `heavy`"))
    }
}

/// Runs one task.
///
/// The label's value is taken from the argument, once, before the body runs.
#[timed(TASK_EXECUTION_DURATION_SECONDS { task_type: task_type.name() })]
pub(crate) async fn execute(task_type: TaskType) {
    tokio::time::sleep(task_type.duration()).await;
}
