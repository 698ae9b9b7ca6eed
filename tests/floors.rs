//! The floors: a file imports only from strictly lower ones.
//!
//! The tables below are the map of the two crates; `ARCHITECTURE.md` shows the same house with a sentence for each
//! room. A file that is missing here, or an import that goes up or sideways, fails this test.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The files of `metrics-core/src`, the ground first.
const CORE: &[&[&str]] = &[
    &[
        "sync",
        "record",
        "name",
        "buckets",
        "compensated",
        "label",
        "cell/id",
        "family/key",
        "encode/escape",
        "encode/wire",
        "http/coding",
        "native/mantissas",
        "native/apart",
    ],
    &[
        "clock",
        "label/values",
        "instrument/outcome",
        "faults",
        "reentrant",
        "descriptor",
        "directory",
        "rules",
        "cell/chunk",
        "native/key",
        "traces/current",
    ],
    &[
        "cell/space",
        "cell/pool",
        "bounds",
        "octaves",
        "instrument/watch",
        "instrument/kept",
        "testing",
        "filter",
    ],
    &["cell/positions", "intern", "native/page", "native/snapshot", "sketch/slices"],
    &["cell/thread", "native/view"],
    &["cell"],
    &[
        "cell/words/counter",
        "cell/words/gauge",
        "cell/words/distribution",
        "cell/words/native",
        "family/labels",
        "family/lines",
        "family/pins",
        "family/records",
        "exemplars",
        "sketch/track",
        "traces/due",
    ],
    &[
        "sample",
        "observation",
        "sketch/shared",
        "native/pages/series",
        "family/slots",
        "traces/offer",
        "traces/off",
    ],
    &["sketch", "native/pages", "traces"],
    &[
        "metric/counter",
        "metric/gauge",
        "metric/histogram",
        "metric/native_histogram",
        "native/pages/tests",
        "sketch/tests",
        "metric/summary",
        "metric/info",
        "metric/state_set",
        "metric/callback",
        "family/lookup",
        "encode/number",
        "encode/protobuf",
        "collected",
    ],
    &["family", "family/tests", "encode/line", "instrument/timer", "instrument/in_flight"],
    &[
        "family/rest",
        "collection",
        "built",
        "telling",
        "encode/text",
        "encode/openmetrics",
        "instrument/future",
    ],
    &["collector", "format"],
    &["registry", "http/negotiate"],
    &["exposition", "problem", "register_error", "callsite/spec"],
    &["callsite/row", "callsite/clashes", "exposition/faults"],
    &["callsite", "exposition/walk"],
    &["instrument/call", "instrument/own", "instrument/rows"],
    &["instrument/parts", "instrument/late", "declared/view"],
    &[
        "declared/counter",
        "declared/gauge",
        "declared/histogram",
        "declared/native_histogram",
        "declared/summary",
        "declared/info",
        "declared/state_set",
        "declared/callback",
        "instrument/judged",
    ],
    &["scrapes", "builder", "membership"],
    &["global", "http/stream"],
    &["scrape", "builder/native", "http/body"],
    &["http/handler"],
    &["http/serve"],
    &["private"],
    &["lib"],
];

/// The files of `metrics-macros/src`, the ground first.
const MACROS: &[&[&str]] = &[
    &["diag", "runtime", "model/grammar", "model/unit", "model/number"],
    &["syntax/options", "syntax/body", "syntax/function", "model/kind", "model/case"],
    &[
        "syntax/labels",
        "syntax/window",
        "syntax/native",
        "syntax/label_value",
        "syntax/output",
        "syntax/ending",
        "syntax/items",
        "model/name",
        "expand/gathered",
    ],
    &["syntax/brackets", "syntax/site", "model/buckets", "model/window", "model/label_value"],
    &["syntax/counted", "syntax/gauged", "syntax/timed", "model/native"],
    &["syntax/metric", "syntax/stack", "model/metric"],
    &["syntax/block", "model/function", "model/takes", "model/init"],
    &["model/ending", "model/declaration"],
    &["model/label"],
    &["model/clash", "model/part"],
    &["model/block", "model/own"],
    &["model/counted", "model/timed", "model/gauged"],
    &["model/stack", "expand/spec", "expand/label_value", "expand/items"],
    &["expand/site"],
    &["expand/verbs", "expand/rows"],
    &["expand/late"],
    &["expand/series", "expand/wrap"],
    &["expand/block"],
    &["pipeline"],
    &["lib", "snapshots", "documented"],
    &["snapshots/declarations"],
];

