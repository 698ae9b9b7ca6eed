//! A real Prometheus that scrapes every second, and its query API.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::folder::Folder;
use crate::program::{self, Running};
use crate::{client, wait};

/// Prometheus is ready after 0.2 s and scrapes every second; the bound is for a machine that is busy
/// otherwise.
const LIMIT: Duration = Duration::from_secs(50);

/// A running Prometheus with its storage in a temporary folder; ended and removed when dropped.
#[derive(Debug)]
pub struct Prometheus {
    address: SocketAddr,
    // Dropped before the folder that it writes to.
    _program: Running,
    _folder: Folder,
}

/// What Prometheus is told to scrape: a name, an address, and a path.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    name: &'static str,
    address: SocketAddr,
    path: &'static str,
}

impl Job {
    /// A job that scrapes `/metrics`.
    pub fn new(name: &'static str, address: SocketAddr) -> Self {
        Self { name, address, path: "/metrics" }
    }

    /// The same with another path.
    #[must_use]
    pub fn at(self, path: &'static str) -> Self {
        Self { path, ..self }
    }
}

/// One series of a query's answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The labels, with the name as `__name__` where the answer has one.
    pub labels: BTreeMap<String, String>,
    /// The value.
    pub value: f64,
}

impl Prometheus {
    /// Starts Prometheus with these scrape jobs, and waits until it is ready.
    ///
    /// # Panics
    ///
    /// When it is missing, does not start, or is not ready in time.
    pub fn start(jobs: &[Job]) -> Self {
        Self::start_with(jobs, &[])
    }

    /// The same with features that have to be enabled, `exemplar-storage` for example. With `native-histograms` it asks
    /// for protobuf, else for `OpenMetrics`.
    ///
    /// # Panics
    ///
    /// As [`start`](Self::start).
    pub fn start_with(jobs: &[Job], features: &[&str]) -> Self {
        let folder = Folder::new("prometheus");
        let configuration = folder.write("prometheus.yml", &scrape_configuration(jobs));
        let program = Running::start(
            Command::new(program::find("prometheus", "prometheus"))
                .arg(format!("--config.file={}", configuration.display()))
                .arg(format!("--storage.tsdb.path={}", folder.path().join("data").display()))
                .arg(format!("--enable-feature={}", features.join(",")))
                // It takes a free port by itself and says which, so nobody can take it in between.
                .arg("--web.listen-address=127.0.0.1:0"),
        );
        let address = program.line(LIMIT, |line| {
            let (_, after) = line.split_once("Listening on")?.1.split_once("address=")?;
            after.split_whitespace().next()?.trim_matches('"').parse().ok()
        });
        wait::until("Prometheus to be ready", LIMIT, || match client::get(address, "/-/ready") {
            Ok(answer) if answer.status == 200 => Ok(()),
            other => Err(format!("{other:?}")),
        });
        Self { address, _program: program, _folder: folder }
    }

    /// Starts `VictoriaMetrics` instead, which scrapes and answers as Prometheus does.
    ///
    /// # Panics
    ///
    /// As [`start`](Self::start).
    pub fn victoria_metrics(jobs: &[Job]) -> Self {
        let folder = Folder::new("victoria-metrics");
        let configuration = folder.write("scrape.yml", &scrape_configuration(jobs));
        let address = client::free_address();
        let program = Running::start(
            Command::new(program::find("victoria-metrics", "victoria-metrics"))
                .arg(format!("-promscrape.config={}", configuration.display()))
                .arg(format!("-storageDataPath={}", folder.path().join("data").display()))
                .arg(format!("-httpListenAddr={address}"))
                // What was scraped just now is part of the answer.
                .arg("-search.latencyOffset=0s"),
        );
        wait::until("VictoriaMetrics to be ready", LIMIT, || match client::get(address, "/health") {
            Ok(answer) if answer.status == 200 => Ok(()),
            other => Err(format!("{other:?}")),
        });
        Self { address, _program: program, _folder: folder }
    }

    /// The exemplars that are stored for a query: their labels and values.
    ///
    /// # Panics
    ///
    /// When Prometheus refuses the query, or answers with something else.
    pub fn exemplars(&self, query: &str) -> Vec<Sample> {
        let window = format!("start={}&end={}", unix_seconds() - 600.0, unix_seconds() + 60.0);
        let data = self.api(&format!("/api/v1/query_exemplars?query={}&{window}", client::encode(query)));
        let series = data.as_array().unwrap_or_else(|| panic!("`{query}`: {data}"));
        let exemplars = series.iter().filter_map(|one| one["exemplars"].as_array()).flatten();
        exemplars.map(|one| exemplar(one).unwrap_or_else(|| panic!("`{query}`: {one}"))).collect()
    }

