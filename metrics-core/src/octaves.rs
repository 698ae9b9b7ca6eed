//! Counts by the size of numbers, fine enough for quantiles.
//!
//! A number is counted in a bucket so narrow that the middle of it is within 0.2 % of every number in it: 256 of equal
//! width between each power of two and the next, which is how the upper bits of an `f64` count anyway.

use std::collections::VecDeque;

pub(crate) use crate::sync::OCTAVE_BUCKETS as FINE;

/// Counts of all buckets that anything fell into.
#[derive(Debug, Default)]
pub(crate) struct Octaves {
    /// The first octave there is room for.
    first: i32,
    counts: VecDeque<Option<Box<[u64; FINE]>>>,
}

impl Octaves {
    /// Forgets all counts. Octaves that were hit keep their memory: they will be hit again.
    pub(crate) fn clear(&mut self) {
        for octave in &mut self.counts {
            match octave {
                Some(counts) if counts.iter().any(|count| *count > 0) => counts.fill(0),
                unused => *unused = None,
            }
        }
    }

    /// Adds what another one has counted.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (bucket, count) in other.iter() {
            self.add_many(bucket, count);
        }
    }

    /// All buckets that were hit, the ones of the least numbers first, and how often each was.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (i32, u64)> {
        let octaves =
            (self.first..).zip(&self.counts).filter_map(|(octave, counts)| Some((octave, counts.as_ref()?)));
        let buckets = octaves.flat_map(|(octave, counts)| (join(octave, 0)..).zip(counts.iter().copied()));
        buckets.filter(|(_, count)| *count > 0)
    }

    /// Counts so many numbers of a bucket.
    pub(crate) fn add_many(&mut self, bucket: i32, count: u64) {
        if count == 0 {
            return;
        }
        let (octave, fine) = split(bucket);
        let place = octave.wrapping_sub(self.first) as usize;
        match self.counts.get_mut(place) {
            Some(Some(counts)) => counts[fine] += count,
            _ => self.room(octave)[fine] += count,
        }
    }

    #[cold]
    fn room(&mut self, octave: i32) -> &mut [u64; FINE] {
        if self.counts.is_empty() {
            self.first = octave;
        }
        while octave < self.first {
            self.counts.push_front(None);
            self.first -= 1;
        }
        let place = (octave - self.first) as usize;
        if place >= self.counts.len() {
            self.counts.resize_with(place + 1, || None);
        }
        self.counts[place].get_or_insert_with(|| Box::new([0; FINE]))
    }
}

/// The bits that do not tell buckets apart: all but sign, exponent and the first 8 of the mantissa.
const DROPPED_BITS: u32 = f64::MANTISSA_DIGITS - 1 - FINE.ilog2();

/// The bucket of a number, which is not `NaN`. Buckets are in the order of the numbers in them: negative ones, 0 for zero,
/// positive ones.
#[inline]
pub(crate) fn bucket(value: f64) -> i32 {
    let magnitude = (value.abs().to_bits() >> DROPPED_BITS) as i32;
    if value < 0.0 { -magnitude - 1 } else { magnitude }
}

/// The octave of a bucket, and which of the octave's buckets it is.
#[inline]
pub(crate) fn split(bucket: i32) -> (i32, usize) {
    (bucket.div_euclid(FINE as i32), bucket.rem_euclid(FINE as i32) as usize)
}

/// The bucket of an octave.
pub(crate) fn join(octave: i32, fine: usize) -> i32 {
    octave * FINE as i32 + fine as i32
}

/// The number in the middle of a bucket.
pub(crate) fn middle(bucket: i32) -> f64 {
    let (magnitude, sign) = if bucket < 0 { (-bucket - 1, -1.0) } else { (bucket, 1.0) };
    let bits = (magnitude as u64) << DROPPED_BITS;
    let low = f64::from_bits(bits);
    // Nothing lies above infinity.
    if low.is_infinite() { sign * low } else { sign * f64::from_bits(bits + (1 << (DROPPED_BITS - 1))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_in_order_and_hold_their_middle() {
        for value in [-1e300, -2.0, -1.0, -1e-300, 0.0, 5e-324, 1e-9, 0.999, 1.0, 1.5, 2.0, 1e300] {
            assert_eq!(bucket(middle(bucket(value))), bucket(value), "{value}");
            let error = (middle(bucket(value)) - value).abs();
            // 0.2 % of the value.
            assert!(error <= value.abs() / 2.0 / FINE as f64 || value.abs() < f64::MIN_POSITIVE, "{value}");
            assert!(bucket(value * 1.01) >= bucket(value) || value < 0.0);
        }
        assert!(bucket(-1.0) < bucket(-0.5) && bucket(-0.5) < bucket(0.0) && bucket(0.0) < bucket(0.5));
    }

    #[test]
    fn what_is_counted_comes_back_in_order() {
        let values = [
            3.0,
            f64::INFINITY,
            1.0,
            -7.5,
            0.0,
            1e300,
            -1e-300,
            f64::NEG_INFINITY,
            1.0,
            5e-324,
            f64::MAX,
            f64::MIN,
        ];
        let (mut one, mut other) = (Octaves::default(), Octaves::default());
        values[..6].iter().for_each(|value| one.add_many(bucket(*value), 1));
        values[6..].iter().for_each(|value| other.add_many(bucket(*value), 1));
        one.merge(&other);
        let mut buckets: Vec<i32> = values.iter().map(|value| bucket(*value)).collect();
        buckets.sort_unstable();
        buckets.dedup();
        assert_eq!(one.iter().map(|(bucket, _)| bucket).collect::<Vec<_>>(), buckets);
        assert_eq!(one.iter().map(|(_, count)| count).sum::<u64>(), values.len() as u64);
        assert!(one.iter().any(|counted| counted == (bucket(1.0), 2)));
        one.clear();
        assert_eq!(one.iter().count(), 0);
        assert!(one.counts.iter().any(Option::is_some));
        one.clear();
        assert!(one.counts.iter().all(Option::is_none));
    }
}