#[test]
fn core_imports_go_down_only() {
    check("metrics-core/src", CORE);
}

#[test]
fn macro_imports_go_down_only() {
    check("metrics-macros/src", MACROS);
}

/// A module that only names its files belongs to no floor.
fn check(root: &str, floors: &[&[&str]]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(root);
    let floor_of: BTreeMap<&str, usize> = floors
        .iter()
        .enumerate()
        .flat_map(|(floor, rooms)| rooms.iter().map(move |room| (*room, floor)))
        .collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (room, text) in rooms(&root, "") {
        let text = code_of(&text);
        let imports = imports(&room, &text);
        let Some(floor) = floor_of.get(room.as_str()) else {
            if imports.iter().any(|import| resolve(import, &floor_of).is_some()) {
                wrong.push(format!("`{room}` stands on no floor"));
            }
            continue;
        };
        seen += 1;
        for import in imports {
            match resolve(&import, &floor_of) {
                Some((target, below)) if target != room && below >= *floor => {
                    wrong.push(format!("`{room}` on floor {floor} imports `{target}` on floor {below}"));
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(seen, floor_of.len(), "a room of the table is gone");
}

/// Every source file by its path without the ending; `a/mod.rs` is `a`.
fn rooms(folder: &Path, prefix: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            found.extend(rooms(&path, &format!("{prefix}{name}/")));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let room =
                if name == "mod" { prefix.trim_end_matches('/').into() } else { format!("{prefix}{name}") };
            found.push((room, fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

/// The text without comments and without the tests at its end.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = code.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

/// The paths below the crate's root that the text names, as `a/b/C`.
fn imports(room: &str, code: &str) -> Vec<String> {
    let parent = room.rsplit_once('/').map_or("", |(parent, _)| parent);
    let is_folder = code.lines().any(|line| line.contains("mod ") && line.ends_with(';'));
    let here = if is_folder { room } else { parent };
    let mut paths = Vec::new();
    for (marker, base) in
        [("crate::", ""), ("self::", here), ("super::", if is_folder { parent } else { here })]
    {
        for (at, _) in code.match_indices(marker) {
            let before = code[..at].chars().next_back();
            if before.is_none_or(|before| !before.is_alphanumeric() && before != '_' && before != ':') {
                expand(base, &code[at + marker.len()..], &mut paths);
            }
        }
    }
    paths
}

/// Spells out `a::{b, c::d}` as `a/b` and `a/c/d`.
fn expand(base: &str, rest: &str, paths: &mut Vec<String>) {
    let join = |name: &str| if base.is_empty() { name.to_owned() } else { format!("{base}/{name}") };
    if let Some(group) = rest.strip_prefix('{') {
        let mut depth = 0;
        let mut start = 0;
        for (at, character) in group.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => return expand(base, group[start..at].trim(), paths),
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    expand(base, group[start..at].trim(), paths);
                    start = at + 1;
                }
                _ => {}
            }
        }
        return;
    }
    let end = rest.find(|character: char| !character.is_alphanumeric() && character != '_');
    let (name, tail) = rest.split_at(end.unwrap_or(rest.len()));
    match tail.strip_prefix("::") {
        Some(tail) if !name.is_empty() => expand(&join(name), tail, paths),
        _ if name.is_empty() || name == "self" => paths.push(base.to_owned()),
        _ => paths.push(join(name)),
    }
}

/// The room that a path leads to: the longest beginning of it that is one.
fn resolve<'a>(path: &str, floor_of: &BTreeMap<&'a str, usize>) -> Option<(&'a str, usize)> {
    let mut path = path;
    loop {
        if let Some((room, floor)) = floor_of.get_key_value(path) {
            return Some((room, *floor));
        }
        path = path.rsplit_once('/')?.0;
    }
}

#[test]
fn the_reader_of_imports_reads_all_forms() {
    let code =
        "use crate::a::{b, c::{D, e}};\nuse super::f;\nlet x = crate::g::H::new();\nuse crate::i::{self, J};";
    let mut found = imports("m/n", code);
    found.sort();
    assert_eq!(found, ["a/b", "a/c/D", "a/c/e", "g/H/new", "i", "i/J", "m/f"]);
}
