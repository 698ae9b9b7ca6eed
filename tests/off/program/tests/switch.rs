//! The switch: with the feature `record` everything is recorded, without it nothing, and the rest is as ever.

use std::cell::Cell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use annotated::{
    BUILD, CALLS_TOTAL, JOURNEY_SECONDS, LETTERS_TOTAL, MODE, PARCELS_TOTAL, SHIPS, STAY_SECONDS, Way, YEAR,
};
use metrics_core::{
    Collection, Counter, Histogram, InFlight, Outcome, Registry, Scrape, SummaryHandle, Timer,
};

/// Whether anything is recorded.
const RECORD: bool = cfg!(feature = "record");

/// What a number is that was counted so far.
fn seen(number: f64) -> f64 {
    if RECORD { number } else { 0.0 }
}

/// The output of a future that waits for nothing, but may give others a turn.
fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}

#[test]
fn a_scrape_has_everything_or_nothing() {
    annotated::own("Oslo");
    let text = metrics_core::render();
    assert_eq!(text, Scrape::default().render());
    if RECORD {
        assert!(text.contains("annotated_letters_total{town=\"Rome\"} 0\n"));
        assert!(text.contains("annotated_parcels_total{way=\"land\"} "));
        assert!(
            text.contains(
                "annotated_own_calls_total{function=\"own\",module=\"annotated\",town=\"Oslo\"} 1\n"
            )
        );
        assert!(text.contains("annotated_year 1492\n"));
        assert!(text.contains("metrics_core_families "));
    } else {
        assert_eq!(text, "");
    }
}

