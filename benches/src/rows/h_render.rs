//! How long a scrape takes, as text and complete.

use super::{Options, limits};
use crate::harness::{Against, Entry, Figure, Row};
use crate::systems::{Family, SYSTEMS, System, fill};

pub(super) fn rows(options: &Options) -> Vec<Row> {
    let rounds = options.pace.long_rounds();
    let counters: Make = |system| system.counters;
    let mut rows = vec![
        in_turn("h 100k", "render 100 k counters with two labels", 100_000, counters, rounds, 3.0),
        in_turn("h histograms", "render 10 k histograms × 11 buckets", 10_000, |s| s.histograms, rounds, 3.0),
    ];
    if !options.pace.quick {
        rows.push(one_by_one("h 1M", "render 1 M counters", 1_000_000, counters, rounds.min(3), 40.0));
    }
    rows
}

type Make = fn(&System) -> fn(usize) -> Box<dyn Family>;

/// All systems at once, sampled in turn.
fn in_turn(
    key: &'static str,
    title: &'static str,
    series: usize,
    make: Make,
    rounds: usize,
    goal: f64,
) -> Row {
    let families: Vec<_> = SYSTEMS.iter().map(|system| filled(system, make, series)).collect();
    let mut samples = vec![Vec::new(); families.len()];
    for _ in 0..rounds {
        for (family, samples) in families.iter().zip(&mut samples) {
            samples.push(render(family.as_ref(), series));
        }
    }
    row(key, title, samples, goal)
}

/// One system after the other: together they would not fit into the memory.
fn one_by_one(
    key: &'static str,
    title: &'static str,
    series: usize,
    make: Make,
    rounds: usize,
    goal: f64,
) -> Row {
    let samples = SYSTEMS.iter().map(|system| {
        let family = filled(system, make, series);
        (0..rounds).map(|_| render(family.as_ref(), series)).collect()
    });
    row(key, title, samples.collect(), goal)
}

fn filled(system: &System, make: Make, series: usize) -> Box<dyn Family> {
    let family = make(system)(series + 1);
    fill(family.as_ref(), series);
    family
}

fn render(family: &dyn Family, series: usize) -> f64 {
    let mut length = 0;
    let taken = limits::milliseconds(|| length = family.render());
    // A family that lost series would look fast.
    assert!(length > 40 * series, "{length} bytes are too few for {series} series");
    taken
}

fn row(key: &'static str, title: &'static str, samples: Vec<Vec<f64>>, goal: f64) -> Row {
    let mut row = Row::new(key, title, "ms", &["CPU time"]);
    for (system, samples) in SYSTEMS.iter().zip(samples) {
        row.entries.push(Entry { name: system.name, role: system.role, figures: vec![Figure::of(samples)] });
    }
    row.goal("metrics-core", Against::Absolute, [Some(goal)])
}
