//! Labels: what can be one, and that a series is exactly its values.

use std::borrow::Cow;

use metrics_core::{LabelValue, Scratch, display, metrics};

use crate::scrape::scraped;

metrics! {
    /// Labels.
    static LABELS_ANY_TOTAL: Counter<one, other>;
}

#[test]
fn one_series_for_one_text_whatever_its_type() {
    LABELS_ANY_TOTAL { one: "7", other: "true" }.inc();
    LABELS_ANY_TOTAL { one: 7_u8, other: true }.inc();
    LABELS_ANY_TOTAL { one: String::from("7"), other: Some(Cow::Borrowed("true")) }.inc();
    LABELS_ANY_TOTAL { one: &&7_i64, other: display(true) }.inc();
    assert_eq!(scraped("labels_any_total{one=\"7\",other=\"true\"}"), Some(4.0));
}

#[test]
fn values_that_join_alike_are_different_series() {
    for (one, other) in [("ab", "c"), ("a", "bc"), ("ab\0", "c"), ("ab", "\0c")] {
        LABELS_ANY_TOTAL { one, other }.inc();
        assert_eq!(LABELS_ANY_TOTAL.get(LABELS_ANY_TOTAL { one, other }), Some(1.0));
    }
}

#[test]
fn an_absent_value_is_an_absent_label() {
    LABELS_ANY_TOTAL { one: None::<&str>, other: "absent" }.inc();
    LABELS_ANY_TOTAL { one: "", other: "absent" }.inc();
    assert_eq!(scraped("labels_any_total{other=\"absent\"}"), Some(2.0));
    LABELS_ANY_TOTAL { one: "", other: "" }.inc();
    assert_eq!(scraped("labels_any_total"), Some(1.0));
}

#[test]
fn hostile_values_are_escaped() {
    LABELS_ANY_TOTAL { one: "a\"b\\c\nd", other: "\t\r😱" }.inc();
    let line = "labels_any_total{one=\"a\\\"b\\\\c\\nd\",other=\"\t\r😱\"} 1\n";
    assert!(metrics_core::render().contains(line));
}

#[test]
fn a_typed_label_takes_its_type_or_a_reference() {
    #[derive(Clone, Copy)]
    enum Color {
        Red,
        Blue,
    }
    impl LabelValue for Color {
        fn text<'a>(&'a self, _: &'a mut Scratch) -> &'a str {
            match self {
                Color::Red => "red",
                Color::Blue => "blue",
            }
        }
    }
    metrics! {
        /// Balls by color.
        static LABELS_BALLS_TOTAL: Counter<color: Color, size: u16>;
    }
    LABELS_BALLS_TOTAL { color: Color::Red, size: 5 }.inc();
    let color = Color::Blue;
    LABELS_BALLS_TOTAL { color: &color, size: &5 }.inc();
    assert_eq!(scraped("labels_balls_total{color=\"red\",size=\"5\"}"), Some(1.0));
    assert_eq!(scraped("labels_balls_total{color=\"blue\",size=\"5\"}"), Some(1.0));
}

#[test]
fn a_label_value_may_use_metrics_itself() {
    struct Recursive;
    impl LabelValue for Recursive {
        fn text<'a>(&'a self, scratch: &'a mut Scratch) -> &'a str {
            LABELS_ANY_TOTAL { one: "inner", other: "" }.inc();
            scratch.print(format_args!("outer"))
        }
    }
    LABELS_ANY_TOTAL { one: Recursive, other: "" }.inc();
    assert_eq!(scraped("labels_any_total{one=\"inner\"}"), Some(1.0));
    assert_eq!(scraped("labels_any_total{one=\"outer\"}"), Some(1.0));
}
