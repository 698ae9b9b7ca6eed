//! A line of the text formats: name and labels of a sample, up to its value.

use super::{escape, number};

/// The value of the label that tells the samples of one series apart: `le`, `quantile` or the state.
pub(crate) enum Last<'a> {
    Number(f64),
    /// With a point where it has neither point nor exponent (O-32).
    Canonical(f64),
    Text(&'a str),
}

/// Appends name and labels of a sample, and the blank before its value. The last label goes last.
pub(crate) fn head(out: &mut String, name: [&str; 3], labels: &str, last: Option<(&str, Last<'_>)>) {
    out.extend(name);
    if labels.is_empty() && last.is_none() {
        return out.push(' ');
    }
    out.push('{');
    out.push_str(labels);
    if let Some((name, value)) = last {
        if !labels.is_empty() {
            out.push(',');
        }
        out.push_str(name);
        out.push_str("=\"");
        match value {
            Last::Number(number) => number::go(out, number),
            Last::Canonical(number) => number::canonical(out, number),
            Last::Text(text) => escape::label_value(out, text),
        }
        out.push('"');
    }
    out.push_str("} ");
}
