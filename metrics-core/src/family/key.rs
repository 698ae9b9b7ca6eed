//! Label values as integers: what is hashed and compared.
//!
//! A value of up to 16 bytes *is* its length, its first and its last 8 bytes, so that hashing and comparing take a few
//! integer operations; a longer one has further words of 8 bytes between them. The lengths of four values share a word.

/// A value's first and last 8 bytes; together with its length, a value of up to 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ends {
    pub(super) first: u64,
    pub(super) last: u64,
}

impl Ends {
    #[inline]
    pub(super) fn of(value: &str) -> Self {
        let bytes = value.as_bytes();
        let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => (short(bytes), 0),
        };
        Self { first, last }
    }
}

/// Up to 7 bytes in one word; together with their number, they are these bytes and no others.
#[inline]
fn short(bytes: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    match bytes {
        [] => 0,
        [only] => u64::from(*only),
        [first, .., last] => {
            u64::from(*first) | u64::from(bytes[bytes.len() / 2]) << 8 | u64::from(*last) << 16
        }
    }
}

/// How many lengths share a word.
pub(super) const LENGTHS: usize = 4;
const LENGTH_BITS: usize = 64 / LENGTHS;

/// A length that does not fit: the true one comes first among the words between the ends.
const HUGE: usize = (1 << LENGTH_BITS) - 1;

/// The lengths of up to four values in one word.
#[inline]
fn lengths(values: &[&str]) -> u64 {
    let short = |value: &&str| value.len().min(HUGE) as u64;
    values.iter().rev().fold(0, |word, value| word << LENGTH_BITS | short(value))
}

/// One of the lengths in a word; `true_length` is asked for a huge one.
pub(super) fn length_in(word: u64, place: usize, true_length: impl FnOnce() -> u64) -> usize {
    match (word >> (LENGTH_BITS * place)) as usize & HUGE {
        HUGE => true_length() as usize,
        length => length,
    }
}

/// The words of a value between its ends; the last one overlaps the one before, so that all are whole.
fn middle(value: &str) -> impl Iterator<Item = u64> {
    let bytes = value.as_bytes();
    let last = bytes.len().saturating_sub(16);
    let length = (bytes.len() >= HUGE).then_some(bytes.len() as u64);
    let words = (1..=middle_words(bytes.len()) - usize::from(length.is_some())).map(move |word| {
        let start = (8 * word).min(last);
        bytes.get(start..).and_then(<[u8]>::first_chunk).map_or(0, |chunk| u64::from_le_bytes(*chunk))
    });
    length.into_iter().chain(words)
}

/// How many words there are between the ends of a value of this length.
pub(super) fn middle_words(length: usize) -> usize {
    length.saturating_sub(16).div_ceil(8) + usize::from(length >= HUGE)
}

/// Odd constants without a pattern: the fractional parts of the square roots of 2 and 3.
const FIRSTS: u64 = 0x6a09_e667_f3bc_c909;
const MIDDLES: u64 = 0xbb67_ae85_84ca_a73b;

/// How many labels' ends are kept on the stack between hashing and comparing.
const KEPT: usize = 4;

/// The label values of a series that is looked for.
pub(crate) struct Key<'a> {
    pub(super) values: &'a [&'a str],
    pub(super) hash: u64,
    /// Whether some value is more than its ends.
    pub(super) has_middles: bool,
    /// Of the first values.
    lengths: u64,
    ends: [Ends; KEPT],
}

