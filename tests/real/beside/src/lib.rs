//! A plain atomic beside each annotated function.
//!
//! When the process ends, a file in the folder `BESIDE_REPORTS` says of each function what its atomic has and what its
//! metrics have.

use std::ffi::c_int;
use std::fmt::Write;
use std::pin::Pin;
use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

const SITES: usize = 4096;
static HITS: [AtomicU64; SITES] = [const { AtomicU64::new(0) }; SITES];
static AT_EXIT: Once = Once::new();

unsafe extern "C" {
    safe fn atexit(callback: extern "C" fn()) -> c_int;
}

/// Counts a call of the function with the number `site`.
pub fn hit(site: usize) {
    // The test harness has no last test, so this is the only place after all of them.
    AT_EXIT.call_once(|| assert_eq!(atexit(report), 0, "atexit takes the report"));
    HITS[site].fetch_add(1, Ordering::Relaxed);
}

/// A future that counts when it is polled first: beside functions that return the future of another one.
pub fn first_poll<F: Future>(site: usize, future: F) -> FirstPoll<F> {
    FirstPoll { site: Some(site), future: Box::pin(future) }
}

/// See [`first_poll`].
pub struct FirstPoll<F> {
    site: Option<usize>,
    future: Pin<Box<F>>,
}

impl<F: Future> Future for FirstPoll<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        if let Some(site) = self.site.take() {
            hit(site);
        }
        self.future.as_mut().poll(context)
    }
}

/// What the metrics say of one function; `None` is a series that is not in the scrape.
#[derive(Clone, Copy, Default)]
struct Told {
    calls: Option<u64>,
    ended: Option<u64>,
    in_flight: Option<i64>,
}

extern "C" fn report() {
    let Some(folder) = std::env::var_os("BESIDE_REPORTS") else { return };
    let program = std::env::current_exe().expect("the program has a path");
    let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let path = std::path::Path::new(&folder).join(format!("{name}.{}.tsv", std::process::id()));
    std::fs::write(path, lines()).expect("the folder of the reports can be written");
}

/// A line for each function that the program holds, and one for each thing that is wrong with its metrics.
fn lines() -> String {
    let mut lines = String::new();
    let told = told(&metrics_core::render());
    for (site, hits) in HITS.iter().enumerate() {
        let (hits, told) = (hits.load(Ordering::Relaxed), told[site]);
        if hits > 0 || told.calls.is_some() {
            let number = |value: Option<i64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
            let [calls, ended] =
                [told.calls, told.ended].map(|count| number(count.map(|count| count as i64)));
            let _ = writeln!(lines, "site\t{site}\t{hits}\t{calls}\t{ended}\t{}", number(told.in_flight));
        }
    }
    for problem in metrics_core::verify().err().unwrap_or_default() {
        let _ = writeln!(lines, "problem\t{problem}");
    }
    lines
}

fn told(scrape: &str) -> Vec<Told> {
    let mut told = vec![Told::default(); SITES];
    for line in scrape.lines().filter(|line| !line.starts_with('#')) {
        let Some((series, value)) = line.rsplit_once(' ') else { continue };
        if series == "metrics_core_registration_errors" {
            assert_eq!(value, "0", "nothing is left out: {:?}", metrics_core::verify());
        }
        let Some((name, labels)) = series.split_once('{') else { continue };
        let Some((_, site)) = labels.split_once("site=\"") else { continue };
        let site =
            site.split('"').next().and_then(|site| site.parse::<usize>().ok()).expect("a site is a number");
        if name.ends_with("_calls_total") {
            told[site].calls = value.parse().ok();
        } else if name.ends_with("_duration_seconds_count") {
            told[site].ended = value.parse().ok();
        } else if name.ends_with("_in_flight") {
            told[site].in_flight = value.parse().ok();
        }
    }
    told
}
