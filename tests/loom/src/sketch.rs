//! The runtime's quantiles of a window, with threads that are values.

#[path = "../../../metrics-core/src/sketch/shared.rs"]
mod shared;
#[path = "../../../metrics-core/src/sketch/slices.rs"]
mod slices;
#[path = "../../../metrics-core/src/sketch/track.rs"]
mod track;

use crate::cell::SeriesId;
use crate::sync::{Arc, Mutex, lock};

/// The sketch of a series, whose slices are a tick long.
#[derive(Clone)]
pub(crate) struct Sketch {
    shared: Arc<Mutex<shared::Shared>>,
    owner: SeriesId,
}

/// What a thread counts of a series.
#[derive(Clone, Copy)]
pub(crate) struct Track(&'static track::Track);

impl Sketch {
    /// A window of so many slices.
    pub(crate) fn new(owner: SeriesId, slices: u32) -> Self {
        let mut shared = shared::Shared::nobodys();
        shared.begin(owner, slices::Slices::new(slices::Span::new(1), slices));
        Self { shared: Arc::new(Mutex::new(shared)), owner }
    }

    /// As the runtime observes: in the track of the thread, else under the lock.
    pub(crate) fn observe(&self, track: Track, now: u64, value: f64) {
        if !track.0.observe(self.owner, now, value) {
            let mut shared = lock(&self.shared);
            if shared.is_of(self.owner) {
                shared.observe(Some(track.0), now, value);
            }
        }
    }

    /// How many values are in the window that ends at `now`.
    pub(crate) fn count(&self, now: u64) -> u64 {
        lock(&self.shared).window(now).total()
    }

    pub(crate) fn join(&self, track: Track) {
        lock(&self.shared).join(track.0);
    }

    /// The end of the thread.
    pub(crate) fn leave(&self, track: Track) {
        lock(&self.shared).leave(track.0);
    }

    /// The end of the series.
    pub(crate) fn end(&self) {
        lock(&self.shared).end();
    }
}

impl Track {
    pub(crate) fn new() -> Self {
        Self(Box::leak(Box::new(track::Track::new())))
    }

    /// Whether the thread may hand it to another series.
    pub(crate) fn is_nobodys(self) -> bool {
        self.0.is_nobodys()
    }
}
