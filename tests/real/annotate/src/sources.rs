//! Writes the attributes and the atomics into the sources of a crate, without a line more or less.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::decisions::{self, Decision, Site};
use crate::functions::{self, Beat, Function};

/// The folders of a crate whose functions its tests run.
const FOLDERS: [&str; 2] = ["src", "tests"];

pub(crate) fn annotate(folder: &str, decisions: &str, sites: &str) -> Result<()> {
    let decided = decisions::read(decisions)?;
    let (mut list, mut number) = (String::new(), 0);
    for path in FOLDERS.iter().flat_map(|name| rust_files(&Path::new(folder).join(name))) {
        let source = fs::read_to_string(&path)?;
        let file = path.strip_prefix(folder)?.display().to_string();
        let mut edits = Vec::new();
        for function in functions::find(&source)? {
            let site = Site {
                number,
                file: file.clone(),
                lines: function.lines.clone(),
                name: function.name.clone(),
            };
            writeln!(list, "{}", site.line())?;
            match decided.get(&number) {
                Some(Decision::Refused(_)) => {}
                decision => edits.extend(edits_of(&function, number, decision.is_some())),
            }
            number += 1;
        }
        fs::write(&path, edited(source, edits))?;
    }
    fs::write(sites, list)?;
    Ok(())
}

/// All files of Rust beneath `folder`, in order.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let files = paths.into_iter().flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// What is written where.
fn edits_of(function: &Function, number: usize, is_sync: bool) -> Vec<(usize, String)> {
    let said = if is_sync { "sync, " } else { "" };
    // Every other function has its attributes below those that it had, and the order of the three changes, too.
    let place = if number.is_multiple_of(2) { function.above } else { function.below };
    let mut names = ["counted", "timed", "gauged"];
    names.rotate_left(number % 3);
    let attributes: String = names
        .iter()
        .map(|name| format!("#[metrics_core::{name}({said}labels {{ site: \"{number}\" }})] "))
        .collect();
    let mut edits = vec![(place, attributes)];
    match &function.beat {
        _ if is_sync => edits.push((function.start, format!(" beside::hit({number});"))),
        Beat::At(place) => edits.push((*place, format!(" beside::hit({number});"))),
        Beat::Future { range, is_boxed } => {
            let (open, close) = if *is_boxed { ("std::boxed::Box::pin(", ")") } else { ("", "") };
            edits.push((range.start, format!("{open}beside::first_poll({number}, ")));
            edits.push((range.end, format!("){close}")));
        }
    }
    edits
}

fn edited(mut source: String, mut edits: Vec<(usize, String)>) -> String {
    edits.sort_by_key(|(place, _)| *place);
    for (place, text) in edits.into_iter().rev() {
        source.insert_str(place, &text);
    }
    source
}
