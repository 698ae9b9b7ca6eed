//! What is measured: one operation, run many times.

use std::hint::black_box;
use std::ops::Range;

/// What a candidate is in the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// metrics-core.
    Ours,
    /// Does the same job.
    Peer,
    /// Does less than the job, or only under a condition, which its name tells; it can't be the best peer.
    Special,
    /// What the machine allows.
    Limit,
}

/// An operation with a name.
pub struct Candidate<'a> {
    pub(super) name: &'static str,
    pub(super) role: Role,
    pub(super) run: Box<dyn Fn(Range<usize>) + Sync + 'a>,
    pub(super) settle: Option<Box<dyn Fn() + Sync + 'a>>,
}

impl<'a> Candidate<'a> {
    /// `operation` gets the number of the turn, by which it picks its input.
    pub fn new<R>(name: &'static str, role: Role, operation: impl Fn(usize) -> R + Sync + 'a) -> Self {
        // The loop is compiled together with the operation; only the call of the whole loop is dynamic.
        let run = move |turns: Range<usize>| {
            for turn in turns {
                let _ = operation(turn);
                // Turns are not to be merged, nor addresses to be kept in registers from one to the next.
                black_box(());
            }
        };
        Self { name, role, run: Box::new(run), settle: None }
    }

    /// Runs `settle` after each sample, unmeasured: what the peer's documentation wants to be run now and then.
    #[must_use]
    pub fn settled_by(mut self, settle: impl Fn() + Sync + 'a) -> Self {
        self.settle = Some(Box::new(settle));
        self
    }

    pub(super) fn settle(&self) {
        if let Some(settle) = &self.settle {
            settle();
        }
    }
}
