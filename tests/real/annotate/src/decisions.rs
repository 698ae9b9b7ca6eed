//! What the compiler says of annotated functions, and what follows from it.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;

use serde_json::Value;

use crate::Result;

/// An annotated function.
pub(crate) struct Site {
    pub(crate) number: usize,
    pub(crate) file: String,
    pub(crate) lines: Range<usize>,
    pub(crate) name: String,
}

impl Site {
    /// The line of a list that [`sites`] reads.
    pub(crate) fn line(&self) -> String {
        let Self { number, file, lines, name } = self;
        format!("{number}\t{file}\t{}\t{}\t{name}", lines.start, lines.end)
    }

    /// The place as the compiler writes it.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.file, self.lines.start)
    }
}

/// Reads the list of annotated functions.
pub(crate) fn sites(path: &str) -> Result<Vec<Site>> {
    let read = |line: &str| match line.split('\t').collect::<Vec<_>>().as_slice() {
        [number, file, start, end, name] => Ok(Site {
            number: number.parse()?,
            file: (*file).to_owned(),
            lines: start.parse()?..end.parse()?,
            name: (*name).to_owned(),
        }),
        _ => Err(format!("{path}: {line}").into()),
    };
    fs::read_to_string(path)?.lines().map(read).collect()
}

/// What is done with a function that the compiler refused as it was annotated first.
pub(crate) enum Decision {
    /// Its future can't be recorded, so the attributes say `sync`: the call is.
    Sync,
    /// It can't be annotated, for this reason.
    Refused(String),
}

/// Reads the decisions, by number of the function; there are none yet if there is no file.
pub(crate) fn read(path: &str) -> Result<BTreeMap<usize, Decision>> {
    let mut decisions = BTreeMap::new();
    for line in fs::read_to_string(path).unwrap_or_default().lines() {
        let (number, decision) = line.split_once('\t').ok_or_else(|| format!("{path}: {line}"))?;
        let decision = match decision {
            "sync" => Decision::Sync,
            reason => Decision::Refused(reason.to_owned()),
        };
        decisions.insert(number.parse()?, decision);
    }
    Ok(decisions)
}

pub(crate) fn decide(messages: &str, sites: &str, path: &str) -> Result<()> {
    let (sites, mut decisions) = (self::sites(sites)?, read(path)?);
    let before = decisions.len();
    for line in fs::read_to_string(messages)?.lines() {
        let message: Value = serde_json::from_str(line)?;
        let message = &message["message"];
        if message["level"] != "error" {
            continue;
        }
        let text = message["message"].as_str().unwrap_or_default();
        let Some(span) = message["spans"]
            .as_array()
            .and_then(|spans| spans.iter().find(|span| span["is_primary"] == true))
        else {
            continue;
        };
        let site = site_at(&sites, span)
            .ok_or_else(|| format!("an error outside of all functions: {}", message["rendered"]))?;
        let decision =
            if wants_sync(text) { Decision::Sync } else { Decision::Refused(text.replace('\n', " ")) };
        decisions.entry(site.number).or_insert(decision);
    }
    println!("{}", decisions.len() - before);
    let lines = decisions.iter().map(|(number, decision)| match decision {
        Decision::Sync => format!("{number}\tsync\n"),
        Decision::Refused(reason) => format!("{number}\t{reason}\n"),
    });
    fs::write(path, lines.collect::<String>())?;
    Ok(())
}

/// Whether `sync` helps: the type only sounds like a future, or it is one for ever (`'static`) of types that aren't, and
/// no other future can stand for it.
fn wants_sync(text: &str) -> bool {
    text.contains("(sync)]`") || text.contains("may not live long enough")
}

/// A path without `folder/..`, which `#[path = "../file.rs"]` makes.
fn plain(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The innermost function around a place.
fn site_at<'a>(sites: &'a [Site], span: &Value) -> Option<&'a Site> {
    let (file, line) =
        (plain(span["file_name"].as_str()?), usize::try_from(span["line_start"].as_u64()?).ok()?);
    let around = sites.iter().filter(|site| file.ends_with(&site.file) && site.lines.contains(&line));
    around.min_by_key(|site| site.lines.len())
}