impl<'a> Key<'a> {
    /// [`new`](Self::new), where it is not hot.
    #[inline(never)]
    pub(crate) fn rarely(seed: u64, values: &'a [&'a str]) -> Self {
        Self::new(seed, values)
    }

    /// The hash can't be foreseen without the seed: products of 64 by 64 bits, folded, as in wyhash.
    #[allow(clippy::inline_always, reason = "where the number of labels is known, its loops are unrolled")]
    #[inline(always)]
    pub(crate) fn new(seed: u64, values: &'a [&'a str]) -> Self {
        let mut kept = [Ends { first: 0, last: 0 }; KEPT];
        let (mut hash, other, mut longest) = (0_u64, seed ^ FIRSTS, 0);
        for (at, value) in values.iter().enumerate() {
            let ends = Ends::of(value);
            if let Some(place) = kept.get_mut(at) {
                *place = ends;
            }
            // No product waits for another one.
            hash = hash.rotate_left(29) ^ fold(ends.first ^ seed, ends.last ^ other);
            longest = longest.max(value.len());
        }
        let has_middles = longest > 16;
        let first = &values[..values.len().min(LENGTHS)];
        let lengths = if has_middles {
            hash = hash_middles(hash, seed, values);
            lengths(first)
        } else {
            first.iter().rev().fold(0, |word, value| word << LENGTH_BITS | value.len() as u64)
        };
        // Once more, so that each bit of each value reaches each bit of the hash; and nobody can make up for a length
        // before that.
        Self { values, hash: fold(hash ^ lengths, seed ^ MIDDLES), has_middles, lengths, ends: kept }
    }

    #[inline]
    pub(super) fn ends(&self, at: usize) -> Ends {
        self.ends.get(at).copied().unwrap_or_else(|| Ends::of(self.values[at]))
    }

    /// The lengths of all values, [`LENGTHS`] a word.
    #[inline]
    pub(super) fn lengths(&self, word: usize) -> u64 {
        if word == 0 { self.lengths } else { self.further_lengths(word) }
    }

    #[cold]
    fn further_lengths(&self, word: usize) -> u64 {
        self.values.chunks(LENGTHS).nth(word).map_or(0, lengths)
    }

    /// The words of all values between their ends.
    pub(super) fn middles(&self) -> impl Iterator<Item = u64> {
        self.values.iter().flat_map(|value| middle(value))
    }
}

/// Out of line, as most values are short.
#[cold]
#[inline(never)]
fn hash_middles(hash: u64, seed: u64, values: &[&str]) -> u64 {
    let words = values.iter().flat_map(|value| middle(value));
    words.fold(hash, |hash, word| fold(hash ^ word, seed ^ MIDDLES))
}

#[inline]
fn fold(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

    fn whole(value: &str) -> (u64, Ends, Vec<u64>) {
        (lengths(&[value]), Ends::of(value), middle(value).collect())
    }

    #[test]
    fn values_that_differ_have_different_words() {
        let mut values: Vec<String> =
            ["", "\0", "\0\0", "a", "a\0", "\0a", "ab", "ba", "aab", "aba"].map(String::from).into();
        for length in 1..60 {
            let x = "x".repeat(length);
            for at in 0..length {
                let mut other = x.clone();
                other.replace_range(at..=at, "y");
                values.push(other);
            }
            values.push(x);
        }
        let hash = |value: &str| Key::new(SEED, &[value]).hash;
        for (at, one) in values.iter().enumerate() {
            for other in &values[..at] {
                let same = one == other;
                let (left, right) = (whole(one), whole(other));
                assert_eq!(left == right, same, "{one:?} {other:?}");
                assert_eq!(hash(one) == hash(other), same, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn where_one_value_ends_and_the_next_begins_counts() {
        let hash = |seed, values: [&str; 2]| Key::new(seed, &values).hash;
        assert_ne!(hash(SEED, ["ab", "c"]), hash(SEED, ["a", "bc"]));
        assert_ne!(hash(SEED, ["", "a"]), hash(SEED, ["a", ""]));
        assert_ne!(hash(SEED, ["a", "b"]), hash(!SEED, ["a", "b"]));
    }

    #[test]
    fn the_upper_half_of_hashes_spreads() {
        let mut seen = std::collections::HashSet::new();
        for number in 0..10_000_u32 {
            seen.insert(Key::new(SEED, &[&number.to_string()]).hash >> 32 & 0xffff);
        }
        // 10 000 balls in 65 536 urns leave about 9 280 urns with a ball.
        assert!(seen.len() > 9_000, "{}", seen.len());
    }
}
