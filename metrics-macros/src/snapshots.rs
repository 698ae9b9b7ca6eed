//! Expansions, compared with the files in `snapshots/`. `BLESS=1` rewrites them.
//!
//! Both sides are formatted for reading; what is compared is their tokens.

mod declarations;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use proc_macro2::TokenStream;

use crate::pipeline::{expand_named, expand_stacked};
use crate::syntax::stack::Recorder;

/// What passes the arguments of a stack on.
const STACKED: &str = concat!(
    "metrics_core::__private_",
    env!("CARGO_PKG_VERSION_MAJOR"),
    "_",
    env!("CARGO_PKG_VERSION_MINOR"),
    "_",
    env!("CARGO_PKG_VERSION_PATCH"),
    "::stacked"
);

fn compare(case: &str, expansion: &TokenStream) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(case).with_extension("rs");
    let text = formatted(&expansion.to_string());
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(file.parent().expect("a snapshot lies in a folder"))
            .expect("the folder can be made");
        fs::write(&file, &text).expect("the snapshot can be written");
    }
    let blessed = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(tokens(&text), tokens(&blessed), "{case} has changed; `BLESS=1` accepts it");
}

/// The tokens alone: versions of rustfmt differ in white space.
fn tokens(text: &str) -> String {
    text.parse::<TokenStream>().expect("snapshots are tokens").to_string()
}

fn formatted(text: &str) -> String {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config", "max_width=110"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt is installed");
    rustfmt.stdin.take().expect("rustfmt reads").write_all(text.as_bytes()).expect("rustfmt reads");
    let output = rustfmt.wait_with_output().expect("rustfmt ends");
    assert!(output.status.success(), "rustfmt refuses {text}");
    String::from_utf8(output.stdout).expect("rustfmt writes text")
}

fn attribute(recorder: Recorder, args: &str, item: &str) -> TokenStream {
    expand_named(
        recorder,
        &args.parse().expect("tokens"),
        item.parse().expect("tokens"),
        Some("shop".to_owned()),
    )
}

#[test]
fn counted_normal() {
    let item = "/// Loads a user.\npub async fn load(id: u64) -> Result<User, Error> { find(id).await }";
    compare("counted/normal", &attribute(Recorder::Counted, "", item));
}

/// What an attribute without arguments adds to a function; more would be read in every error and compiled every time.
#[test]
fn a_bare_attribute_adds_few_lines() {
    for item in [
        "fn load(id: u64) -> User {\n work();\n find(id)\n}",
        "async fn load(id: u64) -> User {\n find(id).await\n}",
    ] {
        let bare = formatted(item).lines().count();
        for recorder in [Recorder::Counted, Recorder::Timed, Recorder::Gauged] {
            let added = formatted(&attribute(recorder, "", item).to_string()).lines().count() - bare;
            assert!(added <= 17, "{} adds {added} lines to {item}", recorder.name());
        }
    }
}

#[test]
fn counted_declared() {
    compare(
        "counted/declared",
        &attribute(Recorder::Counted, "metrics::LOADS_TOTAL", "fn load() { work() }"),
    );
}

#[test]
fn counted_labelled() {
    let args = "LOADS_TOTAL { kind: Kind::Fast, source: \"disk\" }";
    compare("counted/labelled", &attribute(Recorder::Counted, args, "fn load() { work() }"));
}

#[test]
fn counted_dynamic_labels() {
    let args = "LOADS_TOTAL { kind, source: request.source() }";
    compare(
        "counted/dynamic_labels",
        &attribute(Recorder::Counted, args, "fn load(kind: Kind, request: &Request) { work() }"),
    );
}

#[test]
fn counted_stacked() {
    let item = "#[timed(buckets = [0.1, 1.0],)] #[gauged] fn load() {}";
    compare("counted/stacked", &attribute(Recorder::Counted, "LOADS_TOTAL", item));
}

#[test]
fn counted_conditional() {
    let item = "#[cfg_attr(slow, timed, inline)] #[cfg_attr(test, allow(unused))] fn load() {}";
    compare("counted/conditional", &attribute(Recorder::Counted, "LOADS_TOTAL", item));
}

#[test]
fn stacked_left_over() {
    let args = "counted(LOADS_TOTAL), gauged(LOADING),".parse().expect("tokens");
    let item = "#[inline] fn load() { work() }".parse().expect("tokens");
    compare("stacked/left_over", &expand_stacked(&args, item));
}

#[test]
fn counted_outcome() {
    let item = "pub fn load(&mut self) -> Result<impl Debug, Box<dyn Error>> { use a::b; find(self) }";
    compare("counted/outcome", &attribute(Recorder::Counted, "outcome", item));
}

