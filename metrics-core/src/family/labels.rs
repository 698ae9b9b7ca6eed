//! The labels of a series as they are written in every scrape: made once, and what order series are in.

use std::borrow::Cow;

use crate::encode::escape;

/// `a="1",b="2"`, escaped, without the labels whose value is empty: they are absent (DM-3).
pub(crate) fn text(names: &[&str], values: &[&str]) -> String {
    let mut text = String::new();
    for (name, value) in names.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(name);
        text.push_str("=\"");
        escape::label_value(&mut text, value);
        text.push('"');
    }
    text
}

/// The values that [`text`] was made of.
pub(super) fn values<'a>(names: &[&str], text: &'a str) -> Vec<Cow<'a, str>> {
    let mut rest = text;
    let mut value = |name: &&str| {
        let Some(own) = rest.strip_prefix(*name).and_then(|own| own.strip_prefix("=\"")) else {
            return Cow::Borrowed("");
        };
        let end = escape::end_of_label_value(own);
        rest = own[end..].trim_start_matches(['"']);
        rest = rest.strip_prefix(',').unwrap_or(rest);
        escape::unescaped(&own[..end])
    };
    names.iter().map(&mut value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_labels_are_left_out() {
        assert_eq!(text(&["a", "b", "c"], &["1", "", "x\"y"]), r#"a="1",c="x\"y""#);
        assert_eq!(text(&[], &[]), "");
    }

    #[test]
    fn values_come_back() {
        let names = ["a", "aa", "b"];
        let hostile = ["", "x", "\"", "\\", "\n", "\\n", "\"\"", "\",aa=\"", "a=\"1\",b=\"", "\\\"", "ß,\"="];
        for a in hostile {
            for aa in hostile {
                for b in hostile {
                    assert_eq!(values(&names, &text(&names, &[a, aa, b])), [a, aa, b]);
                }
            }
        }
    }
}
