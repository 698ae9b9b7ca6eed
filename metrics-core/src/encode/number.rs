//! Numbers as the text formats write them.

use crate::sample::Value;

/// Appends a sample's value: whole numbers as integers, others as Go writes them (T-8).
#[inline]
pub(crate) fn value(out: &mut String, number: Value) {
    match number {
        Value::Whole(whole) => integer(out, whole),
        Value::Real(real) => real_value(out, real),
    }
}

/// Appends a number in the form that `OpenMetrics` wants for bounds and quantiles: Go's, with a point where there is
/// neither a point nor an exponent (O-32).
pub(crate) fn canonical(out: &mut String, value: f64) {
    let start = out.len();
    go(out, value);
    if value.is_finite() && !out[start..].contains(['.', 'e']) {
        out.push_str(".0");
    }
}

/// Appends milliseconds as seconds.
pub(crate) fn seconds(out: &mut String, millis: u64) {
    integer(out, millis / 1_000);
    out.push('.');
    // The digits of one more thousand, without its one.
    out.push_str(&itoa::Buffer::new().format(1_000 + millis % 1_000)[1..]);
}

/// Appends an integer.
#[inline]
pub(crate) fn integer(out: &mut String, value: u64) {
    match u8::try_from(value) {
        // Most numbers of a scrape have one digit, and most of those are 0.
        Ok(digit @ 0..=9) => out.push(char::from(b'0' + digit)),
        _ => out.push_str(itoa::Buffer::new().format(value)),
    }
}

/// Every whole number up to here is an `f64` of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

#[inline(never)]
fn real_value(out: &mut String, value: f64) {
    if value.fract() == 0.0 && value.abs() <= EXACT {
        out.push_str(itoa::Buffer::new().format(value as i64));
    } else {
        go(out, value);
    }
}

/// Appends the shortest digits that read back as the same number, in the form that Go's `strconv` chooses for `%g`
/// (and so every exposition made by the Go client): an exponent below 1e-4 and from 1e6 on, always with a sign and at
/// least two digits.
pub(crate) fn go(out: &mut String, value: f64) {
    if value.is_nan() {
        return out.push_str("NaN");
    }
    if value.is_infinite() {
        return out.push_str(if value > 0.0 { "+Inf" } else { "-Inf" });
    }
    if value == 0.0 {
        return out.push('0');
    }
    if value < 0.0 {
        out.push('-');
    }
    let (mut buffer, magnitude) = (zmij::Buffer::new(), value.abs());
    let printed = buffer.format_finite(magnitude);
    if (1e-4..1e6).contains(&magnitude) && !printed.contains('e') {
        // Without an exponent there is but one form, save for the point of whole numbers.
        return out.push_str(printed.strip_suffix(".0").unwrap_or(printed));
    }
    reshaped(out, printed);
}

/// Appends what any usual notation says, in Go's form.
fn reshaped(out: &mut String, printed: &str) {
    let (digits, count, exponent) = digits(printed);
    let digits = str::from_utf8(&digits[..count]).unwrap_or_default();
    if (-4..6).contains(&exponent) {
        positional(out, digits, exponent);
    } else {
        scientific(out, digits, exponent);
    }
}

