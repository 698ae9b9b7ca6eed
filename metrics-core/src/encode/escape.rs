//! Escaping in the text formats.

use std::borrow::Cow;

/// Appends a label value: `\`, `"` and line feed are escaped, everything else is taken as it is (T-6).
pub(crate) fn label_value(out: &mut String, value: &str) {
    escaped(out, value, |byte| matches!(byte, b'\\' | b'"' | b'\n'));
}

/// Appends a help text: `\` and line feed are escaped, the quote is not (T-4).
pub(crate) fn help(out: &mut String, value: &str) {
    escaped(out, value, |byte| matches!(byte, b'\\' | b'\n'));
}

/// Where an escaped label value ends that is followed by a quote.
pub(crate) fn end_of_label_value(text: &str) -> usize {
    let mut is_escaped = false;
    let is_end = |byte: u8| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    };
    text.bytes().position(is_end).unwrap_or(text.len())
}

/// A label value before it was escaped.
pub(crate) fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let (mut out, mut characters) = (String::with_capacity(value.len()), value.chars());
    while let Some(character) = characters.next() {
        out.push(match character {
            '\\' if characters.as_str().starts_with('n') => {
                characters.next();
                '\n'
            }
            '\\' => characters.next().unwrap_or('\\'),
            other => other,
        });
    }
    Cow::Owned(out)
}

/// The names and values of labels that are written as `a="1",b="2"`.
#[cfg(feature = "protobuf")]
pub(crate) fn label_pairs(text: &str) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (name, value) = rest.split_once("=\"")?;
        let end = end_of_label_value(value);
        rest = value.get(end + 1..).unwrap_or_default();
        rest = rest.strip_prefix(',').unwrap_or(rest);
        Some((name, unescaped(&value[..end])))
    })
}

fn escaped(out: &mut String, value: &str, special: impl Fn(u8) -> bool) {
    let mut rest = value;
    while let Some(at) = rest.bytes().position(&special) {
        let (plain, tail) = rest.split_at(at);
        out.push_str(plain);
        out.push('\\');
        // The special bytes are ASCII, so that the next character is one byte.
        let (character, tail) = tail.split_at(1);
        out.push_str(if character == "\n" { "n" } else { character });
        rest = tail;
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escape(with: fn(&mut String, &str), value: &str) -> String {
        let mut out = String::new();
        with(&mut out, value);
        out
    }

    #[test]
    fn label_values() {
        assert_eq!(escape(label_value, "a\\b\"c\nd"), r#"a\\b\"c\nd"#);
        assert_eq!(escape(label_value, "\t\r\0\u{85}ß😱"), "\t\r\0\u{85}ß😱");
        assert_eq!(escape(label_value, ""), "");
        assert_eq!(escape(label_value, "\\\\"), r"\\\\");
    }

    #[test]
    fn help_keeps_the_quote() {
        assert_eq!(escape(help, "say \"hi\"\\\n"), r#"say "hi"\\\n"#);
    }
}
