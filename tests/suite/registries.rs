//! Registries of one's own.

use metrics_core::{Registry, counted, metrics};

use crate::scrape::{sample, scraped};

static USERS: Registry = Registry::new();

metrics! {
    #![registry(USERS)]

    /// Sign-ups.
    static REGISTRIES_SIGN_UPS_TOTAL: Counter;
}

#[counted(registry = USERS)]
fn sign_up() {
    REGISTRIES_SIGN_UPS_TOTAL.inc();
}

#[test]
fn a_metric_is_in_its_own_registry_only() {
    let series = "suite_sign_up_calls_total{function=\"sign_up\",module=\"suite::registries\"}";
    assert_eq!(sample(&USERS.render(), series), Some(0.0));
    sign_up();
    assert_eq!(sample(&USERS.render(), series), Some(1.0));
    assert_eq!(sample(&USERS.render(), "registries_sign_ups_total"), Some(1.0));
    assert_eq!(scraped(series), None);
    assert_eq!(scraped("registries_sign_ups_total"), None);
    assert_eq!(sample(&USERS.render(), "metrics_core_registration_errors"), None);
}
