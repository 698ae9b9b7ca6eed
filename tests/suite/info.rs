//! Infos: facts about the program.

use metrics_core::{LabelValue, metrics};

use crate::scrape::{family, scraped};

#[derive(LabelValue)]
enum Profile {
    Release,
    #[allow(dead_code, reason = "never told")]
    Debug,
}

metrics! {
    #![prefix = "info_"]

    /// What was built.
    static BUILD: Info<version, commit>;

    /// Named with the ending.
    static RUNTIME_INFO: Info<name>;

    /// Named otherwise.
    #[metric(name = "info_renamed_info")]
    static OTHER: Info<name>;

    /// Never told.
    #[allow(dead_code, reason = "looked at in the exposition")]
    static SILENT: Info<profile: Profile>;

    /// Closed.
    static PROFILE: Info<profile: Profile>;
}

#[test]
fn facts_are_told_as_a_gauge_that_is_one() {
    let (version, commit) = ("1.4.0", String::from("8c2f\"7a1"));
    BUILD { version, commit }.set();
    let expected = "# HELP info_build_info What was built.\n\
        # TYPE info_build_info gauge\n\
        info_build_info{commit=\"8c2f\\\"7a1\",version=\"1.4.0\"} 1\n";
    assert_eq!(family(&metrics_core::render(), "info_build_info"), expected);
    assert_eq!(family(&metrics_core::render(), "info_build"), "");
}

#[test]
fn later_facts_take_the_place_of_earlier_ones() {
    OTHER { name: "a" }.set();
    assert_eq!(scraped("info_renamed_info{name=\"a\"}"), Some(1.0));
    for _ in 0..2 {
        OTHER { name: "b" }.set();
        assert_eq!(scraped("info_renamed_info{name=\"a\"}"), None);
        assert_eq!(scraped("info_renamed_info{name=\"b\"}"), Some(1.0));
    }
    OTHER.clear();
    assert_eq!(scraped("info_renamed_info{name=\"b\"}"), None);
    OTHER { name: 3 }.set();
    assert_eq!(scraped("info_renamed_info{name=\"3\"}"), Some(1.0));
}

#[test]
fn the_ending_is_there_once() {
    RUNTIME_INFO { name: "tokio" }.set();
    assert_eq!(scraped("info_runtime_info{name=\"tokio\"}"), Some(1.0));
}

#[test]
fn nothing_is_told_before_it_is_set_also_of_closed_labels() {
    assert!(!metrics_core::render().contains("info_silent_info{"));
    PROFILE { profile: Profile::Release }.set();
    let text = metrics_core::render();
    assert!(text.contains("\ninfo_profile_info{profile=\"release\"} 1\n"));
    assert!(!text.contains("info_profile_info{profile=\"debug\"}"));
}
