//! What a native histogram has counted.

use std::time::SystemTime;

use super::key;

/// What one series of a native histogram has counted, at one moment: count, sum and buckets agree.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// metrics! {
///     /// Seconds a query took.
///     static SEEK_SECONDS: NativeHistogram;
/// }
///
/// for seconds in [0.9, 1.0, 1.01] {
///     SEEK_SECONDS.observe(seconds);
/// }
/// let snapshot = SEEK_SECONDS.handle().snapshot();
/// assert_eq!((snapshot.count, snapshot.sum), (3, 2.91));
/// assert_eq!(snapshot.positive, [(-1, 1), (0, 1), (1, 1)]);
/// assert_eq!(snapshot.bound(0), 1.0);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct NativeSnapshot {
    /// How many values were observed.
    pub count: u64,
    /// Their sum.
    pub sum: f64,
    /// The resolution: each bound is 2^(2^-schema) times the one before.
    pub schema: i8,
    /// What is at most that far from zero is in the zero bucket.
    pub zero_threshold: f64,
    /// How many values are in the zero bucket.
    pub zero_count: u64,
    /// The buckets of positive values that are not empty, by key, ascending. Bucket `key` ends at [`bound`](Self::bound).
    pub positive: Vec<(i32, u64)>,
    /// The same of negative values; their bounds are those of positive ones, below zero.
    pub negative: Vec<(i32, u64)>,
    /// When it was last begun anew, as it had more buckets than it may have; none if it never was. What was counted before
    /// is in none of the numbers.
    pub begun_anew: Option<SystemTime>,
}

impl NativeSnapshot {
    /// The upper bound of the bucket with this key, which begins behind the bound of `key - 1`.
    pub fn bound(&self, key: i32) -> f64 {
        key::bound(key, self.schema)
    }

    /// Buckets as Prometheus is sent them. Up to two empty buckets in a row are sent along.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::NativeSnapshot;
    ///
    /// let buckets = [(-2, 3), (-1, 5), (2, 1), (4, 3), (5, 2)];
    /// let spans = NativeSnapshot::spans(&buckets);
    /// assert_eq!(spans.spans, [(-2, 8)]);
    /// assert_eq!(spans.deltas, [3, 2, -5, 0, 1, -1, 3, -1]);
    ///
    /// let apart = NativeSnapshot::spans(&[(-2, 3), (-1, 5), (7, 4)]);
    /// assert_eq!((apart.spans, apart.deltas), (vec![(-2, 2), (7, 1)], vec![3, 2, -1]));
    /// ```
    pub fn spans(buckets: &[(i32, u64)]) -> Spans {
        let mut spans = Spans::default();
        let (mut end, mut before) = (0, 0);
        for (key, count) in buckets {
            let gap = key - end;
            if spans.spans.is_empty() || gap > MOST_EMPTY {
                spans.spans.push((gap, 0));
            } else {
                (0..gap).for_each(|_| spans.push(&mut before, 0));
            }
            spans.push(&mut before, *count);
            end = key + 1;
        }
        spans
    }
}

/// So many empty buckets are sent rather than another span, which costs as much.
const MOST_EMPTY: i32 = 2;

/// Neighbouring buckets and how their counts differ.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Spans {
    /// Runs of buckets: how many keys are left out before, and how long the run is. The first begins at a key.
    pub spans: Vec<(i32, u32)>,
    /// For each bucket of the runs, what its count is above the one before; the first one is from 0.
    pub deltas: Vec<i64>,
}

impl Spans {
    /// One more bucket of the last run.
    fn push(&mut self, before: &mut u64, count: u64) {
        if let Some((_, length)) = self.spans.last_mut() {
            *length += 1;
        }
        self.deltas.push(count.wrapping_sub(*before) as i64);
        *before = count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(buckets: &[(i32, u64)]) -> (Vec<(i32, u32)>, Vec<i64>) {
        let Spans { spans, deltas } = NativeSnapshot::spans(buckets);
        (spans, deltas)
    }

    #[test]
    fn long_gaps_begin_a_span_and_short_ones_are_filled() {
        assert_eq!(spans(&[]), (vec![], vec![]));
        assert_eq!(spans(&[(0, 1), (8, 1), (13, 1)]), (vec![(0, 1), (7, 1), (4, 1)], vec![1, 0, 0]));
        assert_eq!(spans(&[(0, 1), (2, 3), (4, 2)]), (vec![(0, 5)], vec![1, -1, 3, -3, 2]));
        assert_eq!(spans(&[(-7, 2), (-4, 2)]), (vec![(-7, 4)], vec![2, -2, 0, 2]));
        assert_eq!(spans(&[(4097, 1)]), (vec![(4097, 1)], vec![1]));
    }
}
