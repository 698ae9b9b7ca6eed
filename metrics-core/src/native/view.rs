//! Adding up pages, whatever their resolution, under one view.

use std::collections::BTreeMap;
use std::time::SystemTime;

use super::key;
use super::page::{Bucket, Grid, Page};
use super::snapshot::NativeSnapshot;
use crate::compensated::Compensated;

/// Pages added up as they look in a grid, which is at least as coarse as theirs.
pub(crate) struct View {
    grid: Grid,
    begun_anew: Option<SystemTime>,
    /// Pages may come in another order the next time.
    sum: Compensated,
    zero: u64,
    positive: BTreeMap<i32, u64>,
    negative: BTreeMap<i32, u64>,
    /// By classic bucket, `+Inf` last.
    classic: Vec<u64>,
}

impl View {
    pub(crate) fn new(grid: Grid, bounds: &[f64], begun_anew: Option<SystemTime>) -> Self {
        let (sum, positive, negative) = Default::default();
        Self { grid, begun_anew, sum, zero: 0, positive, negative, classic: vec![0; bounds.len() + 1] }
    }

    pub(crate) fn add(&mut self, page: &Page, bounds: &[f64], counts: &[u64], sum: f64) {
        self.sum.add(sum);
        for (cell, count) in page.unfold(bounds).zip(counts).filter(|(_, count)| **count > 0) {
            self.classic[cell.classic] += count;
            *self.bucket(cell.bucket, page.grid().schema) += count;
        }
    }

    /// The count of the bucket that a bucket of a finer grid is part of.
    fn bucket(&mut self, bucket: Bucket, schema: i8) -> &mut u64 {
        let (side, key) = match bucket {
            Bucket::Positive(key) => (&mut self.positive, key),
            Bucket::Negative(key) => (&mut self.negative, key),
            Bucket::Zero => return &mut self.zero,
        };
        if key::bound(key, schema) <= self.grid.zero {
            return &mut self.zero;
        }
        side.entry(key::coarsen(key, (schema - self.grid.schema) as u32)).or_default()
    }

    /// The number of buckets that are not empty, without the zero bucket.
    pub(crate) fn buckets(&self) -> usize {
        self.positive.len() + self.negative.len()
    }

    /// How wide the zero bucket has to be to take in the bucket next to it.
    pub(crate) fn next_to_zero(&self) -> Option<f64> {
        let nearest = |side: &BTreeMap<i32, u64>| side.keys().next().copied();
        let keys = nearest(&self.positive).into_iter().chain(nearest(&self.negative));
        keys.min().map(|key| key::bound(key, self.grid.schema))
    }

    /// What was counted, and the same by classic bucket.
    pub(crate) fn into_parts(self) -> (NativeSnapshot, Vec<u64>) {
        let snapshot = NativeSnapshot {
            count: self.classic.iter().sum(),
            sum: self.sum.value(),
            schema: self.grid.schema,
            zero_threshold: self.grid.zero,
            zero_count: self.zero,
            positive: self.positive.into_iter().collect(),
            negative: self.negative.into_iter().collect(),
            begun_anew: self.begun_anew,
        };
        (snapshot, self.classic)
    }
}
