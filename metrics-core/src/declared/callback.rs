//! Declared callbacks.

use std::fmt;

use crate::callsite::Declared;

/// A counter or gauge whose number is asked for at each scrape.
///
/// `metrics!` declares it where a metric names a `callback`, a function without arguments that returns a number. It is
/// called by the thread that renders, so it should be quick. If it panics, the metric is left out of that scrape and
/// counted in `metrics_core_dropped_observations_total`.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// fn answer() -> u64 {
///     42
/// }
///
/// metrics! {
///     /// The answer.
///     #[metric(callback = answer)]
///     static ANSWER: Gauge;
/// }
///
/// assert!(metrics_core::render().contains("\nanswer 42\n"));
/// ```
pub struct Callback {
    cell: &'static Declared,
}

impl Callback {
    #[doc(hidden)]
    pub const fn declared(cell: &'static Declared) -> Self {
        Self { cell }
    }

    /// The name it is exposed under.
    pub fn name(&self) -> &str {
        self.cell.spec.name()
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Callback").field(&self.name()).finish()
    }
}
