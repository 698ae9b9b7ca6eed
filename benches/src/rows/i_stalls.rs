//! What a scrape does to writers: one thread renders 100 k series in a loop, another one writes.
//!
//! Here the time on the wall counts, as waiting is the point. The candidate that does nothing shows what the machine
//! itself, with other programs on it, adds to the tail.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use super::Options;
use crate::harness::{Against, Entry, Figure, Role, Row, clock};
use crate::inputs;
use crate::systems::{Family, SYSTEMS, fill};

const SERIES: usize = 100_000;
/// The most new series that one candidate gets.
const NEW: usize = 10_000;
const COLUMNS: [&str; 4] =
    ["existing alone p99.9", "existing in scrapes p99.9", "new in scrapes p99.9", "new in scrapes max"];

pub(super) fn rows(options: &Options) -> Vec<Row> {
    let mut row =
        Row::new("i", "one write while another thread renders 100 k series in a loop", "µs", &COLUMNS);
    let time = Duration::from_millis(if options.pace.quick { 300 } else { 2_000 });
    let [writer, scraper, ..] = *clock::cores() else { return vec![row] };
    for system in &SYSTEMS {
        let family = (system.counters)(SERIES + NEW + 1);
        fill(family.as_ref(), SERIES);
        let figures = measure(family.as_ref(), writer, scraper, time);
        row.entries.push(Entry { name: system.name, role: system.role, figures });
    }
    let figures = measure(&Nothing, writer, scraper, time);
    row.entries.push(Entry { name: "no operation", role: Role::Limit, figures });
    let row = row.goal("metrics-core", Against::FirstColumn, [None, Some(1.5), None, None]);
    vec![row.goal("metrics-core", Against::Absolute, [None, None, Some(200.0), None])]
}

struct Nothing;

impl Family for Nothing {
    fn write(&self, _: &str, _: &str) {}

    fn render(&self) -> usize {
        thread::sleep(Duration::from_millis(1));
        0
    }
}

fn measure(family: &dyn Family, writer: usize, scraper: usize, time: Duration) -> Vec<Option<Figure>> {
    let (started, ended) = (AtomicBool::new(false), AtomicBool::new(false));
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            clock::pin(writer);
            let alone = existing(family, time);
            started.store(true, SeqCst);
            // Let the first scrape begin.
            thread::sleep(Duration::from_millis(5));
            let beside = existing(family, time);
            let new = new(family, 3 * time);
            ended.store(true, SeqCst);
            vec![tail(alone), tail(beside), tail(new.clone()), new.into_iter().max().map(microseconds)]
        });
        scope.spawn(|| {
            clock::pin(scraper);
            while !started.load(SeqCst) {
                thread::sleep(Duration::from_millis(1));
            }
            while !ended.load(SeqCst) {
                family.render();
            }
        });
        writer.join().expect("the writer does not panic")
    })
}

/// How long each write to one of 20 series took.
fn existing(family: &dyn Family, time: Duration) -> Vec<Duration> {
    let series = inputs::series(20);
    let end = Instant::now() + time;
    let mut taken = Vec::with_capacity(1 << 20);
    // The buffer has its pages before, not while, it is measured.
    taken.resize(1 << 20, Duration::ZERO);
    taken.clear();
    while Instant::now() < end && taken.len() < 1 << 20 {
        for (tenant, path) in &series {
            taken.push(once(family, tenant, path));
        }
    }
    taken
}

/// How long the first write to each of some new series took. They are spread over the scrapes.
fn new(family: &dyn Family, time: Duration) -> Vec<Duration> {
    let series: Vec<_> = (SERIES..SERIES + NEW).map(inputs::labels).collect();
    let end = Instant::now() + time;
    let mut taken = Vec::with_capacity(NEW);
    for (tenant, path) in series.iter().take_while(|_| Instant::now() < end) {
        taken.push(once(family, tenant, path));
        let pause = Instant::now();
        while pause.elapsed() < Duration::from_micros(100) {
            std::hint::spin_loop();
        }
    }
    taken
}

fn once(family: &dyn Family, tenant: &str, path: &str) -> Duration {
    let start = Instant::now();
    family.write(tenant, path);
    start.elapsed()
}

/// The p99.9; of fewer than a thousand it is the largest.
fn tail(mut taken: Vec<Duration>) -> Option<Figure> {
    taken.sort();
    let at = (taken.len() * 999 / 1_000).min(taken.len().checked_sub(1)?);
    Some(microseconds(taken[at]))
}

fn microseconds(taken: Duration) -> Figure {
    Figure::exactly(taken.as_secs_f64() * 1e6)
}
