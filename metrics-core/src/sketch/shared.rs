//! What the threads share of one series' window, behind one lock that a warm observation does not take.

use super::slices::{Counted, Slices, Span};
use super::track::Track;
use crate::cell::SeriesId;

/// The slices that are read, and the tracks of the threads that count by themselves.
///
/// Windows are never freed but handed on; whose one is now, it says itself.
pub(crate) struct Shared {
    owner: SeriesId,
    /// What threads without a track counted, and what was moved here from tracks.
    slices: Slices,
    tracks: Vec<&'static Track>,
}

impl Shared {
    pub(crate) fn nobodys() -> Self {
        Self { owner: SeriesId::NONE, slices: Slices::new(Span::new(1), 1), tracks: Vec::new() }
    }

    pub(crate) fn begin(&mut self, owner: SeriesId, slices: Slices) {
        (self.owner, self.slices) = (owner, slices);
    }

    /// Forgets everything. Whoever still writes a track writes what nobody reads.
    pub(crate) fn end(&mut self) {
        self.tracks.drain(..).for_each(Track::retire);
        *self = Self::nobodys();
    }

    pub(crate) fn is_of(&self, owner: SeriesId) -> bool {
        self.owner == owner
    }

    /// Counts a value for a thread that can't do it by itself, and sees to it that it can, if it has a track.
    pub(crate) fn observe(&mut self, track: Option<&Track>, now: u64, value: f64) {
        self.slices.add(now, value);
        if let Some(track) = track
            && track.make_room(value)
        {
            track.settle(&mut self.slices);
        }
    }

    /// Lets a thread count in a track of its own, which is nobody's yet.
    pub(crate) fn join(&mut self, track: &'static Track) {
        track.hand_to(self.owner, self.slices.span());
        self.tracks.push(track);
    }

    /// A thread ends, and leaves here what it counted.
    pub(crate) fn leave(&mut self, track: &Track) {
        if let Some(place) = self.tracks.iter().position(|there| std::ptr::eq(*there, track)) {
            track.settle(&mut self.slices);
            track.retire();
            self.tracks.swap_remove(place);
        }
    }

    /// What was counted in the window that ends at `now`.
    pub(crate) fn window(&mut self, now: u64) -> Counted {
        for track in &self.tracks {
            track.fold_finished(&mut self.slices);
        }
        let window = self.slices.window(now);
        let mut total = self.slices.counted(&window);
        for track in &self.tracks {
            track.read(&window, &mut total);
        }
        total
    }
}
