//! How often there is another exemplar: from scrape to scrape, and not more often than is asked for. A program of its own,
//! as its clock is moved by hand.

use std::time::Duration;

use metrics_core::testing::ManualClock;
use metrics_core::{Registry, exemplars_from_traces, metrics};
use metrics_traces_tests::{exemplar, scrape, traced};

static REGISTRY: Registry = Registry::new();

metrics! {
    #![registry(REGISTRY)]

    /// Steps by which one it is.
    static ROUNDS_STEPS_TOTAL: Counter<number: u64>;
    /// Seconds.
    #[metric(buckets = [1.0, 2.0])]
    static ROUNDS_STEP_SECONDS: Histogram;
}

/// Counts some step within a span of its own, and says how many seconds it took.
fn step(seconds: f64) {
    let number = 1_u64;
    tracing::info_span!("step").in_scope(|| {
        ROUNDS_STEPS_TOTAL { number }.inc_by(seconds);
        ROUNDS_STEP_SECONDS.observe(seconds);
    });
}

#[tokio::test(flavor = "current_thread")]
async fn there_is_one_exemplar_from_scrape_to_scrape() {
    let clock = ManualClock::install().unwrap();
    let _traced = tracing::dispatcher::set_default(&traced(true));
    let told = async |text: &str| {
        // Nothing of a scrape in the text format is an exemplar, so it is none that counts.
        REGISTRY.render();
        let scrape = scrape(&REGISTRY).await;
        let series = [
            "rounds_steps_total{",
            "rounds_step_seconds_bucket{le=\"1.0\"",
            "rounds_step_seconds_bucket{le=\"2.0\"",
        ];
        let values = series.map(|series| exemplar(&scrape, series).map_or("none", |(_, value)| value));
        assert_eq!(values.join(" "), text, "{scrape}");
    };

    // The first one of a counter and of each bucket.
    for seconds in [0.25, 0.5, 1.25, 1.5] {
        step(seconds);
    }
    told("0.25 0.25 1.25").await;
    // A second has not passed since the program began.
    step(0.75);
    told("0.25 0.25 1.25").await;

    clock.advance(Duration::from_secs(1));
    step(0.75);
    // The scrape begins another round.
    told("0.25 0.25 1.25").await;
    step(0.875);
    step(0.75);
    told("0.875 0.875 1.25").await;

    exemplars_from_traces(Some(Duration::from_mins(1)));
    clock.advance(Duration::from_secs(59));
    told("0.875 0.875 1.25").await;
    step(1.75);
    // It was set anew, so there was a round for it.
    told("1.75 0.875 1.75").await;
    step(1.125);
    told("1.75 0.875 1.75").await;
    clock.advance(Duration::from_secs(1));
    told("1.75 0.875 1.75").await;
    step(1.125);
    told("1.125 0.875 1.125").await;

    exemplars_from_traces(None);
    clock.advance(Duration::from_mins(10));
    told("1.125 0.875 1.125").await;
    step(0.5);
    told("1.125 0.875 1.125").await;
    exemplars_from_traces(Some(Duration::ZERO));
    for seconds in [0.125, 0.375] {
        step(seconds);
        told(&format!("{seconds} {seconds} 1.125")).await;
    }
    all_series_have_their_turn().await;
}

/// However many series there are: those that share a place in a thread's table this time do not the next.
async fn all_series_have_their_turn() {
    let mut missing = 600;
    for _ in 0..200 {
        tracing::info_span!("all").in_scope(|| {
            (2..602_u64).for_each(|number| ROUNDS_STEPS_TOTAL { number }.inc());
        });
        let text = scrape(&REGISTRY).await;
        let all = text.lines().filter(|line| line.starts_with("rounds_steps_total{"));
        missing = all.filter(|line| !line.contains("number=\"1\"") && !line.contains(" # ")).count();
        if missing == 0 {
            break;
        }
    }
    assert_eq!(missing, 0);
}
