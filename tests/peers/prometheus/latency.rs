//! The summary of the quickstart: how long its slow and its fast requests take.

use std::time::Instant;

use metrics_tests_support::client;
use metrics_tests_support::prometheus::{Job, Prometheus};
use metrics_tests_support::quickstart::Quickstart;

const NAME: &str = "http_request_duration_seconds";
/// Each quantile, and by how much its rank may be off.
const QUANTILES: [(f64, f64); 3] = [(0.5, 0.05), (0.95, 0.01), (0.99, 0.001)];

/// Requests to one endpoint, and how long the client waited for each, sorted.
struct Requests {
    endpoint: &'static str,
    /// What one of them takes at least: the length of its sleep.
    least: f64,
    waited: Vec<f64>,
}

impl Requests {
    fn send(quickstart: &Quickstart, endpoint: &'static str, least: f64, times: usize) -> Self {
        let one = || {
            let started = Instant::now();
            let answer = client::get(quickstart.address, endpoint).expect("the quickstart answers");
            assert_eq!(answer.status, 200, "{answer:?}");
            started.elapsed().as_secs_f64()
        };
        let mut waited: Vec<f64> = (0..times).map(|_| one()).collect();
        waited.sort_by(f64::total_cmp);
        Self { endpoint, least, waited }
    }

    /// Checks the summary against what the client has seen.
    ///
    /// A request took no less than its sleep and no more than the client waited, on a machine of any speed; so
    /// the same holds for each rank among them. The two clocks may disagree by a little, and a quantile may be
    /// 0.3 % beside the value that it stands for: together less than 1 %.
    fn check(&self, prometheus: &Prometheus) {
        let selector = format!("endpoint=\"{}\"", self.endpoint);
        let count = self.waited.len();
        prometheus.assert(&format!("{NAME}_count{{{selector}}}"), u32::try_from(count).expect("a few"));

        let least = self.least * 0.99;
        let sum = prometheus.value(&format!("{NAME}_sum{{{selector}}}"));
        let longest: f64 = self.waited.iter().sum();
        assert!((least * count as f64..=longest * 1.01).contains(&sum), "{selector}: sum {sum}");

        for (quantile, error) in QUANTILES {
            let value = prometheus.value(&format!("{NAME}{{{selector},quantile=\"{quantile}\"}}"));
            let highest_rank = ((quantile + error) * count as f64).ceil() as usize;
            let highest = self.waited[highest_rank.clamp(1, count) - 1] * 1.01;
            assert!(
                (least..=highest).contains(&value),
                "{selector}: {quantile} is {value}: {:?}",
                self.waited
            );
        }
    }
}

#[test]
fn prometheus_stores_the_quantiles() {
    let quickstart = Quickstart::start();
    let prometheus = Prometheus::start(&[Job::new("quickstart", quickstart.address)]);

    // Nothing has been observed yet, and that is told: of nothing there are no quantiles.
    prometheus.wait_for_scrape("quickstart");
    for endpoint in ["/api/slow", "/api/fast"] {
        prometheus.assert(&format!("{NAME}_count{{endpoint=\"{endpoint}\"}}"), 0);
        prometheus.assert(&format!("{NAME}_sum{{endpoint=\"{endpoint}\"}}"), 0);
        for (quantile, _) in QUANTILES {
            let query = format!("{NAME}{{endpoint=\"{endpoint}\",quantile=\"{quantile}\"}}");
            assert!(prometheus.value(&query).is_nan(), "{query}");
        }
    }

    let slow = Requests::send(&quickstart, "/api/slow", 0.2, 5);
    let fast = Requests::send(&quickstart, "/api/fast", 0.002, 50);
    prometheus.wait_for_scrape("quickstart");
    assert_eq!(prometheus.kind(NAME), "summary");
    slow.check(&prometheus);
    fast.check(&prometheus);
    // No more than these.
    prometheus.assert(&format!("count({NAME}_count)"), 2);
    prometheus.assert(&format!("count({NAME})"), 2 * 3);
    // What the names promise.
    let median = |endpoint| prometheus.value(&format!("{NAME}{{endpoint=\"{endpoint}\",quantile=\"0.5\"}}"));
    assert!(median("/api/fast") < median("/api/slow"));
}
