//! Counts what one library allocates: `memory <number of the system> <series>`.
//!
//! Prints the bytes that the series take at rest, those that a scrape needs besides at its peak, and those of its text.
//! The scrape is the second one, so that what the first one leaves behind counts as rest for neither.

use std::process::ExitCode;

use metrics_benches::systems::{SYSTEMS, fill};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

fn main() -> ExitCode {
    let arguments: Vec<usize> = std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let [system, series] = *arguments else {
        eprintln!("usage: memory <number of the system> <series>");
        return ExitCode::from(2);
    };
    let Some(system) = SYSTEMS.get(system) else {
        eprintln!("there are {} systems", SYSTEMS.len());
        return ExitCode::from(2);
    };
    let before = ALLOCATED.current_usage();
    let family = (system.counters)(series + 1);
    fill(family.as_ref(), series);
    let at_rest = ALLOCATED.current_usage() - before;
    family.render();
    let rested = ALLOCATED.current_usage();
    ALLOCATED.reset_peak_usage();
    let text = family.render();
    println!("{at_rest} {} {text}", ALLOCATED.peak_usage() - rested);
    ExitCode::SUCCESS
}
