//! Pages: eight neighbouring buckets, or the zero bucket.
//!
//! Where the metric has classic buckets too, their bounds cut the buckets of a page into cells, so that one step counts
//! for both, and both always agree. A cell is found by adding up: the place of the exponential bucket on the page, and how
//! many classic bounds the value lies beyond, from the edge of the page on.

use std::ops::Range;

use super::key;

/// Exponential buckets of a page.
pub(crate) use crate::sync::PAGE_BUCKETS as BUCKETS;

/// What tells where a value is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Grid {
    pub(crate) schema: i8,
    /// What is at most that far from zero goes to the zero bucket.
    pub(crate) zero: f64,
}

/// Which page of a grid: its number and which side of zero, in so few bits that what cuts it fits beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name(u64);

const SIDE_BITS: u32 = 2;
const POSITIVE: u64 = 0;
const NEGATIVE: u64 = 1;
const ZERO: u64 = 2;

impl Name {
    /// The zero bucket.
    pub(crate) const ZERO: Self = Self(ZERO);

    /// The page of a value whose magnitude is a [usual](Grid::usual_bits) one, and the place of its bucket there.
    #[inline]
    pub(crate) fn usual(value: f64, coarser: u32) -> (Self, usize) {
        Self::of(key::below_usual(value.abs(), coarser), value.to_bits() >> 63)
    }

    /// The page of the bucket whose lower bound has this key.
    #[inline]
    fn of(below: i32, side: u64) -> (Self, usize) {
        let (number, place) = (below >> BUCKETS.ilog2(), below as usize % BUCKETS);
        (Self((u64::from(number as u32) << SIDE_BITS) | side), place)
    }

    /// A small number that differs between neighbouring pages.
    #[inline]
    pub(crate) fn spread(self) -> usize {
        (self.0 >> SIDE_BITS) as usize
    }

    fn side(self) -> u64 {
        self.0 & ((1 << SIDE_BITS) - 1)
    }

    /// The key below the first one of the page.
    fn below(self) -> i32 {
        (self.spread() as i32) << BUCKETS.ilog2()
    }
}

impl Grid {
    /// The page of a value, and the place of its bucket there.
    pub(crate) fn place(self, value: f64) -> (Name, usize) {
        if value.abs() <= self.zero {
            return (Name::ZERO, 0);
        }
        Name::of(key::key(value.abs(), key::coarser(self.schema)) - 1, u64::from(value < 0.0))
    }

    /// The bits of all magnitudes that are beyond the zero bucket and numbers with all their digits: they ascend as the
    /// numbers do.
    pub(crate) fn usual_bits(self) -> Range<u64> {
        let least = f64::MIN_POSITIVE.to_bits().max(self.zero.abs().to_bits() + 1);
        least..f64::INFINITY.to_bits().max(least)
    }

    /// The grid in which both can be told.
    pub(crate) fn widest(self, other: Self) -> Self {
        Self { schema: self.schema.min(other.schema), zero: self.zero.max(other.zero) }
    }
}

/// What the base block of a page tells a writer, in one word: which page it is and whether classic bounds cut it; if so,
/// also the classic bucket at its end nearest to zero, or, of the zero bucket, nearest to minus infinity.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Head(u64);

const EDGE_BITS: u32 = 7;
const IS_CUT: u64 = 1 << EDGE_BITS;

impl Head {
    #[inline]
    pub(crate) fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    pub(crate) fn to_bits(self) -> u64 {
        self.0
    }

    /// That of a page that nothing cuts.
    #[inline]
    fn whole(name: Name) -> Self {
        Self(name.0 << (EDGE_BITS + 1))
    }

    fn cut(name: Name, edge: usize) -> Self {
        Self(Self::whole(name).0 | IS_CUT | edge as u64)
    }

    #[inline]
    pub(crate) fn is_whole(self, name: Name) -> bool {
        self == Self::whole(name)
    }

    #[inline]
    pub(crate) fn is_cut(self, name: Name) -> bool {
        self.0 & !(IS_CUT - 1) == Self::cut(name, 0).0
    }

    /// The cell of a value, from the place of its exponential bucket on the page and its classic bucket.
    #[inline]
    pub(crate) fn cell(self, place: usize, classic: usize) -> usize {
        if self.0 & IS_CUT == 0 {
            return place;
        }
        let edge = (self.0 & (IS_CUT - 1)) as usize;
        place + classic.abs_diff(edge)
    }
}

/// One page and how it is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Page {
    name: Name,
    grid: Grid,
    edge: usize,
    buckets: usize,
    cells: usize,
}

/// Where a cell belongs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    pub(crate) bucket: Bucket,
    /// The place of its classic bucket.
    pub(crate) classic: usize,
}

