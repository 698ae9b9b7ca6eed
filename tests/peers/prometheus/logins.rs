//! The logins of the quickstart: two closed labels.

use std::collections::BTreeMap;

use metrics_tests_support::client;
use metrics_tests_support::prometheus::{Job, Prometheus};
use metrics_tests_support::quickstart::Quickstart;

const USER_TYPES: [&str; 4] = ["guest", "member", "admin", "other"];
const PLATFORMS: [&str; 4] = ["web", "ios", "android", "other"];

/// What a client sends, and as what it is counted.
const LOGINS: [(&str, &str, &str); 12] = [
    (r#"{"user_type": "guest", "platform": "web"}"#, "guest", "web"),
    (r#"{"user_type": "member", "platform": "ios"}"#, "member", "ios"),
    (r#"{"platform": "ios", "user_type": "member", "more": [1]}"#, "member", "ios"),
    (r#"{"user_type": "admin", "platform": "android"}"#, "admin", "android"),
    // What is missing.
    ("{}", "guest", "web"),
    (r#"{"user_type": "admin"}"#, "admin", "web"),
    (r#"{"platform": "android"}"#, "guest", "android"),
    ("[]", "guest", "web"),
    // What is something else.
    (r#"{"user_type": "root", "platform": "abacus"}"#, "other", "other"),
    (r#"{"user_type": "Member", "platform": ""}"#, "other", "other"),
    (r#"{"user_type": 7, "platform": null}"#, "other", "other"),
    (r#"{"user_type": "other", "platform": "web"}"#, "other", "web"),
];

#[test]
fn prometheus_stores_logins_by_closed_labels() {
    let quickstart = Quickstart::start();
    let prometheus = Prometheus::start(&[Job::new("quickstart", quickstart.address)]);
    let login = |body| client::post(quickstart.address, "/api/login", body).expect("the quickstart answers");

    // Before the first login, all combinations are there.
    prometheus.wait_for_scrape("quickstart");
    prometheus.assert("count(logins_total)", 16);
    prometheus.assert("max(logins_total)", 0);

    let mut expected = BTreeMap::new();
    for (body, user_type, platform) in LOGINS {
        assert_eq!(login(body).status, 200, "{body}");
        *expected.entry((user_type, platform)).or_insert(0) += 1;
    }
    let no_json = ["", "user_type=member", r#"{"user_type": "member""#, "{'platform': 'ios'}"];
    for body in no_json {
        let answer = login(body);
        assert_eq!((answer.status, answer.header("content-type")), (400, Some("application/json")), "{body}");
        let answer: serde_json::Value = serde_json::from_slice(&answer.body).expect("the error is JSON");
        let error = answer["error"].as_str().unwrap_or_default();
        assert!(error.starts_with("the body is not JSON: "), "{body}: {error}");
    }

    prometheus.wait_for_scrape("quickstart");
    assert_eq!(prometheus.kind("logins_total"), "counter");
    for user_type in USER_TYPES {
        for platform in PLATFORMS {
            let query = format!("logins_total{{user_type=\"{user_type}\",platform=\"{platform}\"}}");
            prometheus.assert(&query, expected.get(&(user_type, platform)).copied().unwrap_or(0));
        }
    }
    prometheus.assert("count(logins_total)", 16);
    prometheus.assert("count(logins_total == 0)", 16 - u32::try_from(expected.len()).expect("a few"));

    let requests =
        |status| format!(r#"http_requests_total{{method="POST",endpoint="/api/login",status="{status}"}}"#);
    prometheus.assert(&requests(200), 12);
    prometheus.assert(&requests(400), 4);
}
