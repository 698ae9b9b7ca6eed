//! The keys of exponential buckets, found without a logarithm.
//!
//! At schema `s` the bounds are the powers of 2^(2^-s). Bucket `key` holds what is greater than the bound `key - 1` and at
//! most the bound `key`. Buckets of one schema are pairs of those of the next finer one, so that one table, of the finest,
//! and a shift are enough for all of them.

use super::mantissas::MANTISSAS;

/// The schema with the widest buckets: one bound is 65 536 times the one before.
pub(crate) const COARSEST: i8 = -4;
/// The schema with the narrowest buckets: 256 between a power of two and the next.
pub(crate) const FINEST: i8 = 8;

/// Buckets of an octave at the finest schema.
const FINE: i32 = 256;
/// The bits of an `f64` behind sign and exponent.
const MANTISSA: u32 = f64::MANTISSA_DIGITS - 1;
/// What is added to an exponent in an `f64`.
const BIAS: i32 = 1023;
/// The key of `f64::MAX` at the finest schema; infinity has the next one.
const LAST: i32 = 1024 * FINE;

/// The key of the bucket that holds `magnitude`, which is greater than 0; infinity has the key behind the last one that a
/// number has.
pub(crate) fn key(magnitude: f64, coarser: u32) -> i32 {
    let finest = if magnitude.is_infinite() { LAST + 1 } else { finest_key(magnitude) };
    coarsen(finest, coarser)
}

/// The key below, in fewest steps, of a number that has all its digits.
#[inline]
pub(crate) fn below_usual(magnitude: f64, coarser: u32) -> i32 {
    (key_of_bits(magnitude.to_bits()) - 1) >> coarser
}

/// The key of the bucket so many schemas coarser that a bucket is part of.
pub(crate) fn coarsen(key: i32, steps: u32) -> i32 {
    ((key - 1) >> steps) + 1
}

/// How many steps a schema is coarser than the finest.
pub(crate) fn coarser(schema: i8) -> u32 {
    (FINEST - schema) as u32
}

fn finest_key(magnitude: f64) -> i32 {
    const SHIFT: i32 = 64;
    if magnitude < f64::MIN_POSITIVE {
        return key_of_bits((magnitude * 2_f64.powi(SHIFT)).to_bits()) - SHIFT * FINE;
    }
    key_of_bits(magnitude.to_bits())
}

/// The finest key of a number that has all its digits.
#[inline]
fn key_of_bits(bits: u64) -> i32 {
    let mantissa = bits & ((1 << MANTISSA) - 1);
    // So narrow are the slots that each has one bound at most.
    let guess = i32::from(GUESSES[(mantissa >> (MANTISSA - SLOTS.ilog2())) as usize]);
    ((bits >> MANTISSA) as i32 - BIAS) * FINE + guess + i32::from(mantissa > bound_from(guess))
}

/// The mantissa of a bound between a power of two and the next, which itself is the last one: more than any mantissa.
#[inline]
fn bound_from(place: i32) -> u64 {
    BOUNDS[(place & (2 * FINE - 1)) as usize]
}

/// The upper bound of a bucket. The one that holds `f64::MAX` ends there.
pub(crate) fn bound(key: i32, schema: i8) -> f64 {
    let finest = i64::from(key) << coarser(schema);
    let (exponent, fine) = (finest.div_euclid(i64::from(FINE)), finest.rem_euclid(i64::from(FINE)));
    if finest == i64::from(LAST) {
        return f64::MAX;
    }
    if finest > i64::from(LAST) {
        return f64::INFINITY;
    }
    let mantissa = bound_from(fine as i32);
    // Below the least exponent digits are lost, once and at the end.
    let lift = if exponent < i64::from(1 - BIAS) { 200 } else { 0 };
    let exponent = (exponent + lift + i64::from(BIAS)).max(0) as u64;
    f64::from_bits((exponent << MANTISSA) | mantissa) * 2_f64.powi(-(lift as i32))
}

/// The coarsest schema whose bounds grow by at most `factor`, the finest one if none does.
pub(crate) const fn schema(factor: f64) -> i8 {
    let mut schema = COARSEST;
    while schema < FINEST && growth(schema) > factor {
        schema += 1;
    }
    schema
}

/// How many times a bound is the one before.
const fn growth(schema: i8) -> f64 {
    if schema > 0 {
        let one = BOUNDS[1 << (FINEST - schema)];
        f64::from_bits(((BIAS as u64) << MANTISSA) | one)
    } else {
        f64::from_bits(((BIAS + (1 << -schema)) as u64) << MANTISSA)
    }
}

/// How many slots of equal width there are between a power of two and the next.
const SLOTS: usize = 512;

/// For each slot, how many bounds lie below it.
static GUESSES: [u16; SLOTS] = guesses();

