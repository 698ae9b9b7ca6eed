//! Reading time: raw ticks for durations, the wall clock for timestamps.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use quanta::Clock;

use crate::sync::OnceCell;

static CLOCK: OnceCell<Clock> = OnceCell::new();

/// Builds the clock. It measures how fast the processor's counter runs, which takes a moment: registration calls this,
/// so that no timed call has to.
pub(crate) fn start() {
    clock();
    uptime();
}

fn clock() -> &'static Clock {
    CLOCK.get_or_init(Clock::new)
}

/// A moment in raw ticks; they become seconds when they are observed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment(u64);

impl Moment {
    #[inline]
    pub(crate) fn now() -> Self {
        Self(clock().raw())
    }

    /// The seconds since; 0 if the ticks of two processor cores are apart by more than has passed.
    #[inline]
    pub(crate) fn seconds(self) -> f64 {
        let clock = clock();
        clock.delta_as_nanos(self.0, clock.raw()) as f64 * 1e-9
    }

    /// The time since; zero as for [`seconds`](Self::seconds).
    pub(crate) fn elapsed(self) -> Duration {
        let clock = clock();
        clock.delta(self.0, clock.raw())
    }
}

/// The time since this was first asked for.
pub(crate) fn uptime() -> Duration {
    static START: OnceCell<Instant> = OnceCell::new();
    START.get_or_init(Instant::now).elapsed()
}

/// Seconds since the Unix epoch, negative before it.
pub(crate) fn unix_seconds() -> f64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_secs_f64(),
        Err(before) => -before.duration().as_secs_f64(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_seconds_when_they_are_told() {
        let before = Instant::now();
        let moment = Moment::now();
        std::thread::sleep(Duration::from_millis(50));
        let seconds = moment.seconds();
        let elapsed = moment.elapsed().as_secs_f64();
        let at_most = before.elapsed().as_secs_f64() * 1.01;
        assert!((0.049..=at_most).contains(&seconds), "{seconds} {at_most}");
        assert!((seconds..=at_most).contains(&elapsed), "{elapsed} {at_most}");
    }
}
