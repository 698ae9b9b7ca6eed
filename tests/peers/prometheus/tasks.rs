//! Tasks that were sent to the quickstart, and the histogram of how long they took.

use std::time::Instant;

use metrics_tests_support::client;
use metrics_tests_support::prometheus::Prometheus;
use metrics_tests_support::quickstart::Quickstart;

/// One kind of task that was sent to the quickstart: how often, and how long the client waited for each.
pub(crate) struct Tasks {
    task_type: &'static str,
    /// What one of them takes at least: the length of its sleep.
    least: f64,
    waited: Vec<f64>,
}

const BOUNDS: [(&str, f64); 5] =
    [("0.1", 0.1), ("0.2", 0.2), ("0.5", 0.5), ("1.0", 1.0), ("+Inf", f64::INFINITY)];

impl Tasks {
    pub(crate) fn send(quickstart: &Quickstart, task_type: &'static str, least: f64, times: usize) -> Self {
        let path = format!("/api/task?task_type={task_type}");
        let one = || {
            let started = Instant::now();
            let answer = client::get(quickstart.address, &path).expect("the quickstart answers");
            assert_eq!(answer.status, 200, "{answer:?}");
            started.elapsed().as_secs_f64()
        };
        Self { task_type, least, waited: (0..times).map(|_| one()).collect() }
    }

    /// Checks the histogram of these tasks against what the client has seen.
    ///
    /// A task took no less than its sleep, and no more than the client waited: between the two every number
    /// is right, on a machine of any speed, and on an idle one the two are in the same bucket.
    pub(crate) fn check(&self, prometheus: &Prometheus) {
        let name = "task_execution_duration_seconds";
        let selector = format!("task_type=\"{}\"", self.task_type);
        let count = self.waited.len();
        let expected = u32::try_from(count).expect("a few");
        prometheus.assert(&format!("{name}_count{{{selector}}}"), expected);
        prometheus.assert(&format!("{name}_bucket{{{selector},le=\"+Inf\"}}"), expected);

        // The two clocks may disagree by a little.
        let least = self.least * 0.99;
        let sum = prometheus.value(&format!("{name}_sum{{{selector}}}"));
        let longest: f64 = self.waited.iter().sum();
        assert!((least * f64::from(expected)..=longest * 1.01).contains(&sum), "{selector}: sum {sum}");

        for (le, bound) in BOUNDS {
            let found = prometheus.value(&format!("{name}_bucket{{{selector},le=\"{le}\"}}"));
            let at_least = self.waited.iter().filter(|waited| **waited < bound * 0.99).count();
            let at_most = if least > bound { 0 } else { count };
            assert!(
                (at_least as f64..=at_most as f64).contains(&found),
                "{selector}: {found} of {count} up to {le} s, the client waited {:?}",
                self.waited
            );
        }

        let median = prometheus.value(&format!("histogram_quantile(0.5, {name}_bucket{{{selector}}})"));
        let mut waited = self.waited.clone();
        waited.sort_by(f64::total_cmp);
        let (lower, _) = bucket_of(self.least);
        let (_, upper) = bucket_of(waited[count / 2] * 1.01);
        assert!(lower < median && median <= upper, "{selector}: median {median} not in ({lower}, {upper}]");
    }
}

/// The bounds of the bucket that a number of seconds falls into. Above the last bound `histogram_quantile`
/// answers the last bound.
fn bucket_of(seconds: f64) -> (f64, f64) {
    let mut lower = 0.0;
    for (_, upper) in BOUNDS {
        if seconds <= upper {
            return (lower, upper);
        }
        lower = upper;
    }
    (lower, f64::INFINITY)
}
