//! `promtool check metrics` on what we expose: it must parse, and no name may be against the conventions.

mod hostile;
mod random;

use std::process::Command;

use metrics_core::Scrape;
use metrics_tests_support::client;
use metrics_tests_support::program;
use metrics_tests_support::quickstart::Quickstart;

/// Exit code 0: neither a parse error (1) nor a lint finding (3).
fn check(text: &str) {
    assert!(!text.is_empty(), "there is something to check");
    let promtool = program::find("promtool", "prometheus");
    let output = program::feed(Command::new(promtool).args(["check", "metrics"]), text.as_bytes());
    assert!(
        output.status.success(),
        "{}: {}{}\n{text}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
}

/// PL-1 … PL-11: by the linter itself.
#[test]
fn the_quickstart_is_without_findings() {
    let quickstart = Quickstart::start();
    let check_both = || {
        for path in ["/metrics", "/metrics/orders"] {
            check(client::get(quickstart.address, path).expect("the quickstart answers").text());
        }
    };
    check_both();
    for path in ["/api/hello", "/api/fast", "/api/task?task_type=light", "/api/task?task_type=x"] {
        client::get(quickstart.address, path).expect("the quickstart answers");
    }
    for path in ["/api/login", "/api/order"] {
        client::post(quickstart.address, path, "{}").expect("the quickstart answers");
    }
    check_both();
}

#[test]
fn hostile_values_are_without_findings() {
    hostile::write();
    check(&metrics_core::render());
}

#[test]
fn random_registries_are_without_findings() {
    for seed in 0..40 {
        let registry = random::registry(&mut random::Dice(seed));
        check(&Scrape::of([&registry, &random::KINDS]).render());
    }
}
