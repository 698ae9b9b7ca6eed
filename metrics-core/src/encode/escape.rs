//! Escaping in the text formats.

/// Appends a label value: `\`, `"` and line feed are escaped, everything else is taken as it is (T-6).
pub(crate) fn label_value(out: &mut String, value: &str) {
    escaped(out, value, |byte| matches!(byte, b'\\' | b'"' | b'\n'));
}

/// Appends a help text: `\` and line feed are escaped, the quote is not (T-4).
pub(crate) fn help(out: &mut String, value: &str) {
    escaped(out, value, |byte| matches!(byte, b'\\' | b'\n'));
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