/// The significant digits and the decimal exponent of `d.ddd × 10^exponent`, from any usual notation.
fn digits(printed: &str) -> ([u8; 24], usize, i32) {
    let (mantissa, exponent) = printed.split_once(['e', 'E']).unwrap_or((printed, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = || whole.bytes().chain(fraction.bytes());
    let leading = all().take_while(|digit| *digit == b'0').count();
    let (mut digits, mut count, mut zeros) = ([b'0'; 24], 0, 0);
    for digit in all().skip(leading) {
        // Zeros count only when another digit follows.
        if digit == b'0' {
            zeros += 1;
            continue;
        }
        count += zeros;
        zeros = 0;
        if let Some(place) = digits.get_mut(count) {
            *place = digit;
            count += 1;
        }
    }
    (digits, count, exponent + whole.len() as i32 - 1 - leading as i32)
}

fn positional(out: &mut String, digits: &str, exponent: i32) {
    if exponent < 0 {
        out.push_str("0.");
        (1..-exponent).for_each(|_| out.push('0'));
        return out.push_str(digits);
    }
    let whole = exponent as usize + 1;
    let split = whole.min(digits.len());
    let (before, after) = digits.split_at(split);
    out.push_str(before);
    (split..whole).for_each(|_| out.push('0'));
    if !after.is_empty() {
        out.push('.');
        out.push_str(after);
    }
}

fn scientific(out: &mut String, digits: &str, exponent: i32) {
    let (first, rest) = digits.split_at(1);
    out.push_str(first);
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
    out.push('e');
    out.push(if exponent < 0 { '-' } else { '+' });
    if exponent.abs() < 10 {
        out.push('0');
    }
    integer(out, u64::from(exponent.unsigned_abs()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(number: f64) -> String {
        let mut out = String::new();
        go(&mut out, number);
        out
    }

    #[test]
    fn the_vectors_of_the_go_writer() {
        let vectors = [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-1.0, "-1"),
            (0.5, "0.5"),
            (0.0001, "0.0001"),
            (0.00012, "0.00012"),
            (0.00001, "1e-05"),
            (-0.000_012_5, "-1.25e-05"),
            (2.5, "2.5"),
            (10.0, "10"),
            (10.25, "10.25"),
            (100_000.0, "100000"),
            (123_456.0, "123456"),
            (123_456.789, "123456.789"),
            (1_000_000.0, "1e+06"),
            (1_048_576.0, "1.048576e+06"),
            (17_560_473.0, "1.7560473e+07"),
            (2_478_268_416.0, "2.478268416e+09"),
            (1e21, "1e+21"),
            (1e100, "1e+100"),
            (2.938_735_877_055_719e-39, "2.938735877055719e-39"),
            (f64::MAX, "1.7976931348623157e+308"),
            (5e-324, "5e-324"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
        ];
        for (number, expected) in vectors {
            assert_eq!(written(number), expected);
        }
    }

    /// O-32
    #[test]
    fn canonical_numbers() {
        let vectors = [
            "0.0", "0.001", "0.002", "0.01", "0.1", "0.9", "0.95", "0.99", "0.999", "1.0", "1.7", "10.0",
            "1e-10", "1e-09", "1e-05", "0.0001", "0.1", "1.0", "100000.0", "1e+06", "1e+10", "1e+23",
            "1.1e+23", "+Inf",
        ];
        for expected in vectors {
            let mut out = String::new();
            canonical(&mut out, expected.parse().unwrap());
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn milliseconds_are_seconds_with_three_digits() {
        let mut out = String::new();
        for millis in [0, 7, 1_520, 1_764_315_931_004] {
            seconds(&mut out, millis);
            out.push(' ');
        }
        assert_eq!(out, "0.000 0.007 1.520 1764315931.004 ");
    }

    #[test]
    fn values_that_are_whole_are_integers() {
        let text = |number| {
            let mut out = String::new();
            value(&mut out, number);
            out
        };
        assert_eq!(text(Value::Whole(u64::MAX)), "18446744073709551615");
        assert_eq!(text(Value::Real(1_000_000.0)), "1000000");
        assert_eq!(text(Value::Real(-3.0)), "-3");
        assert_eq!(text(Value::Real(-0.0)), "0");
        assert_eq!(text(Value::Real(1e21)), "1e+21");
        assert_eq!(text(Value::Real(0.25)), "0.25");
    }

    #[test]
    fn numbers_without_an_exponent_have_the_same_form_either_way() {
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        for step in 0..100_000_u32 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let unit = (bits >> 11) as f64 / (1_u64 << 53) as f64;
            // Some with few digits.
            let unit = if step % 2 == 0 { unit } else { (unit * 1e3).round() / 1e3 };
            let number = (unit + 0.1) * 10_f64.powi(step as i32 % 12 - 5);
            let mut expected = String::new();
            reshaped(&mut expected, zmij::Buffer::new().format_finite(number));
            assert_eq!(written(number), expected);
        }
    }

    #[test]
    fn every_written_number_reads_back_as_itself() {
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..200_000 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let number = f64::from_bits(bits);
            if number.is_finite() {
                let text = written(number);
                assert_eq!(text.parse::<f64>().map(f64::to_bits), Ok(number.to_bits()), "{text}");
            }
        }
    }
}
