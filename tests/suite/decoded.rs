//! Protobuf as text, in the way of `protoc --decode`: what a golden file can hold.

use std::fmt::Write;

use crate::protobuf::{Field, Fields};

/// What a field holds.
enum Shape {
    Text,
    Whole,
    Signed,
    Double,
    Type,
    /// A moment, which is another one each time.
    Moment,
    Message(Message),
}

/// The fields of a message, by number (P-3).
type Message = &'static [(u64, &'static str, Shape)];

const FAMILY: Message = &[
    (1, "name", Shape::Text),
    (2, "help", Shape::Text),
    (3, "type", Shape::Type),
    (4, "metric", Shape::Message(METRIC)),
    (5, "unit", Shape::Text),
];

const METRIC: Message = &[
    (1, "label", Shape::Message(LABEL)),
    (2, "gauge", Shape::Message(NUMBER)),
    (3, "counter", Shape::Message(COUNTER)),
    (4, "summary", Shape::Message(SUMMARY)),
    (7, "histogram", Shape::Message(HISTOGRAM)),
];

const LABEL: Message = &[(1, "name", Shape::Text), (2, "value", Shape::Text)];

const NUMBER: Message = &[(1, "value", Shape::Double)];

const COUNTER: Message = &[
    (1, "value", Shape::Double),
    (2, "exemplar", Shape::Message(EXEMPLAR)),
    (3, "created_timestamp", Shape::Moment),
];

const SUMMARY: Message = &[
    (1, "sample_count", Shape::Whole),
    (2, "sample_sum", Shape::Double),
    (3, "quantile", Shape::Message(QUANTILE)),
    (4, "created_timestamp", Shape::Moment),
];

const QUANTILE: Message = &[(1, "quantile", Shape::Double), (2, "value", Shape::Double)];

const HISTOGRAM: Message = &[
    (1, "sample_count", Shape::Whole),
    (2, "sample_sum", Shape::Double),
    (3, "bucket", Shape::Message(BUCKET)),
    (5, "schema", Shape::Signed),
    (6, "zero_threshold", Shape::Double),
    (7, "zero_count", Shape::Whole),
    (9, "negative_span", Shape::Message(SPAN)),
    (10, "negative_delta", Shape::Signed),
    (12, "positive_span", Shape::Message(SPAN)),
    (13, "positive_delta", Shape::Signed),
    (15, "created_timestamp", Shape::Moment),
    (16, "exemplars", Shape::Message(EXEMPLAR)),
];

const BUCKET: Message = &[
    (1, "cumulative_count", Shape::Whole),
    (2, "upper_bound", Shape::Double),
    (3, "exemplar", Shape::Message(EXEMPLAR)),
];

const SPAN: Message = &[(1, "offset", Shape::Signed), (2, "length", Shape::Whole)];

const EXEMPLAR: Message =
    &[(1, "label", Shape::Message(LABEL)), (2, "value", Shape::Double), (3, "timestamp", Shape::Moment)];

const MOMENT: Message = &[(1, "seconds", Shape::Whole), (2, "nanos", Shape::Whole)];

const TYPES: [&str; 5] = ["COUNTER", "GAUGE", "SUMMARY", "UNTYPED", "HISTOGRAM"];

/// Families behind one another, each with its length (P-2).
///
/// # Panics
///
/// If they are not, or have a field that is unknown.
pub(crate) fn text(body: &[u8]) -> String {
    let (mut text, mut rest) = (String::new(), Fields(body));
    while !rest.0.is_empty() {
        let length = rest.varint() as usize;
        text.push_str("MetricFamily {\n");
        write_message(&mut text, FAMILY, rest.bytes(length), 1);
        text.push_str("}\n");
    }
    text
}

fn write_message(text: &mut String, message: Message, bytes: &[u8], depth: usize) {
    for (number, value) in Fields(bytes) {
        let field = message.iter().find(|(known, ..)| *known == number);
        let (_, name, shape) = field.unwrap_or_else(|| panic!("the field {number} in {text}"));
        text.push_str(&"  ".repeat(depth));
        match (shape, value) {
            (Shape::Text, Field::Bytes(bytes)) => writeln!(text, "{name}: {:?}", utf8(bytes)),
            (Shape::Whole, Field::Number(number)) => writeln!(text, "{name}: {number}"),
            (Shape::Signed, Field::Number(number)) => {
                // Zigzag.
                writeln!(text, "{name}: {}", (number >> 1) as i64 ^ -((number & 1) as i64))
            }
            (Shape::Double, Field::Double(number)) => writeln!(text, "{name}: {number:?}"),
            (Shape::Type, Field::Number(number)) => writeln!(text, "{name}: {}", TYPES[number as usize]),
            (Shape::Moment, Field::Bytes(bytes)) => {
                let names = Fields(bytes).map(|(number, _)| MOMENT[number as usize - 1].1);
                writeln!(text, "{name} {{ {} }}", names.collect::<Vec<_>>().join(" "))
            }
            (Shape::Message(inner), Field::Bytes(bytes)) => {
                writeln!(text, "{name} {{").unwrap();
                write_message(text, inner, bytes, depth + 1);
                writeln!(text, "{}}}", "  ".repeat(depth))
            }
            (_, other) => panic!("{name}: {other:?}"),
        }
        .unwrap();
    }
}

fn utf8(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("P-8: strings are UTF-8")
}
