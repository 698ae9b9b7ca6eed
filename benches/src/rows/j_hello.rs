//! The smallest program that exposes one counter: crates, and processor time to check and to build it.
//!
//! `hello/run` measures; this reads what it wrote, a line for each library: name, crates, seconds, seconds.

use std::fs;

use super::Options;
use crate::harness::{Against, Entry, Figure, Role, Row};

const OURS: &str = "metrics-core";

pub(super) fn rows(options: &Options) -> Vec<Row> {
    let Some(text) = options.hello.as_ref().and_then(|path| fs::read_to_string(path).ok()) else {
        return Vec::new();
    };
    let mut row = Row::new(
        "j",
        "hello world that exposes one counter",
        "",
        &["crates", "check CPU s", "release CPU s"],
    );
    row.entries.extend(text.lines().filter_map(entry));
    let row = row.goal(OURS, Against::Absolute, [Some(18.0), Some(6.0), None]);
    vec![row.goal(OURS, Against::Named("prometheus-client"), [None, None, Some(1.0)])]
}

fn entry(line: &str) -> Option<Entry> {
    let (name, figures) = line.split_once('\t')?;
    let name =
        [OURS, "prometheus-client", "prometheus", "metrics"].into_iter().find(|known| *known == name)?;
    let figures = figures.split('\t').map(|figure| figure.parse().ok().map(Figure::exactly)).collect();
    Some(Entry { name, role: if name == OURS { Role::Ours } else { Role::Peer }, figures })
}
