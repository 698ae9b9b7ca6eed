//! The process as a whole: the library's own metrics, and whether everybody's fit together.

use crate::callsite::{self, Declared, Spec};
use crate::collector::Registered;
use crate::declared::gauge::Gauge;
use crate::exposition::Exposition;
use crate::filter::Filter;
use crate::problem::Problem;
use crate::record::RECORD;
use crate::registry;
use crate::scrapes;
use crate::sync::Arc;

// The library's own statics are not gathered by the linker: a scrape touches them, and that registers them.

static BUILD_INFO: Gauge = {
    static CELL: Declared = Declared::new(
        &Spec::gauge("metrics_core_build_info", "The version of the metrics library, as a label; always 1.")
            .labels(&["version"])
            .fixed(&[env!("CARGO_PKG_VERSION")])
            .at(file!(), line!()),
    );
    Gauge::declared(&CELL)
};

static FAMILIES: Gauge = {
    static CELL: Declared = Declared::new(
        &Spec::gauge("metrics_core_families", "Metrics in the global registry, the library's own included.")
            .fixed(&[])
            .at(file!(), line!()),
    );
    Gauge::declared(&CELL)
};

static REGISTRATION_ERRORS: Gauge = {
    static CELL: Declared = Declared::new(
        &Spec::gauge(
            "metrics_core_registration_errors",
            "Metrics left out because their name belongs to another one; verify() names them.",
        )
        .fixed(&[])
        .at(file!(), line!()),
    );
    Gauge::declared(&CELL)
};

/// Whether all metrics of the program fit together.
///
/// Two metrics of one name that differ in kind, labels or buckets can't both be exposed: the later one, by file and
/// line, is left out of every scrape. Two annotated functions of one name in one module count in one series. A program
/// runs on with either; one line in a test of yours finds them. The collectors of the global registry are asked once,
/// and what they do wrong is told too.
///
/// # Errors
///
/// Every problem, each a sentence with the name and the places.
///
/// # Examples
///
/// ```
/// if let Err(problems) = metrics_core::verify() {
///     panic!("{problems:#?}");
/// }
/// ```
pub fn verify() -> Result<(), Vec<Problem>> {
    if !RECORD {
        return Ok(());
    }
    callsite::settle();
    let mut problems = callsite::problems();
    problems.extend(collector_problems());
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// What the collectors do wrong when they are asked now.
fn collector_problems() -> Vec<Problem> {
    Exposition::of(&[&registry::GLOBAL], Filter::default());
    let problems = |collector: Arc<Registered>| {
        let failures = collector.last_failures().into_iter();
        failures.map(move |failure| Problem::collector(&collector.name, failure)).collect::<Vec<_>>()
    };
    registry::GLOBAL.collectors().into_iter().flat_map(problems).collect()
}

/// Registers all there is and brings the library's own metrics up to date.
pub(crate) fn refresh() {
    callsite::settle();
    let left_out = callsite::problems().iter().filter(|problem| problem.is_left_out()).count();
    scrapes::settle();
    BUILD_INFO.set(1);
    REGISTRATION_ERRORS.set(left_out);
    // First a touch, so that it counts itself.
    let families = FAMILIES.handle();
    families.set(registry::GLOBAL.len());
}
