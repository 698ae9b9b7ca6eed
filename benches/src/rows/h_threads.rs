//! What other threads' words cost a scrape: as many as 64 threads may have, all alive.

use std::sync::Barrier;
use std::thread;

use super::{Options, limits};
use crate::harness::{Against, Entry, Figure, Role, Row};
use crate::systems::{Family, SYSTEMS, fill};

const SERIES: usize = 100_000;
const THREADS: usize = 64;
/// From its fourth touch on, a series has words of the thread's own.
const TOUCHES: usize = 4;

pub(super) fn rows(options: &Options) -> Vec<Row> {
    let rounds = options.pace.long_rounds();
    let ours = SYSTEMS.iter().find(|system| system.role == Role::Ours).expect("ours is compared");
    let family = (ours.counters)(SERIES + 1);
    let touch = || (0..TOUCHES).for_each(|_| fill(family.as_ref(), SERIES));
    touch();
    let one = render(family.as_ref(), rounds);
    let barrier = Barrier::new(THREADS + 1);
    let many = thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                touch();
                barrier.wait();
                barrier.wait();
            });
        }
        barrier.wait();
        let many = render(family.as_ref(), rounds);
        barrier.wait();
        many
    });
    let mut row = Row::new(
        "h threads",
        "render 100 k counters that one thread, or 64, wrote to",
        "ms",
        &["one thread", "64 threads"],
    );
    row.entries.push(Entry { name: ours.name, role: ours.role, figures: vec![one, many] });
    vec![row.goal(ours.name, Against::FirstColumn, [None, Some(2.0)])]
}

fn render(family: &dyn Family, rounds: usize) -> Option<Figure> {
    Figure::of((0..rounds).map(|_| limits::milliseconds(|| _ = family.render())).collect())
}
