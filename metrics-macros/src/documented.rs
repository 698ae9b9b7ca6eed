//! The expansions that the documentation shows are those that there are.

use std::fs;
use std::path::Path;

use crate::pipeline::expand_named;
use crate::syntax::stack::Recorder;

/// The first block in the language `language` of `page`.
fn block<'a>(page: &'a str, language: &str) -> &'a str {
    let (_, from) = page.split_once(&format!("```{language}\n")).expect("the page has such a block");
    from.split_once("```").expect("the block ends").0
}

/// The text without white space, paths into the runtime and commas at an end: it is shown for reading.
fn shown(text: &str) -> String {
    let path = format!("::metrics_core::__private_{}", env!("CARGO_PKG_VERSION").replace('.', "_"));
    let dense: String = text.split_whitespace().collect();
    dense.replace(&format!("[{path}]"), "").replace(&format!("{path}::"), "").replace(",)", ")")
}

#[test]
fn expansions_are_shown_as_they_are() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../metrics-core/docs");
    for recorder in [Recorder::Counted, Recorder::Timed, Recorder::Gauged] {
        let page =
            fs::read_to_string(pages.join(recorder.name()).with_extension("md")).expect("there is a page");
        let item = block(&page, "text").parse().expect("the function can be read");
        let expansion = expand_named(recorder, &"".parse().expect("tokens"), item, Some("shop".to_owned()));
        assert_eq!(shown(block(&page, "expansion")), shown(&expansion.to_string()), "{}", recorder.name());
    }
}
