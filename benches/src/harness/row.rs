//! A row of the table: figures of several candidates in some columns, and goals for ours.

use super::candidate::Role;
use super::goal::{Against, Goal};

/// The samples of one candidate in one column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// What is compared: what disturbs a sample only ever makes it longer.
    pub min: f64,
    /// Beside the minimum it tells how quiet the machine was.
    pub median: f64,
}

impl Figure {
    /// None of no samples.
    pub fn of(mut samples: Vec<f64>) -> Option<Self> {
        samples.sort_by(f64::total_cmp);
        let (min, median) = (*samples.first()?, samples[samples.len() / 2]);
        Some(Self { min, median })
    }

    /// A figure that was taken once.
    pub fn exactly(value: f64) -> Self {
        Self { min: value, median: value }
    }
}

/// One candidate's figures.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: &'static str,
    pub role: Role,
    /// By column.
    pub figures: Vec<Option<Figure>>,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub struct Row {
    pub key: &'static str,
    pub title: String,
    pub unit: &'static str,
    pub columns: &'static [&'static str],
    pub entries: Vec<Entry>,
    pub goals: Vec<Goal>,
}

impl Row {
    /// A row without entries.
    pub fn new(
        key: &'static str,
        title: impl Into<String>,
        unit: &'static str,
        columns: &'static [&'static str],
    ) -> Self {
        Self { key, title: title.into(), unit, columns, entries: Vec::new(), goals: Vec::new() }
    }

    /// Adds a goal for `subject`, one of ours: at most so many times `against`, by column.
    #[must_use]
    pub fn goal(
        mut self,
        subject: &'static str,
        against: Against,
        most: impl Into<Vec<Option<f64>>>,
    ) -> Self {
        self.goals.push(Goal { subject, against, beside: None, most: most.into() });
        self
    }

    /// Lets the goal that was added last be reached without what the limit of this name costs.
    #[must_use]
    pub fn beside(mut self, limit: &'static str) -> Self {
        self.goals.last_mut().expect("a goal").beside = Some(limit);
        self
    }

    /// The entry of this name.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The entry of this role with the smallest figure in a column.
    pub fn best(&self, role: Role, column: usize) -> Option<&Entry> {
        let of_role = self.entries.iter().filter(|entry| entry.role == role && entry.min(column).is_some());
        of_role.min_by(|one, other| one.min(column).partial_cmp(&other.min(column)).expect("numbers"))
    }
}

impl Entry {
    /// The smallest sample in a column.
    pub fn min(&self, column: usize) -> Option<f64> {
        Some(self.figures.get(column).copied()??.min)
    }
}
