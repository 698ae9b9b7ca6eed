//! Closed labels: all series are there from the start, and none can come that is not one of them.

use metrics_core::{LabelValue, counted, metrics, timed};

use crate::scrape::{family, scraped};

#[derive(Clone, Copy, LabelValue)]
enum Method {
    Get,
    Post,
    #[allow(dead_code, reason = "never used, and there all the same")]
    NotFound,
}

#[derive(Clone, Copy, LabelValue)]
#[label(rename_all = "SCREAMING-KEBAB-CASE")]
#[allow(dead_code, reason = "looked at in the exposition")]
enum Lane {
    VeryFast,
    #[label(rename = "*any \"lane\"*")]
    Any,
    r#Async,
}

metrics! {
    #![prefix = "closed_"]

    /// Requests.
    static REQUESTS_TOTAL: Counter<method: Method>;

    /// Untouched.
    #[allow(dead_code, reason = "looked at in the exposition")]
    static UNTOUCHED_SECONDS: Histogram<method: Method, cached: bool, lane: Lane>;

    /// Levels.
    static LEVEL: Gauge<second: bool, method: Method, a: Lane>;

    /// Removed.
    static REMOVED_TOTAL: Counter<method: Method>;

    /// Users.
    #[metric(max_series = 2)]
    static USERS_TOTAL: Counter<user, method: Method>;

    /// Rows.
    static ROWS_TOTAL: Counter<method: Method, cached: bool>;

    /// Seconds.
    static ROW_SECONDS: Histogram<method: Method>;

    /// As many as there may be.
    #[metric(max_series = 6)]
    #[allow(dead_code, reason = "looked at in the exposition")]
    static FULL_TOTAL: Counter<method: Method, cached: bool>;

    /// A type whose set is open.
    static OPEN_TOTAL: Counter<method: Option<Method>, code: u16>;
}

#[test]
fn a_variants_text_is_its_name_in_snake_case() {
    REQUESTS_TOTAL { method: Method::Post }.inc();
    assert_eq!(scraped("closed_requests_total{method=\"get\"}"), Some(0.0));
    assert_eq!(scraped("closed_requests_total{method=\"post\"}"), Some(1.0));
    assert_eq!(scraped("closed_requests_total{method=\"not_found\"}"), Some(0.0));
    assert_eq!(Method::VALUES, ["get", "post", "not_found"]);
}

#[test]
fn all_combinations_are_there_from_the_first_scrape() {
    let text = family(&metrics_core::render(), "closed_untouched_seconds");
    assert_eq!(text.matches("_count{").count(), 3 * 2 * 3);
    for method in Method::VALUES {
        for cached in bool::VALUES {
            for lane in ["VERY-FAST", "*any \\\"lane\\\"*", "ASYNC"] {
                let labels = format!("{{cached=\"{cached}\",lane=\"{lane}\",method=\"{method}\"}}");
                assert!(text.contains(&format!("closed_untouched_seconds_count{labels} 0\n")), "{text}");
            }
        }
    }
}

#[test]
fn each_combination_is_its_own_series() {
    let mut level = 0;
    for method in [Method::Get, Method::Post, Method::NotFound] {
        for second in [true, false] {
            for a in [Lane::VeryFast, Lane::Any, Lane::Async] {
                level += 1;
                LEVEL { second, method, a }.set(level);
                let text = |value: &dyn Fn(&mut metrics_core::Scratch) -> String| {
                    value(&mut metrics_core::Scratch::new())
                };
                let a = text(&|scratch| a.text(scratch).replace('"', "\\\""));
                let method = text(&|scratch| method.text(scratch).to_owned());
                let series = format!("closed_level{{a=\"{a}\",method=\"{method}\",second=\"{second}\"}}");
                assert_eq!(scraped(&series), Some(f64::from(level)), "{series}");
            }
        }
    }
    assert_eq!(family(&metrics_core::render(), "closed_level").lines().count(), 2 + 18);
}

#[test]
fn a_reference_is_the_same_series() {
    let get = || REQUESTS_TOTAL.get(REQUESTS_TOTAL { method: Method::Get });
    let before = get().unwrap_or_default();
    let method = &Method::Get;
    LEVEL { second: &true, method, a: &Lane::Any }.handle();
    ROWS_TOTAL { method: &method, cached: false }.inc();
    assert_eq!(scraped("closed_rows_total{cached=\"false\",method=\"get\"}"), Some(1.0));
    assert_eq!(get(), Some(before));
}

