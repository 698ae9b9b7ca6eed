//! The bytes of a scrape, made while they are sent.

use std::io;
use std::time::Instant;

use bytes::{Bytes, BytesMut};

use super::coding::Coding;
use crate::exposition::walk::Walk;
use crate::sample::Encoder;
use crate::scrapes::Scraping;

/// The most bytes that are handed over at once: what fits is sent with its length.
const CHUNK: usize = 32 * 1024;

/// About how many bytes of samples are written before others get a turn on the thread: they are written, and
/// compressed, in far less than a millisecond.
const SLICE: usize = 16 * 1024;

/// A scrape that is under way: what was told but not handed over is at most a chunk and a slice.
pub(crate) struct Stream {
    walk: Walk,
    encoder: Box<dyn Encoder>,
    coding: Coding,
    deadline: Option<Instant>,
    /// Told, but not handed over.
    ready: BytesMut,
    state: State,
    scraping: Scraping,
}

enum State {
    Telling,
    Told,
    /// It can't be told to its end, and nobody may take it for whole; none once that was said.
    Broken(Option<io::Error>),
}

/// What [`Stream::work`] comes to.
pub(crate) enum Progress {
    /// This much can be handed over.
    Chunk(Bytes),
    /// Not enough yet: others should have a turn before it goes on.
    More,
    /// There is nothing more.
    End,
}

impl Stream {
    pub(crate) fn new(
        walk: Walk,
        encoder: Box<dyn Encoder>,
        coding: Coding,
        deadline: Option<Instant>,
        scraping: Scraping,
    ) -> Self {
        let (ready, state) = (BytesMut::new(), State::Telling);
        Self { walk, encoder, coding, deadline, ready, state, scraping }
    }

    /// Hands over a chunk, or tells one more slice.
    ///
    /// # Errors
    ///
    /// Once, if the scraper's deadline has passed: a short but well-formed body would make the series that are missing
    /// stale.
    pub(crate) fn work(&mut self) -> io::Result<Progress> {
        if let State::Broken(error) = &mut self.state {
            return error.take().map_or(Ok(Progress::End), Err);
        }
        if !self.is_ready() {
            self.tell();
            return Ok(Progress::More);
        }
        if self.ready.is_empty() {
            return Ok(Progress::End);
        }
        let chunk = self.ready.split_to(CHUNK.min(self.ready.len())).freeze();
        self.hand_over(chunk.len());
        Ok(Progress::Chunk(chunk))
    }

    /// Whether enough was told to be handed over, or all that there will be.
    pub(crate) fn is_ready(&self) -> bool {
        self.ready.len() >= CHUNK || !matches!(self.state, State::Telling)
    }

    /// Everything, if it was told and fits one chunk.
    pub(crate) fn take_whole(&mut self) -> Option<Bytes> {
        if !matches!(self.state, State::Told) || self.ready.len() > CHUNK {
            return None;
        }
        let whole = self.ready.split().freeze();
        self.hand_over(whole.len());
        Some(whole)
    }

    /// Nobody wants to have it: only what it would have been.
    pub(crate) fn waive(mut self) {
        if !matches!(self.state, State::Broken(_)) {
            self.scraping.finish();
        }
    }

    /// Whether everything was handed over.
    pub(crate) fn is_over(&self) -> bool {
        match &self.state {
            State::Telling => false,
            State::Told => self.ready.is_empty(),
            State::Broken(error) => error.is_none(),
        }
    }

    /// Tells one slice.
    pub(crate) fn tell(&mut self) {
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            self.scraping.be_late();
            self.break_off(io::Error::new(io::ErrorKind::TimedOut, "the scraper's deadline has passed"));
        } else if let Err(error) = self.tell_slice() {
            self.scraping.fail_to_compress();
            self.break_off(error);
        }
    }

    fn tell_slice(&mut self) -> io::Result<()> {
        let mut more = true;
        while more && self.encoder.written().len() < SLICE {
            more = self.walk.step(&mut *self.encoder);
        }
        if !more {
            self.encoder.end();
        }
        self.coding.encode(self.encoder.written(), &mut self.ready)?;
        self.encoder.clear();
        if !more {
            self.coding.finish(&mut self.ready)?;
            self.state = State::Told;
        }
        Ok(())
    }

    fn break_off(&mut self, error: io::Error) {
        self.ready.clear();
        self.state = State::Broken(Some(error));
    }

    fn hand_over(&mut self, bytes: usize) {
        self.scraping.hand_over(bytes);
        if self.is_over() {
            self.scraping.finish();
        }
    }
}
