//! How long a scrape takes, as text and complete.

use super::{Options, limits};
use crate::harness::{Against, Entry, Figure, Role, Row};
use crate::systems::{Family, SYSTEMS, System, fill};

pub(super) fn rows(options: &Options) -> Vec<Row> {
    let rounds = options.pace.long_rounds();
    let counters: Make = |system| system.counters;
    let mut rows = vec![
        in_turn("h 100k", "render 100 k counters with two labels", 100_000, counters, rounds)
            .goal(STREAMED, Against::Named("measured"), [Some(0.25)])
            .goal(STREAMED, Against::Named("prometheus-client"), [Some(0.12)]),
        in_turn("h histograms", "render 10 k histograms × 11 buckets", 10_000, |s| s.histograms, rounds)
            .goal(STREAMED, Against::Named("measured"), [Some(0.2)]),
        by_size(if options.pace.quick { &SIZES[..3] } else { &SIZES }, rounds),
    ];
    if !options.pace.quick {
        let row = one_by_one("h 1M", "render 1 M counters", 1_000_000, counters, rounds.min(3));
        rows.push(row.goal(STREAMED, Against::Named(MEMCPY), [Some(3.5)]).goal(
            STREAMED,
            Against::Named("measured"),
            [Some(0.14)],
        ));
    }
    rows
}

/// What a scraper gets: ours is never made as a whole, while the others' handlers hand over what they rendered.
const STREAMED: &str = "metrics-core, streamed";
/// What could not be done without: writing the bytes.
const MEMCPY: &str = "memcpy of the bytes";

type Make = fn(&System) -> fn(usize) -> Box<dyn Family>;

/// All systems at once, sampled in turn.
fn in_turn(key: &'static str, title: &'static str, series: usize, make: Make, rounds: usize) -> Row {
    let families: Vec<_> = SYSTEMS.iter().map(|system| filled(system, make, series)).collect();
    let mut samples = vec![Vec::new(); families.len()];
    for _ in 0..rounds {
        for (family, samples) in families.iter().zip(&mut samples) {
            samples.push(render(family.as_ref(), series));
        }
    }
    row(key, title, samples)
}

/// One system after the other: together they would not fit into the memory.
fn one_by_one(key: &'static str, title: &'static str, series: usize, make: Make, rounds: usize) -> Row {
    let mut length = 0;
    let samples = SYSTEMS.iter().map(|system| {
        let family = filled(system, make, series);
        length = length.max(family.render());
        (0..rounds).map(|_| render(family.as_ref(), series)).collect()
    });
    let mut row = row(key, title, samples.collect());
    let memcpy = limits::memcpy(length, rounds);
    row.entries.push(Entry { name: MEMCPY, role: Role::Limit, figures: vec![memcpy] });
    row
}

const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];
const SIZE_TITLES: [&str; 4] = ["1 k", "10 k", "100 k", "1 M"];

/// What a series costs in scrapes of different sizes.
fn by_size(sizes: &[usize], rounds: usize) -> Row {
    let mut row = Row::new("h scale", "render counters, per series", "ns", &SIZE_TITLES[..sizes.len()]);
    for system in SYSTEMS.iter().filter(|system| system.role == Role::Ours) {
        let figures = sizes.iter().map(|series| per_series(system, *series, rounds)).collect();
        row.entries.push(Entry { name: system.name, role: system.role, figures });
    }
    let most: Vec<_> = sizes.iter().map(|size| (*size > SIZES[0]).then_some(2.0)).collect();
    row.goal(STREAMED, Against::FirstColumn, most)
}

fn per_series(system: &System, series: usize, rounds: usize) -> Option<Figure> {
    let family = filled(system, |system| system.counters, series);
    // A short scrape is sampled many times over, or the clock and the first touch would be what is measured.
    let repeated = (100_000 / series).max(1);
    let samples = (0..rounds).map(|_| {
        let taken: f64 = (0..repeated).map(|_| render(family.as_ref(), series)).sum();
        taken * 1e6 / (repeated * series) as f64
    });
    Figure::of(samples.collect())
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

fn row(key: &'static str, title: &'static str, samples: Vec<Vec<f64>>) -> Row {
    let mut row = Row::new(key, title, "ms", &["CPU time"]);
    for (system, samples) in SYSTEMS.iter().zip(samples) {
        row.entries.push(Entry { name: system.name, role: system.role, figures: vec![Figure::of(samples)] });
    }
    row
}
