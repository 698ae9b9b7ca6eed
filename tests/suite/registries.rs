//! Registries of one's own, alone and together.

use metrics_core::{Counter, Gauge, Registry, Scrape, counted, metrics};

use crate::scrape::{sample, scraped};

static USERS: Registry = Registry::new();
static PREFIXED: Registry = Registry::with_prefix("eu_");

metrics! {
    #![registry(USERS)]

    /// Sign-ups.
    static REGISTRIES_SIGN_UPS_TOTAL: Counter;
}

mod prefixed {
    metrics_core::metrics! {
        #![registry(super::PREFIXED)]

        /// Sign-ups.
        pub(super) static REGISTRIES_PREFIXED_TOTAL: Counter;
    }
}

#[counted(registry = USERS)]
fn sign_up() {
    REGISTRIES_SIGN_UPS_TOTAL.inc();
}

/// CL-4: the default one is left by naming another.
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

#[test]
fn a_prefix_stands_before_every_name() {
    prefixed::REGISTRIES_PREFIXED_TOTAL.inc();
    Counter::builder("registries_built_total", "Built.").register(&PREFIXED).unwrap().handle().inc();
    let text = PREFIXED.render();
    assert_eq!(sample(&text, "eu_registries_prefixed_total"), Some(1.0));
    assert_eq!(sample(&text, "eu_registries_built_total"), Some(1.0));
    assert!(!text.contains("\nregistries_"));
}

/// CL-20
#[test]
fn a_metric_may_be_in_several_registries_and_leave_them() {
    metrics! {
        /// Wanderers.
        static REGISTRIES_WANDERERS_TOTAL: Counter<way>;
    }
    let (one, two) = (Registry::new(), Registry::with_prefix("two_"));
    one.register(&REGISTRIES_WANDERERS_TOTAL).unwrap();
    one.register(&REGISTRIES_WANDERERS_TOTAL).unwrap();
    two.register(&REGISTRIES_WANDERERS_TOTAL).unwrap();
    REGISTRIES_WANDERERS_TOTAL { way: "north" }.inc();
    let series = "registries_wanderers_total{way=\"north\"}";
    assert_eq!(sample(&one.render(), series), Some(1.0));
    assert_eq!(sample(&two.render(), &format!("two_{series}")), Some(1.0));
    assert_eq!(scraped(series), Some(1.0));

    assert!(one.unregister(&REGISTRIES_WANDERERS_TOTAL));
    assert!(!one.unregister(&REGISTRIES_WANDERERS_TOTAL));
    assert_eq!(sample(&one.render(), series), None);
    REGISTRIES_WANDERERS_TOTAL { way: "north" }.inc();
    one.register(&REGISTRIES_WANDERERS_TOTAL).unwrap();
    assert_eq!(sample(&one.render(), series), Some(2.0), "it went on counting");

    Gauge::builder("registries_wanderers", "Not this one.").register(&two).unwrap_err();
    let other = Registry::new();
    Gauge::builder("registries_wanderers_total", "Not this one.").register(&other).unwrap();
    let refused = other.register(&REGISTRIES_WANDERERS_TOTAL).unwrap_err().to_string();
    assert!(refused.starts_with("the metric `registries_wanderers_total` was not registered: "), "{refused}");
}

/// CL-20
#[test]
fn unregistering_makes_room_for_another_metric() {
    let registry = Registry::new();
    let old = Counter::builder("registries_room_total", "Old.").register(&registry).unwrap();
    assert!(registry.unregister(&old));
    let new = Counter::builder("registries_room_total", "New.").labels(["a"]).register(&registry).unwrap();
    new.with(["x"]).inc();
    assert!(!registry.unregister(&old), "it is not the old one any more");
    assert_eq!(sample(&registry.render(), "registries_room_total{a=\"x\"}"), Some(1.0));
}

fn counter(registry: &Registry, label: &str) {
    let family = Counter::builder("registries_merged_total", "Merged.").labels(["from"]).register(registry);
    family.unwrap().with([label]).inc();
}

#[test]
fn registries_are_told_together() {
    let (one, two) = (Registry::new(), Registry::new());
    counter(&one, "b");
    counter(&two, "a");
    counter(&two, "c");
    let text = Scrape::of([&one, &two]).render();
    let merged = "# HELP registries_merged_total Merged.\n\
        # TYPE registries_merged_total counter\n\
        registries_merged_total{from=\"a\"} 1\n\
        registries_merged_total{from=\"b\"} 1\n\
        registries_merged_total{from=\"c\"} 1\n";
    assert!(text.contains(merged), "{text}");
    assert!(!text.contains("left_out"));
    assert_eq!(text.matches("metrics_core_overflow_total{metric=\"registries_merged_total\"}").count(), 1);
}

#[test]
fn what_two_registries_both_have_is_told_once_and_the_first_one_wins() {
    let (one, two) = (Registry::new(), Registry::new());
    counter(&one, "same");
    counter(&two, "same");
    counter(&two, "same");
    Gauge::builder("registries_clash", "A gauge.").register(&one).unwrap().handle().set(1);
    Counter::builder("registries_clash", "A counter.").register(&two).unwrap().handle().inc_by(2);
    let text = Scrape::of([&one, &two]).render();
    assert_eq!(text.matches("\nregistries_merged_total{").count(), 1);
    assert_eq!(sample(&text, "registries_merged_total{from=\"same\"}"), Some(1.0));
    assert_eq!(sample(&text, "registries_clash"), Some(1.0));
    assert_eq!(sample(&text, "metrics_core_left_out_families"), Some(1.0));
    let twice = Scrape::of([&one, &one]).render();
    assert_eq!(twice, one.render());
}
