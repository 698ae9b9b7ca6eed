//! What tests need: a clock that stands still until it is told to move.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use quanta::Mock;

use crate::clock;

/// The clock of this process, moved by hand: what is timed takes as long as the test says.
///
/// It times all annotated calls, timers and windows of summaries in the process. Needs the feature `testing`.
///
/// # Examples
///
/// ```standalone_crate
/// use metrics_core::testing::ManualClock;
/// use metrics_core::{metrics, timed};
/// use std::time::Duration;
///
/// metrics! {
///     /// Seconds a visit took.
///     static VISIT_SECONDS: Histogram;
/// }
///
/// #[timed(VISIT_SECONDS)]
/// fn visit(clock: &ManualClock) {
///     clock.advance(Duration::from_millis(1_500));
/// }
///
/// let clock = ManualClock::install()?;
/// visit(&clock);
/// assert_eq!(VISIT_SECONDS.handle().sum(), 1.5);
/// # Ok::<(), metrics_core::testing::ClockIsRunning>(())
/// ```
#[derive(Clone)]
pub struct ManualClock(Arc<Mock>);

impl ManualClock {
    /// Puts a clock that stands still in the place of the real one, for the rest of the process.
    ///
    /// # Errors
    ///
    /// When a clock is running already: it starts when something is timed, scraped or registered for the first time. Make
    /// it the first thing that the test's program does, once.
    pub fn install() -> Result<Self, ClockIsRunning> {
        let (clock, mock) = quanta::Clock::mock();
        if clock::replace(clock) { Ok(Self(mock)) } else { Err(ClockIsRunning) }
    }

    /// Moves the clock on, for all threads.
    pub fn advance(&self, time: Duration) {
        self.0.increment(time);
    }
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ManualClock").field(&Duration::from_nanos(self.0.value())).finish()
    }
}

/// The clock can't be replaced any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockIsRunning;

impl fmt::Display for ClockIsRunning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the clock is running already: install the manual one before anything is timed, scraped or registered")
    }
}

impl std::error::Error for ClockIsRunning {}
