//! Every id of a norm that code or a test names is explained in `docs/norms.md`, and a test names every one that is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The norms by what their ids begin with.
const NORMS: [&str; 7] = ["CL", "DM", "T", "O", "PL", "P", "N"];

#[test]
fn what_is_named_is_explained_and_what_is_explained_is_tested() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/norms.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next());
    let explained: BTreeSet<String> = rows.filter(|id| id.contains('-')).flat_map(ids).collect();
    assert!(explained.len() > 50, "the page was read");

    let (mut named, mut tested) = (BTreeSet::new(), BTreeSet::new());
    for folder in ["metrics-core/src", "metrics-macros/src", "tests"] {
        for path in sources(&root.join(folder)) {
            let text = fs::read_to_string(&path).unwrap();
            named.extend(ids(&text));
            let tests = if folder == "tests" { Some(&*text) } else { text.split("#[cfg(test)]").nth(1) };
            tested.extend(tests.map(ids).unwrap_or_default());
        }
    }
    let not_explained: Vec<_> = named.difference(&explained).collect();
    let not_tested: Vec<_> = explained.difference(&tested).collect();
    assert!(not_explained.is_empty(), "without a line in docs/norms.md: {not_explained:?}");
    assert!(not_tested.is_empty(), "in docs/norms.md, but named by no test: {not_tested:?}");
}

/// The ids in a text; `PL-1..11` and `T-1 … T-6` name the two only.
fn ids(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
    let ids = words.filter(|word| {
        let (norm, number) = word.split_once('-').unwrap_or_default();
        NORMS.contains(&norm) && !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())
    });
    ids.map(str::to_owned).collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}
