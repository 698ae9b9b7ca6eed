//! Right and wrong programs, in folders by macro: `pass` compiles, `fail` doesn't and says why.
//!
//! `TRYBUILD=overwrite cargo test -p metrics-ui-tests` accepts new messages. Read them before you commit them: does the
//! message stand at the right token, and does it say what to write?

use std::process::Command;

/// The words of rustc change between versions: only this one is compared with the `.stderr` files.
const COMPILER: &str = "rustc 1.95.";

#[test]
fn messages() {
    let version = compiler();
    let cases = trybuild::TestCases::new();
    cases.pass("*/pass/*.rs");
    if version.starts_with(COMPILER) {
        cases.compile_fail("*/fail/*.rs");
    } else {
        println!("messages are not compared: they were blessed with {COMPILER}x, this is {version}");
    }
}

/// What `rustc --version` prints.
fn compiler() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().expect("rustc runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
