//! Three steps of `tests/real/run`, each a command:
//!
//! - `annotate annotate CRATE DECISIONS SITES`: puts the attributes and an atomic on every function of the sources in
//!   the folder `CRATE`, and lists the functions in `SITES`;
//! - `annotate decide MESSAGES SITES DECISIONS`: reads what the compiler said, and decides for each function that it
//!   didn't like: says that it is `sync`, or leaves it out. Prints how many it decided;
//! - `annotate judge NAME SITES DECISIONS REPORTS WARNINGS`: compares the numbers and prints the result.

use std::process::ExitCode;

mod decisions;
mod functions;
mod judge;
mod sources;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["annotate", folder, decisions, sites] => sources::annotate(folder, decisions, sites),
        ["decide", messages, sites, decisions] => decisions::decide(messages, sites, decisions),
        ["judge", name, sites, decisions, reports, warnings] => {
            judge::judge(name, sites, decisions, reports, warnings)
        }
        _ => Err("usage: see the top of tests/real/annotate/src/main.rs".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// What goes wrong here ends the program, with words.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
