//! A text that a batch job leaves behind, read by `node_exporter` and told by it to whoever scrapes.

use std::process::Command;
use std::time::Duration;

use metrics_core::{Counter, Gauge, Histogram, Registry};
use metrics_tests_support::folder::Folder;
use metrics_tests_support::program::{self, Running};
use metrics_tests_support::{client, wait};

/// It is ready after a moment; the bound is for a machine that is busy otherwise.
const LIMIT: Duration = Duration::from_secs(30);

#[test]
fn node_exporter_tells_what_a_file_says() {
    let registry = Registry::new();
    let done = Counter::builder("batch_rows_total", "Rows, by \"table\" \\ file.").labels(["table"]);
    done.register(&registry).unwrap().with(["a\"\\\nb"]).inc_by(1_000_000);
    Gauge::builder("batch_finished_seconds", "When.").register(&registry).unwrap().handle().set(1.5e9);
    let took =
        Histogram::builder("batch_step_seconds", "Steps.").buckets([0.5, 1.0]).register(&registry).unwrap();
    took.handle().observe(0.75);

    let folder = Folder::new("textfile");
    folder.write("batch.prom", &registry.render());
    let address = client::free_address();
    let _exporter = Running::start(
        Command::new(program::find("prometheus-node-exporter", "prometheus-node-exporter"))
            .args(["--collector.disable-defaults", "--collector.textfile"])
            .arg(format!("--collector.textfile.directory={}", folder.path().display()))
            .arg(format!("--web.listen-address={address}")),
    );
    let text = wait::until("node_exporter to answer", LIMIT, || match client::get(address, "/metrics") {
        Ok(answer) if answer.status == 200 => Ok(answer.text().to_owned()),
        other => Err(format!("{other:?}")),
    });
    for line in [
        "node_textfile_scrape_error 0",
        "batch_rows_total{table=\"a\\\"\\\\\\nb\"} 1e+06",
        "batch_finished_seconds 1.5e+09",
        "batch_step_seconds_bucket{le=\"0.5\"} 0",
        "batch_step_seconds_bucket{le=\"1\"} 1",
        "batch_step_seconds_bucket{le=\"+Inf\"} 1",
        "batch_step_seconds_sum 0.75",
        "batch_step_seconds_count 1",
        "# TYPE batch_step_seconds histogram",
    ] {
        assert!(text.lines().any(|own| own == line), "{line} is missing:\n{text}");
    }
}
