//! What ours should reach.

use super::candidate::Role;
use super::row::Row;

/// What a goal is a multiple of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Against {
    /// The best peer, in each column the best of that column.
    BestPeer,
    /// The candidate of this name.
    Named(&'static str),
    /// The first column of ours.
    FirstColumn,
    /// Nothing: the goal is in the row's unit.
    Absolute,
}

/// A bound for one of ours.
#[derive(Clone, Debug)]
pub struct Goal {
    pub subject: &'static str,
    pub against: Against,
    /// A limit that the subject may cost beside the goal.
    pub beside: Option<&'static str>,
    /// By column; none where the column has no goal.
    pub most: Vec<Option<f64>>,
}

/// A goal in one column, and what was reached.
#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    pub most: f64,
    /// None if one of the two figures is missing.
    pub reached: Option<f64>,
}

impl Verdict {
    /// None if it can't be said.
    pub fn is_met(self) -> Option<bool> {
        self.reached.map(|reached| reached <= self.most)
    }
}

impl Goal {
    /// The columns that have a goal.
    pub fn verdicts(&self, row: &Row) -> Vec<Verdict> {
        let with_goal = self.most.iter().enumerate().filter_map(|(column, most)| Some((column, (*most)?)));
        with_goal.map(|(column, most)| Verdict { most, reached: self.reached(row, column) }).collect()
    }

    /// What the goal is a multiple of, in words.
    pub fn unit(&self, row: &Row) -> String {
        let unit = match self.against {
            Against::BestPeer => "× best peer".into(),
            Against::Named(name) => format!("× {name}"),
            Against::FirstColumn => format!("× {}", row.columns[0]),
            Against::Absolute => row.unit.into(),
        };
        self.beside.map_or_else(|| unit.clone(), |beside| format!("{unit}, beside {beside}"))
    }

    fn reached(&self, row: &Row, column: usize) -> Option<f64> {
        let subject = row.entry(self.subject)?;
        let allowed = self.beside.map_or(Some(0.0), |name| row.entry(name)?.min(column))?;
        let measure = match self.against {
            Against::BestPeer => row.best(Role::Peer, column)?.min(column)?,
            Against::Named(name) => row.entry(name)?.min(column)?,
            Against::FirstColumn => subject.min(0)?,
            Against::Absolute => 1.0,
        };
        Some((subject.min(column)? - allowed) / measure)
    }
}
