//! The fields of protobuf messages as bytes.

/// A field of a length and so many bytes, which `write` writes.
pub(super) fn message(out: &mut Vec<u8>, field: u32, write: impl FnOnce(&mut Vec<u8>)) {
    varint(out, u64::from(field << 3 | 2));
    let start = out.len();
    // Most are shorter than 128 bytes: room for a length of one byte.
    out.push(0);
    write(out);
    let length = out.len() - start - 1;
    if length < 128 {
        out[start] = length as u8;
    } else {
        let mut prefix = Vec::with_capacity(5);
        varint(&mut prefix, length as u64);
        out.splice(start..=start, prefix);
    }
}

pub(super) fn text(out: &mut Vec<u8>, field: u32, text: &str) {
    varint(out, u64::from(field << 3 | 2));
    varint(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

pub(super) fn number_field(out: &mut Vec<u8>, field: u32, value: u64) {
    varint(out, u64::from(field << 3));
    varint(out, value);
}

/// Small numbers are short, whatever their sign.
#[cfg(feature = "native")]
pub(super) fn signed(out: &mut Vec<u8>, field: u32, value: i64) {
    number_field(out, field, ((value << 1) ^ (value >> 63)) as u64);
}

pub(super) fn double(out: &mut Vec<u8>, field: u32, value: f64) {
    varint(out, u64::from(field << 3 | 1));
    out.extend_from_slice(&value.to_le_bytes());
}

pub(super) fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varints_are_those_of_the_specification() {
        for (value, bytes) in [(0, &[0][..]), (127, &[127]), (150, &[0x96, 1]), (16_384, &[0x80, 0x80, 1])] {
            let mut out = Vec::new();
            varint(&mut out, value);
            assert_eq!(out, bytes, "{value}");
        }
        let mut longest = Vec::new();
        varint(&mut longest, u64::MAX);
        assert_eq!(longest, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]);
    }

    #[cfg(feature = "native")]
    #[test]
    fn signs_alternate() {
        for (value, byte) in [(0, 0), (-1, 1), (1, 2), (-2, 3), (63, 126), (-64, 127)] {
            let mut out = Vec::new();
            signed(&mut out, 5, value);
            assert_eq!(out, [5 << 3, byte], "{value}");
        }
    }

    #[test]
    fn a_long_message_has_a_long_length() {
        let mut out = Vec::new();
        message(&mut out, 4, |inner| inner.extend([7; 300]));
        assert_eq!(out[..3], [4 << 3 | 2, 0xac, 2]);
        assert_eq!(out.len(), 303);
    }
}