#[test]
fn a_removed_series_comes_back_when_it_is_used_again() {
    let labels = || REMOVED_TOTAL { method: Method::Get };
    let handle = labels().handle();
    handle.inc();
    assert!(labels().remove());
    assert!(!labels().remove());
    assert_eq!(scraped("closed_removed_total{method=\"get\"}"), None);
    assert_eq!(scraped("closed_removed_total{method=\"post\"}"), Some(0.0));
    handle.inc();
    assert_eq!(REMOVED_TOTAL.get(labels()), None, "a handle outlives its series");
    labels().inc();
    assert_eq!(scraped("closed_removed_total{method=\"get\"}"), Some(1.0));
    REMOVED_TOTAL.clear();
    assert_eq!(scraped("closed_removed_total{method=\"post\"}"), None);
    labels().inc_by(3);
    assert_eq!(REMOVED_TOTAL.get(labels()), Some(3.0));
}

#[test]
fn beyond_the_ceiling_only_open_labels_lose_their_value() {
    assert_eq!(scraped("closed_users_total{method=\"get\",user=\"a\"}"), None, "an open label has no zeros");
    for user in ["a", "b", "c", "d"] {
        USERS_TOTAL { user, method: Method::Get }.inc();
    }
    USERS_TOTAL { user: "e", method: Method::Post }.inc();
    assert_eq!(scraped("closed_users_total{method=\"get\",user=\"a\"}"), Some(1.0));
    assert_eq!(scraped("closed_users_total{method=\"get\",user=\"__overflow__\"}"), Some(2.0));
    assert_eq!(scraped("closed_users_total{method=\"post\",user=\"__overflow__\"}"), Some(1.0));
    assert_eq!(scraped("metrics_core_overflow_total{metric=\"closed_users_total\"}"), Some(3.0));
}

#[test]
fn as_many_combinations_as_max_series_are_allowed() {
    assert_eq!(family(&metrics_core::render(), "closed_full_total").lines().count(), 2 + 6);
}

#[test]
fn a_type_with_an_open_set_makes_no_zeros() {
    assert_eq!(scraped("closed_open_total{code=\"0\"}"), None);
    OPEN_TOTAL { method: None, code: 7 }.inc();
    OPEN_TOTAL { method: Some(Method::Get), code: 7 }.inc();
    assert_eq!(scraped("closed_open_total{code=\"7\"}"), Some(1.0));
    assert_eq!(scraped("closed_open_total{code=\"7\",method=\"get\"}"), Some(1.0));
}

#[test]
fn attributes_take_closed_labels() {
    #[counted(ROWS_TOTAL { method: Method::Post, cached: true })]
    #[timed(ROW_SECONDS { method })]
    fn handle(method: Method) -> Method {
        method
    }
    handle(Method::Post);
    handle(Method::Get);
    assert_eq!(scraped("closed_rows_total{cached=\"true\",method=\"post\"}"), Some(2.0));
    assert_eq!(scraped("closed_row_seconds_count{method=\"post\"}"), Some(1.0));
    assert_eq!(scraped("closed_row_seconds_count{method=\"get\"}"), Some(1.0));
    assert_eq!(scraped("closed_row_seconds_count{method=\"not_found\"}"), Some(0.0));
    let rows = ROWS_TOTAL { method: Method::Post, cached: true };
    assert!(rows.remove());
    handle(Method::Post);
    assert_eq!(ROWS_TOTAL.get(rows), Some(1.0), "what the attribute keeps is found again");
}

#[test]
fn every_spelling_is_to_be_had() {
    macro_rules! spelt {
        ($($name:literal => $text:literal,)*) => { $({
            #[derive(LabelValue)]
            #[label(rename_all = $name)]
            #[allow(dead_code, reason = "its text is looked at")]
            enum Spelt { HTTPNotFound2 }
            assert_eq!(Spelt::VALUES, [$text]);
        })* };
    }
    spelt! {
        "lowercase" => "httpnotfound2",
        "UPPERCASE" => "HTTPNOTFOUND2",
        "PascalCase" => "HttpNotFound2",
        "camelCase" => "httpNotFound2",
        "snake_case" => "http_not_found2",
        "SCREAMING_SNAKE_CASE" => "HTTP_NOT_FOUND2",
        "kebab-case" => "http-not-found2",
        "SCREAMING-KEBAB-CASE" => "HTTP-NOT-FOUND2",
    }
}
