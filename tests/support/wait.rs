//! Waiting for a condition, with a bound.

use std::fmt::Display;
use std::thread;
use std::time::{Duration, Instant};

const PAUSE: Duration = Duration::from_millis(20);

/// Asks `ask` again and again until it answers `Ok`.
///
/// # Panics
///
/// When `limit` has passed: with what was waited for, and with the last answer.
pub fn until<T, E: Display>(what: impl Display, limit: Duration, mut ask: impl FnMut() -> Result<T, E>) -> T {
    let started = Instant::now();
    loop {
        match ask() {
            Ok(answer) => return answer,
            Err(reason) if started.elapsed() > limit => {
                panic!("waited {limit:?} for {what}: {reason}")
            }
            Err(_) => thread::sleep(PAUSE),
        }
    }
}
