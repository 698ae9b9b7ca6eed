//! A clock whose ticks are seconds.

#[derive(Clone, Copy)]
pub(crate) struct Ticks(u64);

impl Ticks {
    pub(crate) fn new(count: u64) -> Self {
        Self(count)
    }

    pub(crate) fn count(self) -> u64 {
        self.0
    }

    pub(crate) fn seconds(self) -> f64 {
        self.0 as f64
    }
}
