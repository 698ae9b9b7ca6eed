//! What the answers to scrapes cost, as metrics of the library's own, and how many may be under way at once.

use crate::callsite::{Declared, Spec};
use crate::clock::Moment;
use crate::declared::counter::Counter;
use crate::declared::gauge::Gauge;
use crate::declared::histogram::Histogram;
use crate::metric::counter::CounterHandle;
use crate::sync::{AtomicU64, Ordering};

/// One of several series of a counter, with the value of its only label.
macro_rules! series {
    ($name:literal, $help:literal, $label:literal = $value:literal) => {{
        static CELL: Declared = Declared::new(
            &Spec::counter($name, $help).labels(&[$label]).fixed(&[$value]).at(file!(), line!()),
        );
        Counter::<()>::declared(&CELL)
    }};
}

/// A counter by the code of the answer.
macro_rules! answers {
    ($code:literal) => {
        series!("metrics_core_scrapes_total", "Answers to scrapes by status code.", "code" = $code)
    };
}

/// A counter by what went wrong.
macro_rules! errors {
    ($cause:literal) => {
        series!(
            "metrics_core_scrape_errors_total",
            "Scrapes that were not told to their end: the scraper left, its deadline had passed, or compressing failed.",
            "cause" = $cause
        )
    };
}

static TOLD: Counter = answers!("200");
static BAD: Counter = answers!("400");
static OTHER_METHOD: Counter = answers!("405");
static BUSY: Counter = answers!("503");

static LEFT: Counter = errors!("scraper_left");
static LATE: Counter = errors!("deadline");
static NOT_COMPRESSED: Counter = errors!("compression");

static RUNNING: Gauge = {
    static CELL: Declared = Declared::new(
        &Spec::gauge("metrics_core_scrapes_in_flight", "Scrapes that are being answered now.")
            .fixed(&[])
            .at(file!(), line!()),
    );
    Gauge::declared(&CELL)
};

static SECONDS: Histogram = {
    static CELL: Declared = Declared::new(
        &Spec::histogram(
            "metrics_core_scrape_duration_seconds",
            "Seconds from a scrape's request until its last byte was handed over.",
            &[0.001, 0.01, 0.1, 1.0, 10.0],
        )
        .fixed(&[])
        .at(file!(), line!()),
    );
    Histogram::declared(&CELL)
};

static BYTES: Histogram = {
    static CELL: Declared = Declared::new(
        &Spec::histogram(
            "metrics_core_scrape_size_bytes",
            "Bytes of the answer to a scrape, as sent: compressed if it was.",
            &[1_024.0, 16_384.0, 262_144.0, 4_194_304.0, 67_108_864.0],
        )
        .fixed(&[])
        .at(file!(), line!()),
    );
    Histogram::declared(&CELL)
};

/// Registers all of them: they are there at 0 in the first scrape.
pub(crate) fn settle() {
    for counter in [&TOLD, &BAD, &OTHER_METHOD, &BUSY, &LEFT, &LATE, &NOT_COMPRESSED] {
        let _: CounterHandle = counter.handle();
    }
    RUNNING.handle();
    SECONDS.handle();
    BYTES.handle();
}

/// A request was refused because of what it asked for.
pub(crate) fn refuse_request() {
    BAD.inc();
}

/// A request was refused because of its method.
pub(crate) fn refuse_method() {
    OTHER_METHOD.inc();
}

/// Scrapes of all registries that are under way.
static UNDER_WAY: AtomicU64 = AtomicU64::new(0);

/// A scrape that is under way, until it is dropped.
#[derive(Debug)]
pub(crate) struct Scraping {
    began: Moment,
    bytes: u64,
    end: End,
}

/// How it ended.
#[derive(Clone, Copy, Debug)]
enum End {
    /// Nobody asked for the rest.
    Left,
    Late,
    NotCompressed,
    Told,
}

impl Scraping {
    /// One more, if no more than `most` are under way with it.
    pub(crate) fn begin(most: u64) -> Option<Self> {
        let one_more = |running: u64| (running < most).then_some(running + 1);
        if UNDER_WAY.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more).is_err() {
            BUSY.inc();
            return None;
        }
        TOLD.inc();
        RUNNING.inc();
        Some(Self { began: Moment::now(), bytes: 0, end: End::Left })
    }

    /// So many bytes were handed over.
    pub(crate) fn hand_over(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
    }

    /// The scraper's deadline has passed.
    pub(crate) fn be_late(&mut self) {
        self.end = End::Late;
    }

    /// Its bytes could not be compressed.
    pub(crate) fn fail_to_compress(&mut self) {
        self.end = End::NotCompressed;
    }

    /// Everything was handed over.
    pub(crate) fn finish(&mut self) {
        self.end = End::Told;
    }
}

impl Drop for Scraping {
    fn drop(&mut self) {
        UNDER_WAY.fetch_sub(1, Ordering::Relaxed);
        RUNNING.dec();
        SECONDS.observe(self.began.elapsed().duration());
        BYTES.observe(self.bytes as f64);
        match self.end {
            End::Told => {}
            End::Late => LATE.inc(),
            End::NotCompressed => NOT_COMPRESSED.inc(),
            End::Left => LEFT.inc(),
        }
    }
}
