//! Rows of writes: nanoseconds per operation, by one thread and by two.

use super::candidate::{Candidate, Role};
use super::pair::Pair;
use super::row::{Entry, Figure, Row};
use super::sample::{self, ROUNDS};

/// A row of candidates that write.
pub struct WriteRow<'a> {
    row: Row,
    candidates: Vec<Candidate<'a>>,
}

impl<'a> WriteRow<'a> {
    /// A row without candidates.
    pub fn new(key: &'static str, title: impl Into<String>) -> Self {
        let row = Row::new(key, title, "ns", &["1 thread", "2 threads"]);
        Self { row, candidates: Vec::new() }
    }

    /// Adds a candidate.
    #[must_use]
    pub fn candidate(mut self, candidate: Candidate<'a>) -> Self {
        self.candidates.push(candidate);
        self
    }

    /// Adds one of ours.
    #[must_use]
    pub fn ours<R>(self, name: &'static str, operation: impl Fn(usize) -> R + Sync + 'a) -> Self {
        self.candidate(Candidate::new(name, Role::Ours, operation))
    }

    /// Adds a peer.
    #[must_use]
    pub fn peer<R>(self, name: &'static str, operation: impl Fn(usize) -> R + Sync + 'a) -> Self {
        self.candidate(Candidate::new(name, Role::Peer, operation))
    }

    /// Adds what is no peer, as [`Role::Special`] says.
    #[must_use]
    pub fn special<R>(self, name: &'static str, operation: impl Fn(usize) -> R + Sync + 'a) -> Self {
        self.candidate(Candidate::new(name, Role::Special, operation))
    }

    /// Adds a limit.
    #[must_use]
    pub fn limit<R>(self, name: &'static str, operation: impl Fn(usize) -> R + Sync + 'a) -> Self {
        self.candidate(Candidate::new(name, Role::Limit, operation))
    }

    /// Takes the samples: every candidate once, then every candidate again.
    pub fn measure(self) -> Row {
        let Self { mut row, candidates } = self;
        let turns: Vec<usize> = candidates.iter().map(sample::calibrate).collect();
        let alone = rounds(candidates.len(), |at| Some(sample::sample(&candidates[at], turns[at])));
        let together = by_two(&candidates, &turns);
        let together = together.unwrap_or_else(|| vec![None; candidates.len()]);
        for ((candidate, alone), together) in candidates.iter().zip(alone).zip(together) {
            let figures = vec![alone, together];
            row.entries.push(Entry { name: candidate.name, role: candidate.role, figures });
        }
        row
    }
}

/// The second column, if there is a second core.
fn by_two(candidates: &[Candidate<'_>], alone: &[usize]) -> Option<Vec<Option<Figure>>> {
    Pair::run(candidates, |pair| {
        let mut arrivals = 0;
        let turns: Vec<usize> =
            (0..alone.len()).map(|at| pair.calibrate(at, alone[at], &mut arrivals)).collect();
        rounds(candidates.len(), |at| pair.sample(at, turns[at], &mut arrivals))
    })
}

fn rounds(candidates: usize, mut sample: impl FnMut(usize) -> Option<f64>) -> Vec<Option<Figure>> {
    let mut samples = vec![Vec::new(); candidates];
    for _ in 0..ROUNDS {
        for (at, samples) in samples.iter_mut().enumerate() {
            samples.extend(sample(at));
        }
    }
    samples.into_iter().map(Figure::of).collect()
}
