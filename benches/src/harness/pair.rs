//! Samples by two threads at once, each on a core of its own.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::candidate::Candidate;
use super::sample::scaled;
use super::{clock, sample};

/// Two threads that live as long as the row, so that what is per thread is warm.
pub(super) struct Pair<'s> {
    orders: Vec<Sender<Order>>,
    reports: Receiver<Report>,
    candidates: &'s [Candidate<'s>],
}

/// Run a candidate.
#[derive(Clone, Copy)]
struct Order {
    candidate: usize,
    turns: usize,
    /// How many arrivals at the start line there are when both threads have come to it.
    arrivals: usize,
}

/// How it went.
struct Report {
    start: Instant,
    end: Instant,
    cpu: Duration,
}

/// Threads count as running at once if this share of the longer one's time was common to both, and neither was put
/// aside for more than the rest.
const COMMON: f64 = 0.8;

/// How often a sample is tried before the round goes without it.
const TRIES: usize = 3;

impl<'s> Pair<'s> {
    /// Runs `work` with a pair, or not at all if there is one core only.
    pub(super) fn run<R>(
        candidates: &'s [Candidate<'s>],
        work: impl FnOnce(&mut Pair<'s>) -> R,
    ) -> Option<R> {
        let [one, other, ..] = *clock::cores() else { return None };
        let line = AtomicUsize::new(0);
        thread::scope(|scope| {
            let (report, reports) = channel();
            let orders = [one, other].map(|core| {
                let ((order, orders), report, line) = (channel(), report.clone(), &line);
                scope.spawn(move || follow(core, candidates, line, &orders, &report));
                order
            });
            let mut pair = Pair { orders: orders.into(), reports, candidates };
            // The orders' senders go with the pair: that ends the threads.
            Some(work(&mut pair))
        })
    }

    /// The number of turns that fill a sample of both threads, once they are warm.
    pub(super) fn calibrate(&mut self, candidate: usize, alone: usize, arrivals: &mut usize) -> usize {
        self.both(candidate, sample::WARM_UP, arrivals);
        let (first, second) = self.both(candidate, (alone / 8).max(16), arrivals);
        let taken = first.cpu.max(second.cpu);
        scaled((alone / 8).max(16), taken).min(alone)
    }

    /// The nanoseconds per turn of one sample, if the threads ran at once.
    pub(super) fn sample(&mut self, candidate: usize, turns: usize, arrivals: &mut usize) -> Option<f64> {
        (0..TRIES).find_map(|_| {
            let (first, second) = self.both(candidate, turns, arrivals);
            let cpu = (first.cpu + second.cpu).as_nanos() as f64 / 2.0;
            at_once(&first, &second).then_some(cpu / turns as f64)
        })
    }

    fn both(&mut self, candidate: usize, turns: usize, arrivals: &mut usize) -> (Report, Report) {
        *arrivals += 2;
        for order in &self.orders {
            order.send(Order { candidate, turns, arrivals: *arrivals }).expect("the thread follows");
        }
        let report = || self.reports.recv().expect("the thread reports");
        let both = (report(), report());
        self.candidates[candidate].settle();
        both
    }
}

fn at_once(first: &Report, second: &Report) -> bool {
    let common = first.end.min(second.end).saturating_duration_since(first.start.max(second.start));
    let length = |report: &Report| report.end - report.start;
    let longest = length(first).max(length(second));
    let ran = |report: &Report| report.cpu.as_secs_f64() >= COMMON * length(report).as_secs_f64();
    common.as_secs_f64() >= COMMON * longest.as_secs_f64() && ran(first) && ran(second)
}

/// What each thread does: wait for an order, for the other thread, then run.
fn follow(
    core: usize,
    candidates: &[Candidate<'_>],
    line: &AtomicUsize,
    orders: &Receiver<Order>,
    reports: &Sender<Report>,
) {
    clock::pin(core);
    for Order { candidate, turns, arrivals } in orders {
        line.fetch_add(1, Ordering::SeqCst);
        while line.load(Ordering::SeqCst) < arrivals {
            std::hint::spin_loop();
        }
        let start = Instant::now();
        let cpu = sample::time(&candidates[candidate], turns);
        let report = Report { start, end: Instant::now(), cpu };
        if reports.send(report).is_err() {
            return;
        }
    }
}