#[test]
fn counted_result_labels() {
    let args = "LOADS_TOTAL { kind, status: |response| response.status() }, outcome, \
        err_if = |Response { status, .. }| *status > 499";
    let item = "async fn load(kind: &str) -> Response { find(kind).await }";
    compare("counted/result_labels", &attribute(Recorder::Counted, args, item));
}

#[test]
fn counted_only() {
    let args = "only = [err, panicked], labels { size: |list| list.len(), kind }";
    compare(
        "counted/only",
        &attribute(Recorder::Counted, args, "fn load(kind: &str) -> List { find(kind) }"),
    );
}

#[test]
fn timed_delegated() {
    let item = "fn load(id: String) -> Pin<Box<dyn Future<Output = u8>>> { let a = id; Box::pin(find(a)) }";
    compare("timed/delegated", &attribute(Recorder::Timed, "LOAD_SECONDS", item));
}

#[test]
fn gauged_items() {
    let item = "#[async_trait] impl<T> Load for Shop<T> { const N: u8 = 1; /// Loads.\n async fn load(&self) {} \
        #[gauged(skip)] fn other(&self) {} #[inline] fn third() {} }";
    compare("gauged/items", &attribute(Recorder::Gauged, "labels { kind: KIND },", item));
}

#[test]
fn timed_busy() {
    let item = "fn load() -> impl Future<Output = u8> { let a = 1; async { a } }";
    compare("timed/busy", &attribute(Recorder::Timed, "busy, outcome", item));
}

#[test]
fn counted_foreign() {
    let item = "#[other::timed] #[gauged::inner] #[cfg_attr(timed, inline)] fn load() {}";
    compare("counted/foreign", &attribute(Recorder::Counted, "LOADS_TOTAL", item));
}

#[test]
fn timed_normal() {
    let item = "fn load(&self) -> u8 { #![allow(unused)] use std::fmt; const N: u8 = 1; let a = N; a }";
    compare("timed/normal", &attribute(Recorder::Timed, "", item));
}

#[test]
fn timed_labelled() {
    let args = "name = \"load_seconds\", help = \"Loading.\", labels { source: SOURCE, code: 200 }, buckets = linear(0.1, 0.1, 3)";
    compare("timed/labelled", &attribute(Recorder::Timed, args, "fn load() { work() }"));
}

#[test]
fn timed_dynamic_labels() {
    let args = "labels { kind: kind, \"crate\": 1, zone: zone.name() }, registry = USERS, max_series = 10";
    compare(
        "timed/dynamic_labels",
        &attribute(Recorder::Timed, args, "fn load(kind: &str, zone: Zone) { work() }"),
    );
}

#[test]
fn timed_summary() {
    let args = "summary, quantiles = [0.99 => 0.001, 0.5 => 0.05], max_age = \"1m\", labels { kind: KIND }";
    compare("timed/summary", &attribute(Recorder::Timed, args, "fn load() { work() }"));
}

#[test]
fn timed_declared() {
    let item = format!("#[{STACKED}(timed(summary),)] fn load() {{ work() }}");
    compare("timed/declared", &attribute(Recorder::Timed, "LOAD_SECONDS { kind: Kind::Fast }", &item));
}

#[test]
fn timed_stacked() {
    let item =
        format!("#[inline] #[metrics_core::gauged(B)] #[{STACKED}(counted(A),)] #[cold] fn load() {{}}");
    compare("timed/stacked", &attribute(Recorder::Timed, "buckets = BOUNDS", &item));
}

#[test]
fn timed_future() {
    let item =
        "fn load() -> Pin<Box<dyn Future<Output = u8> + Send>> { let a = 1; Box::pin(async move { a }) }";
    compare("timed/future", &attribute(Recorder::Timed, "", item));
}

#[test]
fn timed_labelled_future() {
    let item = "fn load(id: u8) -> impl Future<Output = u8> { use a::b; let id = b(id); async { id } }";
    compare("timed/labelled_future", &attribute(Recorder::Timed, "labels { id }", item));
}

#[test]
fn gauged_normal() {
    compare(
        "gauged/normal",
        &attribute(Recorder::Gauged, "crate = crate::renamed", "fn load() -> ! { loop {} }"),
    );
}

#[test]
fn gauged_stacked() {
    let stacked = format!("#[{STACKED}(counted(LOADS_TOTAL {{ kind }}), timed(crate = renamed),)]");
    let item = format!("{stacked} fn load(kind: &str) {{}}");
    compare("gauged/stacked", &attribute(Recorder::Gauged, "", &item));
}