/// An exponential bucket.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Bucket {
    Zero,
    Positive(i32),
    Negative(i32),
}

impl Page {
    pub(crate) fn new(name: Name, grid: Grid, bounds: &[f64]) -> Self {
        let classic = |value: f64| bounds.partition_point(|bound| *bound < value);
        let (low, high) = (name.below(), name.below() + BUCKETS as i32);
        let (low, high) = (key::bound(low, grid.schema), key::bound(high, grid.schema));
        let (edge, end, buckets) = match name.side() {
            // The page begins behind its lower bound.
            POSITIVE => (bounds.partition_point(|bound| *bound <= low), classic(high), BUCKETS),
            NEGATIVE => (classic(-low), classic(-high), BUCKETS),
            _ => (classic(-grid.zero), classic(grid.zero), 1),
        };
        Self { name, grid, edge, buckets, cells: buckets + edge.abs_diff(end) }
    }

    pub(crate) fn grid(&self) -> Grid {
        self.grid
    }

    pub(crate) fn cells(&self) -> usize {
        self.cells
    }

    pub(crate) fn head(&self) -> Head {
        if self.cells > self.buckets { Head::cut(self.name, self.edge) } else { Head::whole(self.name) }
    }

    /// Where each of its cells belongs. Equal bounds of both kinds have a cell between them that no value falls into.
    pub(crate) fn unfold(&self, bounds: &[f64]) -> impl Iterator<Item = Cell> {
        let mut next = (self.name.below() + 1, self.edge);
        (0..self.cells).map(move |_| {
            let (key, classic) = next;
            next = self.beyond(key, classic, bounds);
            Cell { bucket: self.bucket(key), classic }
        })
    }

    fn bucket(&self, key: i32) -> Bucket {
        match self.name.side() {
            POSITIVE => Bucket::Positive(key),
            NEGATIVE => Bucket::Negative(key),
            _ => Bucket::Zero,
        }
    }

    /// The next cell away from zero: behind the next bound of either kind.
    fn beyond(&self, key: i32, classic: usize, bounds: &[f64]) -> (i32, usize) {
        let end = key::bound(key, self.grid.schema);
        match self.name.side() {
            POSITIVE if bounds.get(classic).is_some_and(|bound| *bound < end) => (key, classic + 1),
            // A bound itself is in the classic bucket below it, but in the exponential one nearer to zero.
            NEGATIVE if classic > 0 && bounds[classic - 1] >= -end => (key, classic - 1),
            POSITIVE | NEGATIVE => (key + 1, classic),
            _ => (key, classic + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: &[f64] = &[-4.0, -1.5, -1.0, 0.0, 1e-40, 0.005, 0.1, 1.0, 1.05, 1.25, 2.0, 1000.0];

    /// Whatever the bounds, a cell is told to belong where its values belong.
    #[test]
    fn cells_belong_where_their_values_do() {
        let magnitudes = (-1200..1200).map(|step| (f64::from(step) / 40.0).exp2());
        let edges = BOUNDS.iter().flat_map(|bound| [bound.next_down(), *bound, bound.next_up()]);
        let values: Vec<f64> = magnitudes
            .chain([f64::INFINITY, f64::MAX])
            .flat_map(|magnitude| [magnitude, -magnitude])
            .chain(edges)
            .collect();
        for bounds in [BOUNDS, &[], &[1.0], &[0.0]] {
            for schema in key::COARSEST..=key::FINEST {
                for zero in [0.0, 2_f64.powi(-128), 0.01, 1.4] {
                    for value in &values {
                        check(*value, Grid { schema, zero }, bounds);
                    }
                }
            }
        }
    }

    fn check(value: f64, grid: Grid, bounds: &[f64]) {
        let (name, place) = grid.place(value);
        let page = Page::new(name, grid, bounds);
        let classic = bounds.partition_point(|bound| *bound < value);
        assert_ne!(page.head().is_whole(name), page.head().is_cut(name));
        if grid.usual_bits().contains(&value.abs().to_bits()) {
            assert_eq!(Name::usual(value, key::coarser(grid.schema)), (name, place), "{value} {grid:?}");
        }
        let cell = page.head().cell(place, classic);
        assert!(cell < page.cells(), "{value} {page:?}");
        let found = page.unfold(bounds).nth(cell);
        let key = || key::key(value.abs(), key::coarser(grid.schema));
        let bucket = match value {
            zero if zero.abs() <= grid.zero => Bucket::Zero,
            negative if negative < 0.0 => Bucket::Negative(key()),
            _ => Bucket::Positive(key()),
        };
        assert_eq!(found, Some(Cell { bucket, classic }), "{value} {page:?}");
    }
}
