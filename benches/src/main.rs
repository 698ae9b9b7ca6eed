//! Measures metrics-core beside its peers, and prints a table. `benches/run` builds and starts it.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use metrics_benches::harness::Pace;
use metrics_benches::report;
use metrics_benches::rows::{self, Options};

const USAGE: &str = "\
usage: benches [--quick] [--hello FILE] [ROW…]
  --quick       fewer rounds, and no row of a million series
  --hello FILE  what hello/run wrote, for row j
  ROW           only rows whose name begins so: a, b, … h-render, h-memory, limits";

fn main() -> ExitCode {
    let Some(options) = options(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let start = Instant::now();
    let rows = rows::measure(&options, |row| {
        eprintln!("{:5.1} s  {}: {}", start.elapsed().as_secs_f64(), row.key, row.title);
    });
    println!("{}", report::summary(&rows));
    println!("{}", report::spread(&rows));
    println!("## All figures\n\nThe smallest sample, and in brackets the median.");
    println!("{}", report::details(&rows));
    ExitCode::SUCCESS
}

fn options(mut arguments: impl Iterator<Item = String>) -> Option<Options> {
    let mut options = Options { pace: Pace { quick: false }, hello: None, only: Vec::new() };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => options.pace.quick = true,
            "--hello" => options.hello = Some(PathBuf::from(arguments.next()?)),
            unknown if unknown.starts_with('-') => return None,
            row => options.only.push(row.to_owned()),
        }
    }
    Some(options)
}