const fn guesses() -> [u16; SLOTS] {
    let mut guesses = [0; SLOTS];
    let (mut slot, mut below) = (0, 0);
    while slot < SLOTS {
        while BOUNDS[below] < (slot as u64) << (MANTISSA - SLOTS.ilog2()) {
            below += 1;
        }
        guesses[slot] = below as u16;
        slot += 1;
    }
    guesses
}

/// The mantissas of the finest bounds from 1 to 2, and then what is more than any.
static BOUNDS: [u64; 2 * FINE as usize] = bounds();

const fn bounds() -> [u64; 2 * FINE as usize] {
    let mut bounds = [u64::MAX; 2 * FINE as usize];
    let mut place = 0;
    while place < MANTISSAS.len() {
        bounds[place] = MANTISSAS[place];
        place += 1;
    }
    bounds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_at(schema: i8, magnitude: f64) -> i32 {
        key(magnitude, coarser(schema))
    }

    #[test]
    fn the_table_holds_the_powers_of_two() {
        for (place, mantissa) in MANTISSAS.iter().enumerate() {
            let bound = f64::from_bits(((BIAS as u64) << MANTISSA) | mantissa);
            let power = (place as f64 / f64::from(FINE)).exp2();
            assert!((bound - power).abs() <= 6.0 * f64::EPSILON, "{place}: {bound} {power}");
        }
        assert!(MANTISSAS.is_sorted_by(|one, next| one < next));
    }

    /// As the Go and Java clients and Prometheus have them.
    #[test]
    fn bounds_are_those_of_the_norm() {
        let vectors = [
            (-1, -1, 0.25),
            (0, -1, 1.0),
            (1, -1, 4.0),
            (512, -1, f64::MAX),
            (513, -1, f64::INFINITY),
            (1024, 0, f64::MAX),
            (1025, 0, f64::INFINITY),
            (-1, 2, 0.840_896_415_253_714_4),
            (1, 2, 1.189_207_115_002_721),
            (4096, 2, f64::MAX),
            (4097, 2, f64::INFINITY),
        ];
        for (key, schema, wanted) in vectors {
            assert_eq!(bound(key, schema), wanted, "{key} at {schema}");
        }
    }

    #[test]
    fn factors_choose_the_schemas_of_the_norm() {
        let vectors = [
            (65536.0, -4),
            (256.0, -3),
            (17.0, -2),
            (16.0, -2),
            (4.0, -1),
            (2.0, 0),
            (1.5, 1),
            (1.2, 2),
            (1.1, 3),
            (1.05, 4),
            (1.03, 5),
            (1.02, 6),
            (1.01, 7),
            (1.005, 8),
            (1.000_001, 8),
            (1e300, -4),
        ];
        for (factor, wanted) in vectors {
            assert_eq!(schema(factor), wanted, "{factor}");
        }
    }

    #[test]
    fn a_value_lies_between_the_bounds_of_its_bucket() {
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        let mut magnitudes =
            vec![5e-324, f64::MIN_POSITIVE, 0.5, 1.0, 1.5, 2.0, 1024.0, 1e300, f64::MAX, f64::INFINITY];
        for _ in 0..20_000 {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            magnitudes.extend([f64::from_bits(bits >> 1), 1.0 + (bits >> 12) as f64 * f64::EPSILON]);
        }
        for schema in COARSEST..=FINEST {
            let edges = (-2000..2000).step_by(37).map(|key| bound(key, schema)).filter(|edge| *edge > 0.0);
            let near = edges.flat_map(|edge| [edge.next_down(), edge, edge.next_up()]);
            for magnitude in magnitudes.iter().copied().chain(near).filter(|one| *one > 0.0) {
                let key = key_at(schema, magnitude);
                let (low, high) = (bound(key - 1, schema), bound(key, schema));
                // Numbers that have lost digits can be bounds themselves.
                let above = low < magnitude || (low == magnitude && magnitude < f64::MIN_POSITIVE);
                assert!(above && magnitude <= high, "{schema} {magnitude:e}: {low:e}, {high:e}");
            }
        }
    }

    #[test]
    fn buckets_of_a_schema_are_pairs_of_the_next() {
        for schema in COARSEST..FINEST {
            for key in -300..300 {
                assert_eq!(bound(key, schema), bound(2 * key, schema + 1));
                assert_eq!(coarsen(2 * key, 1), key);
                assert_eq!(coarsen(2 * key - 1, 1), key);
            }
        }
    }

    #[test]
    fn the_ends_have_the_keys_of_the_norm() {
        assert_eq!((key_at(8, f64::MAX), key_at(8, f64::INFINITY)), (262_144, 262_145));
        assert_eq!((key_at(2, f64::MAX), key_at(2, f64::INFINITY)), (4096, 4097));
        assert_eq!((key_at(-1, f64::MAX), key_at(-1, f64::INFINITY)), (512, 513));
        assert_eq!((key_at(3, 1.0), key_at(3, 2.0), key_at(3, 0.5)), (0, 8, -8));
    }
}
