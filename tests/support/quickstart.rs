//! The quickstart example, built and started as a user would.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use crate::program::Running;

/// Starting takes milliseconds; the bound is for a machine that is busy with something else.
const START: Duration = Duration::from_secs(30);

/// A running quickstart: `--port 0 --quiet`, so all numbers come from the test.
#[derive(Debug)]
pub struct Quickstart {
    /// Where it listens.
    pub address: SocketAddr,
    _program: Running,
}

impl Quickstart {
    /// Builds the example and starts it.
    ///
    /// # Panics
    ///
    /// When it does not build, or does not say where it listens.
    pub fn start() -> Self {
        let program = Running::start(Command::new(executable()).args(["--port", "0", "--quiet"]));
        let address = program.line(START, |line| {
            let (_, after) = line.split_once("listens on http://")?;
            after.trim().parse().ok()
        });
        Self { address, _program: program }
    }
}

/// The path of the quickstart's executable, built if need be.
///
/// # Panics
///
/// When it does not build.
pub fn executable() -> PathBuf {
    let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let output = Command::new(env!("CARGO"))
        .current_dir(workspace)
        .args(["build", "--package", "metrics-examples", "--example", "quickstart"])
        .args(["--message-format", "json-render-diagnostics"])
        .output()
        .expect("cargo starts");
    assert!(
        output.status.success(),
        "the quickstart does not build:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .find(|message| message["target"]["name"] == "quickstart")
        .and_then(|message| Some(PathBuf::from(message["executable"].as_str()?)))
        .expect("cargo names the executable that it has built")
}
