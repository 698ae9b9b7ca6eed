//! A library that only annotates. What an argument is there for may be a label alone: that is a use in either state.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, clippy::all, clippy::pedantic)]

use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;

use metrics_core::{LabelValue, Outcome, counted, display, gauged, metrics, timed};

/// How something is sent.
#[derive(Clone, Copy, Debug, LabelValue)]
pub enum Way {
    /// By land.
    Land,
    /// By sea.
    Sea,
}

metrics! {
    #![prefix = "annotated_"]

    /// Parcels by way.
    pub static PARCELS_TOTAL: Counter<way: Way>;

    /// Letters by town.
    #[metric(init = [{ town: "Rome" }])]
    pub static LETTERS_TOTAL: Counter<town>;

    /// Calls by town and outcome.
    pub static CALLS_TOTAL: Counter<town, outcome: Outcome>;

    /// Seconds of a journey.
    pub static JOURNEY_SECONDS: Histogram<way: Way>;

    /// Seconds of a stay.
    #[metric(quantiles = [0.5 => 0.05])]
    pub static STAY_SECONDS: Summary;

    /// Ships at sea.
    pub static SHIPS: Gauge;

    /// What was built.
    pub static BUILD: Info<version>;

    /// What is used now.
    pub static MODE: StateSet<Way>;

    /// The year.
    #[metric(callback = year)]
    pub static YEAR: Gauge;
}

fn year() -> u64 {
    1492
}

/// Uses its argument as a label of a metric of its own.
#[counted(labels { town: town })]
#[timed(labels { town: town })]
#[gauged(labels { town: town })]
pub fn own(town: &str) {}

/// Uses its arguments as labels of declared metrics.
#[counted(PARCELS_TOTAL { way: way })]
#[timed(JOURNEY_SECONDS { way: way })]
pub async fn declared(way: Way) {
    std::future::ready(()).await;
}

/// Uses an argument up in a value that is made for the label.
#[counted(LETTERS_TOTAL { town: display(town) })]
pub fn displayed(town: impl Display) {}

/// Looks at its result, and uses its argument as a label alone.
///
/// # Errors
///
/// Always.
#[counted(CALLS_TOTAL { town: town }, outcome)]
#[timed(busy, labels { length: |result| result.as_ref().map_or_else(String::len, |()| 0) })]
pub async fn judged(town: &str) -> Result<(), String> {
    Err("nobody is there".to_owned())
}

/// Calls a function for a label.
///
/// # Errors
///
/// Never.
#[counted(only = err, labels { town: name() })]
pub fn called(name: impl Fn() -> &'static str) -> Result<u8, u8> {
    Ok(1)
}

/// Makes its future elsewhere.
#[timed(labels { town: town })]
pub fn boxed<'a>(town: &'a str) -> Pin<Box<dyn Future<Output = u8> + Send + 'a>> {
    let made = async { 7 };
    Box::pin(made)
}

/// Has all three attributes and nothing else.
///
/// # Panics
///
/// If `panics` is true.
#[counted]
#[timed]
#[gauged]
pub async fn plain(panics: bool) -> u8 {
    assert!(!panics, "it was asked to");
    std::future::ready(3).await
}

/// The same without attributes.
///
/// # Panics
///
/// If `panics` is true.
pub async fn bare(panics: bool) -> u8 {
    assert!(!panics, "it was asked to");
    std::future::ready(3).await
}