    /// Waits for a scrape of `job` that began after this call, so that it has seen all that was done before
    /// it.
    ///
    /// # Panics
    ///
    /// When there is none in time: with what Prometheus says about the target.
    pub fn wait_for_scrape(&self, job: &str) {
        // Prometheus moves a scrape's timestamp by up to 2 ms towards the even interval.
        let now = unix_seconds() + 0.01;
        let query = format!(r#"timestamp(up{{job="{job}"}}) and up{{job="{job}"}} == 1"#);
        wait::until(format_args!("a scrape of {job}"), LIMIT, || match self.query(&query).as_slice() {
            [sample] if sample.value > now => Ok(()),
            _ => Err(format!("{:#}", self.api("/api/v1/targets?state=active")["activeTargets"])),
        });
    }

    /// Waits until a scrape of `job` has failed, and returns why.
    ///
    /// # Panics
    ///
    /// When none fails in time.
    pub fn wait_for_failure(&self, job: &str) -> String {
        wait::until(format_args!("a failed scrape of {job}"), LIMIT, || {
            let targets = self.api("/api/v1/targets?state=active")["activeTargets"].take();
            let is_down = |target: &&Value| target["labels"]["job"] == job && target["health"] == "down";
            let down = targets.as_array().and_then(|targets| targets.iter().find(is_down).cloned());
            let why = down.and_then(|target| target["lastError"].as_str().map(str::to_owned));
            why.ok_or_else(|| format!("{targets:#}"))
        })
    }

    /// All series that answer a query now.
    ///
    /// # Panics
    ///
    /// When Prometheus refuses the query, or answers with something else than series.
    pub fn query(&self, query: &str) -> Vec<Sample> {
        let data = self.api(&format!("/api/v1/query?query={}", client::encode(query)));
        let series = data["result"].as_array();
        series
            .unwrap_or_else(|| panic!("`{query}` has no series for an answer: {data}"))
            .iter()
            .map(|one| sample(one).unwrap_or_else(|| panic!("`{query}`: not a sample: {one}")))
            .collect()
    }

    /// The value of the only series that answers a query.
    ///
    /// # Panics
    ///
    /// When none or several series answer.
    pub fn value(&self, query: &str) -> f64 {
        match self.query(query).as_slice() {
            [only] => only.value,
            [] => panic!("`{query}`: no such series"),
            several => panic!("`{query}`: {} series, the first two are {:#?}", several.len(), &several[..2]),
        }
    }

    /// Checks the value of the only series that answers a query.
    ///
    /// # Panics
    ///
    /// When it is another one: counts are whole numbers far below 2^53, so there is nothing to round.
    #[track_caller]
    pub fn assert(&self, query: &str, expected: u32) {
        let found = self.value(query);
        assert!(found.to_bits() == f64::from(expected).to_bits(), "`{query}` is {found}, not {expected}");
    }

    /// The type of a metric, `counter` for example, as it was told by what was scraped last: in `OpenMetrics`, where the
    /// family of a counter has no `_total` (O-14).
    ///
    /// # Panics
    ///
    /// When Prometheus knows no type of it, or several.
    pub fn kind(&self, metric: &str) -> String {
        let family = metric.strip_suffix("_total").unwrap_or(metric);
        let mut data = self.api(&format!("/api/v1/metadata?metric={family}"));
        match data[family].take() {
            Value::Array(told) if told.len() == 1 => told[0]["type"].as_str().unwrap_or_default().to_owned(),
            other => panic!("the type of `{metric}` is {other}"),
        }
    }

    /// What the API answers: its `data`.
    fn api(&self, path: &str) -> Value {
        let answer = client::get(self.address, path)
            .unwrap_or_else(|error| panic!("Prometheus, asked for {path}: {error}"));
        let mut answer: Value = serde_json::from_slice(&answer.body)
            .unwrap_or_else(|error| panic!("{path}: {error}: {}", answer.text()));
        assert_eq!(answer["status"], "success", "{path}: {answer:#}");
        answer["data"].take()
    }
}

fn scrape_configuration(jobs: &[Job]) -> String {
    let mut text = "global:\n  scrape_interval: 1s\n  scrape_timeout: 1s\nscrape_configs:\n".to_owned();
    for Job { name, address, path } in jobs {
        let _ = writeln!(text, "  - job_name: {name}\n    metrics_path: {path}");
        let _ = writeln!(text, "    static_configs:\n      - targets: ['{address}']");
    }
    text
}

fn exemplar(json: &Value) -> Option<Sample> {
    Some(Sample { labels: labels(&json["labels"])?, value: json["value"].as_str()?.parse().ok()? })
}

fn labels(json: &Value) -> Option<BTreeMap<String, String>> {
    json.as_object()?.iter().map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect()
}

fn sample(json: &Value) -> Option<Sample> {
    Some(Sample {
        labels: labels(&json["metric"])?,
        // `+Inf`, `-Inf` and `NaN` are what Rust reads too.
        value: json["value"][1].as_str()?.parse().ok()?,
    })
}

fn unix_seconds() -> f64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.expect("it is after 1970").as_secs_f64()
}
