//! Reading time: raw ticks for durations, the wall clock for timestamps.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use quanta::Clock;

use crate::sync::OnceCell;

/// The clock, and what one of its ticks is worth.
struct Ticking {
    clock: Clock,
    seconds: f64,
    /// When it was built.
    start: Moment,
}

static TICKING: OnceCell<Ticking> = OnceCell::new();

/// So many ticks are converted to find what one is worth: enough for all digits, and no more than quanta can multiply.
const MANY: u64 = 1 << 40;

/// Builds the clock. It measures how fast the processor's counter runs, which takes a moment: registration calls this,
/// so that no timed call has to.
pub(crate) fn start() {
    ticking();
}

/// Puts another clock in the place of the one that has not been built yet; false if it has.
#[cfg(feature = "testing")]
pub(crate) fn replace(clock: Clock) -> bool {
    TICKING.set(Ticking::of(clock)).is_ok()
}

#[inline]
fn ticking() -> &'static Ticking {
    TICKING.get_or_init(|| Ticking::of(Clock::new()))
}

impl Ticking {
    #[cold]
    fn of(clock: Clock) -> Self {
        let seconds = clock.delta_as_nanos(0, MANY) as f64 / MANY as f64 * 1e-9;
        let start = Moment(clock.raw());
        Self { clock, seconds, start }
    }
}

/// A moment, in raw ticks since some other one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment(u64);

impl Moment {
    /// Stands where nobody asks for the time.
    pub(crate) const UNKNOWN: Self = Self(0);

    #[inline]
    pub(crate) fn now() -> Self {
        Self(ticking().clock.raw())
    }

    /// The time since; none if the ticks of two processor cores are apart by more than has passed.
    #[inline]
    pub(crate) fn elapsed(self) -> Ticks {
        Ticks(Self::now().0.saturating_sub(self.0))
    }
}

/// A length of time in raw ticks: what is counted while it is short, and becomes seconds when it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticks(u64);

impl Ticks {
    #[inline]
    pub(crate) fn new(count: u64) -> Self {
        Self(count)
    }

    #[inline]
    pub(crate) fn seconds(self) -> f64 {
        self.0 as f64 * ticking().seconds
    }

    pub(crate) fn duration(self) -> Duration {
        Duration::try_from_secs_f64(self.seconds()).unwrap_or(Duration::MAX)
    }

    #[inline]
    pub(crate) fn count(self) -> u64 {
        self.0
    }

    /// The length of so many seconds.
    pub(crate) fn of(seconds: f64) -> Self {
        // As a float saturates: below 0 it is none, and there is a longest one.
        Self((seconds / ticking().seconds).round() as u64)
    }

    /// How many lengths of time, from no ticks on, are at most so many seconds, as [`seconds`](Self::seconds) tells them.
    pub(crate) fn within(seconds: f64) -> u64 {
        // A bound below 0 holds nothing, one beyond all times holds everything.
        let Self(mut count) = Self::of(seconds);
        while count > 0 && Self(count - 1).seconds() > seconds {
            count -= 1;
        }
        while count < u64::MAX && Self(count).seconds() <= seconds {
            count += 1;
        }
        count
    }
}

impl std::ops::AddAssign for Ticks {
    fn add_assign(&mut self, more: Self) {
        self.0 = self.0.saturating_add(more.0);
    }
}

/// The time since the clock was built.
#[inline]
pub(crate) fn since_start() -> Ticks {
    let Ticking { clock, start, .. } = ticking();
    Ticks(clock.raw().saturating_sub(start.0))
}

/// The same in seconds.
#[cfg(any(feature = "native", feature = "traces"))]
pub(crate) fn uptime() -> f64 {
    since_start().seconds()
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
    use std::time::Instant;

    use super::*;

    #[test]
    fn ticks_are_seconds_when_they_are_told() {
        let before = Instant::now();
        let moment = Moment::now();
        std::thread::sleep(Duration::from_millis(50));
        let elapsed = moment.elapsed();
        let at_most = before.elapsed().as_secs_f64() * 1.01;
        assert!((0.049..=at_most).contains(&elapsed.seconds()), "{elapsed:?} {at_most}");
        assert!((elapsed.duration().as_secs_f64() - elapsed.seconds()).abs() < 2e-9);
    }

    #[test]
    fn a_length_of_time_is_within_a_bound_as_its_seconds_are() {
        for bound in [0.0, 1e-9, 0.005, 0.1, 1.0, 10.0, 86_400.0] {
            let within = Ticks::within(bound);
            assert!(Ticks(within - 1).seconds() <= bound && Ticks(within).seconds() > bound, "{bound}");
        }
        assert_eq!(Ticks::within(-1.0), 0);
        assert_eq!(Ticks::within(f64::MAX), u64::MAX);
    }
}
