//! The name of a series' words: where they are, and which of the series that ever were there.

/// Position and generation in one word: `Copy`, comparable, fit for a guard that lives across an `.await`.
///
/// The position is reused as soon as a series is removed; the generation is not, so a write through an id that has
/// outlived its series is recognised and goes nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesId(u64);

const POSITION_BITS: u32 = 28;
const POSITION_MASK: u64 = (1 << POSITION_BITS) - 1;

/// The number of words that can be named.
pub(super) const POSITIONS: u64 = POSITION_MASK;

impl SeriesId {
    /// No series: what is written there is dropped.
    pub(crate) const NONE: Self = Self(u64::MAX);

    /// A series that nobody has looked up yet; like [`NONE`](Self::NONE), nobody can write there.
    pub(crate) const UNKNOWN: Self = Self(u64::MAX - (1 << POSITION_BITS));

    pub(super) fn new(position: usize, generation: u64) -> Self {
        Self((generation << POSITION_BITS) | (position as u64 & POSITION_MASK))
    }

    #[inline]
    pub(super) fn position(self) -> usize {
        (self.0 & POSITION_MASK) as usize
    }

    #[inline]
    pub(crate) const fn to_bits(self) -> u64 {
        self.0
    }

    #[inline]
    pub(crate) const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }
}

/// A series of a known kind, found already.
pub trait Handle: Copy {
    /// Which series.
    fn id(self) -> SeriesId;

    /// The same kind of handle for another series of the family.
    #[must_use]
    fn at(self, id: SeriesId) -> Self;
}