#[test]
fn the_handler_answers() {
    let response = run(metrics_core::handler(http::Request::new(())));
    assert_eq!(response.status(), http::StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    assert_eq!(response.headers()["content-length"] == "0", !RECORD);
    let open = http::Request::get("/metrics").header("accept", "application/openmetrics-text; version=1.0.0");
    let response = run(metrics_core::handler(open.body(()).expect("a request")));
    assert_eq!(response.headers()["content-length"] == "6", !RECORD, "`# EOF` alone");
    let post = http::Request::post("/metrics").body(()).expect("a request");
    assert_eq!(run(metrics_core::handler(post)).status(), http::StatusCode::METHOD_NOT_ALLOWED);
}

#[test]
fn a_guard_that_records_nothing_has_no_size() {
    let sizes = [size_of::<Timer>(), size_of::<Timer<SummaryHandle>>(), size_of::<InFlight>()];
    assert_eq!(sizes.map(|size| size == 0), [!RECORD; 3]);
    let timed = STAY_SECONDS.time_future(std::future::ready(1_u8));
    assert_eq!(size_of_val(&timed) == size_of_val(&std::future::ready(1_u8)), !RECORD);
    let (plain, bare) = (annotated::plain(false), annotated::bare(false));
    assert_eq!(size_of_val(&plain) == size_of_val(&bare), !RECORD);
}

#[test]
fn functions_do_what_they_do() {
    assert_eq!(run(annotated::plain(false)), 3);
    assert!(catch_unwind(AssertUnwindSafe(|| run(annotated::plain(true)))).is_err());
    assert_eq!(run(annotated::boxed("Rome")), 7);
    assert_eq!(run(annotated::judged("Bern")), Err("nobody is there".to_owned()));
    assert_eq!(CALLS_TOTAL { town: "Bern", outcome: Outcome::Err }.handle().get(), seen(1.0));
    run(annotated::declared(Way::Sea));
    assert_eq!(JOURNEY_SECONDS { way: Way::Sea }.handle().count(), u64::from(RECORD));
    annotated::displayed(format_args!("{}", "Kiel"));
    assert_eq!(LETTERS_TOTAL.get(LETTERS_TOTAL { town: "Kiel" }), RECORD.then_some(1.0));
}

#[test]
fn labels_that_nobody_reads_are_not_asked_for() {
    let asked = Cell::new(0);
    let name = || {
        asked.set(asked.get() + 1);
        "Rome"
    };
    assert_eq!(annotated::called(name), Ok(1));
    assert_eq!(asked.get(), i32::from(RECORD));
}

#[test]
fn verbs_do_what_they_do() {
    let sea = PARCELS_TOTAL { way: Way::Sea };
    let before = sea.handle().get();
    sea.inc();
    sea.inc_by(2);
    sea.handle().inc_by(0.5);
    assert_eq!(sea.handle().get() - before, seen(3.5));
    SHIPS.set(5);
    SHIPS.dec_by(1.5);
    let ship = SHIPS.in_flight();
    assert_eq!(SHIPS.get(), seen(4.5));
    drop(ship);
    SHIPS.inc_by(2);
    SHIPS.dec();
    assert_eq!(SHIPS.get(), seen(4.5));
    SHIPS.set_to_current_time();
    assert_eq!(SHIPS.get() > 0.0, RECORD);
    assert_eq!(YEAR.name(), "annotated_year");
}

#[test]
fn examples_are_kept_with_what_is_recorded() {
    let town = "Lima";
    LETTERS_TOTAL { town }.handle().inc_with_exemplar(&[("trace_id", "1")]);
    assert_eq!(LETTERS_TOTAL { town }.handle().get(), seen(1.0));
    let waits = Histogram::builder("example_seconds", "Seconds.").register(&Registry::new()).expect("valid");
    waits.handle().observe_with_exemplar(0.5, &[("trace_id", "1")]);
    assert_eq!(waits.handle().count(), u64::from(RECORD));
}

#[test]
fn collectors_are_asked_where_something_is_recorded() {
    let registry = Registry::new();
    let tell = |told: &mut Collection| {
        told.gauge("depth_meters", "Depth.", []).tell([], 3);
        Ok(())
    };
    registry.register_collector("depth", tell).expect("no other has the name");
    assert_eq!(registry.render().contains("depth_meters 3\n"), RECORD);
    assert_eq!(registry.render().is_empty(), !RECORD);
    assert!(registry.unregister_collector("depth"));
}

#[test]
fn observers_do_what_they_do() {
    let land = JOURNEY_SECONDS { way: Way::Land };
    land.observe(Duration::from_secs(2));
    assert_eq!((land.time(|| 3), land.handle().sum() >= 2.0), (3, RECORD));
    assert_eq!(land.handle().count(), if RECORD { 2 } else { 0 });
    land.start_timer().discard();
    let timer = STAY_SECONDS.start_timer();
    std::thread::sleep(Duration::from_millis(1));
    assert_eq!(timer.stop().is_zero(), !RECORD);
    assert_eq!(run(STAY_SECONDS.time_future(async { 4 })), 4);
    assert_eq!(STAY_SECONDS.handle().count() >= 2, RECORD);
    let quantiles = STAY_SECONDS.handle().quantiles();
    assert_eq!(
        quantiles.iter().map(|(rank, value)| (*rank, value.is_nan())).collect::<Vec<_>>(),
        [(0.5, !RECORD)]
    );
}

#[test]
fn facts_and_states_do_what_they_do() {
    let version = "1.0";
    BUILD { version }.set();
    assert_eq!(metrics_core::render().contains("annotated_build_info{version=\"1.0\"} 1\n"), RECORD);
    BUILD.clear();
    assert_eq!(MODE.get(), "land");
    MODE.set(Way::Sea);
    assert_eq!(MODE.get(), if RECORD { "sea" } else { "land" });
}

#[test]
fn series_are_removed_if_there_are_any() {
    let town = "Oslo";
    LETTERS_TOTAL { town }.inc();
    assert_eq!(LETTERS_TOTAL { town }.remove(), RECORD);
    LETTERS_TOTAL { town }.inc();
    assert_eq!(LETTERS_TOTAL.remove_matching([("town", town)]), usize::from(RECORD));
}

#[test]
fn metrics_are_described_at_run_time() -> Result<(), metrics_core::RegisterError> {
    let registry = Registry::with_prefix("port_");
    let ships = Counter::builder("ships_total", "Ships by flag.").labels(["flag"]).register(&registry)?;
    ships.with(["no"]).inc();
    assert_eq!(ships.get(["no"]).map(|ship| ship.get()), RECORD.then_some(1.0));
    assert_eq!(ships.remove(["no"]), RECORD);
    let waits = Histogram::builder("wait_seconds", "Seconds of waiting.").register(&registry)?;
    waits.handle().observe(1.0);
    assert_eq!(waits.handle().count(), u64::from(RECORD));
    registry.register(&PARCELS_TOTAL)?;
    assert_eq!(registry.render().is_empty(), !RECORD);
    assert_eq!(registry.unregister(&PARCELS_TOTAL), RECORD);
    assert!(Counter::builder("no name", "").register(&registry).is_err(), "mistakes are found either way");
    Ok(())
}

#[test]
fn all_fits_together() {
    assert!(metrics_core::verify().is_ok());
}
