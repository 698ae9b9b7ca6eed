//! The memory of series, and the memory that a scrape needs besides.

use std::path::PathBuf;
use std::process::Command;

use super::Options;
use crate::harness::{Against, Entry, Figure, Row};
use crate::systems::SYSTEMS;

/// How many counters are measured: enough for tables that double to be near their usual fill.
const SERIES: usize = 100_000;

pub(super) fn rows(_: &Options) -> Vec<Row> {
    let mut rest =
        Row::new("h at rest", "memory of 100 k counters with two labels", "B/series", &["at rest"]);
    let mut extra =
        Row::new("h extra", "memory while they are rendered", "KiB", &["extra at the peak", "the text"]);
    for (number, system) in SYSTEMS.iter().enumerate() {
        let entry = |figures: Vec<Option<f64>>| Entry {
            name: system.name,
            role: system.role,
            figures: figures.into_iter().map(|figure| figure.map(Figure::exactly)).collect(),
        };
        let bytes = run(number).unwrap_or_default();
        let bytes = |at: usize| bytes.get(at).copied();
        rest.entries.push(entry(vec![bytes(0).map(|bytes| bytes / SERIES as f64)]));
        extra
            .entries
            .push(entry(vec![bytes(1).map(|bytes| bytes / 1024.0), bytes(2).map(|bytes| bytes / 1024.0)]));
    }
    vec![
        rest.goal("metrics-core", Against::Absolute, [Some(200.0)]),
        extra.goal("metrics-core, streamed", Against::Absolute, [Some(512.0)]),
    ]
}

/// Bytes at rest, at the peak of a scrape, and of its text, as the other program tells them in a line.
fn run(system: usize) -> Option<Vec<f64>> {
    let output = Command::new(program()?).args([system.to_string(), SERIES.to_string()]).output();
    let text = String::from_utf8(output.ok()?.stdout).ok()?;
    text.split_whitespace().map(|number| number.parse().ok()).collect()
}

/// It stands beside this one.
fn program() -> Option<PathBuf> {
    Some(std::env::current_exe().ok()?.with_file_name("memory"))
}
