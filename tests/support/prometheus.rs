//! A real Prometheus that scrapes every second, and its query API.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, process};

use serde_json::Value;

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

    /// The same with further arguments.
    ///
    /// # Panics
    ///
    /// As [`start`](Self::start).
    pub fn start_with(jobs: &[Job], arguments: &[&str]) -> Self {
        let folder = Folder::new("prometheus");
        let configuration = folder.0.join("prometheus.yml");
        fs::write(&configuration, scrape_configuration(jobs)).expect("the folder is writable");
        let program = Running::start(
            Command::new(program::find("prometheus", "prometheus"))
                .arg(format!("--config.file={}", configuration.display()))
                .arg(format!("--storage.tsdb.path={}", folder.0.join("data").display()))
                // It takes a free port by itself and says which, so nobody can take it in between.
                .arg("--web.listen-address=127.0.0.1:0")
                .args(arguments),
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

    /// The type of a metric, `counter` for example, as it was told by what was scraped last.
    ///
    /// # Panics
    ///
    /// When Prometheus knows no type of it, or several.
    pub fn kind(&self, metric: &str) -> String {
        let mut data = self.api(&format!("/api/v1/metadata?metric={metric}"));
        match data[metric].take() {
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

fn sample(json: &Value) -> Option<Sample> {
    let labels = json["metric"].as_object()?.iter();
    Some(Sample {
        labels: labels
            .map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect::<Option<_>>()?,
        // `+Inf`, `-Inf` and `NaN` are what Rust reads too.
        value: json["value"][1].as_str()?.parse().ok()?,
    })
}

fn unix_seconds() -> f64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.expect("it is after 1970").as_secs_f64()
}

/// A temporary folder of this process, removed when dropped.
#[derive(Debug)]
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("metrics-tests-{name}-{}-{number}", process::id()));
        fs::create_dir_all(&folder).expect("the temporary folder is writable");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
