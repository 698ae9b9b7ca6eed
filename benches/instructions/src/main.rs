//! Runs one operation of metrics-core so often: `instructions <row> <turns>`, and `instructions list` names the rows.
//!
//! `instructions/run` starts it under callgrind, which counts what is executed within [`counted_loop`].

use std::hint::black_box;
use std::process::ExitCode;

mod rows;

/// Turns that are not counted: what happens once per thread or series is over then.
const WARM_UP: usize = 100;

/// What is counted. callgrind finds it by its name.
///
/// It is compiled once for each operation, so that the operation is part of it as it is part of a user's function.
#[inline(never)]
fn counted_loop(turns: usize, operation: &impl Fn(usize)) {
    for turn in 0..turns {
        operation(turn);
        // Turns are not to be merged.
        black_box(());
    }
}

/// The same, not counted.
#[inline(never)]
fn warm_up(operation: &impl Fn(usize)) {
    for turn in 0..black_box(WARM_UP) {
        operation(turn);
        black_box(());
    }
}

fn run(turns: usize, operation: impl Fn(usize)) {
    warm_up(&operation);
    counted_loop(turns, &operation);
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["list"] => rows::ROWS.iter().for_each(|(name, _)| println!("{name}")),
        [wanted, turns] => {
            let row = rows::ROWS.iter().find(|(name, _)| *name == wanted);
            let (Some((_, run)), Ok(turns)) = (row, turns.parse()) else { return usage() };
            run(turns);
        }
        _ => return usage(),
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("usage: instructions list | instructions <row> <turns>");
    ExitCode::from(2)
}
