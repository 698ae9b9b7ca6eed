//! Telling the series of families of one name, in order, in steps.

use std::time::{SystemTime, UNIX_EPOCH};
use std::{ptr, slice};

use crate::cell::SeriesId;
use crate::descriptor::Descriptor;
use crate::exemplars;
use crate::family::{Family, Lines};
#[cfg(feature = "native")]
use crate::native::snapshot::NativeSnapshot;
use crate::sample::{Detail, Distribution, Quantiles, RUN, Sink, Value};
use crate::sync::Arc;

/// About how many bytes of samples are told at once: so much work that nobody waits for it, and no more memory.
const STEP: usize = 16 * 1024;

/// How far the series of one or several families have been told.
///
/// It shows the series that there were when it began, without those that were removed since.
pub(crate) struct Telling {
    cursors: Vec<Cursor>,
}

/// A place among the series of one family.
struct Cursor {
    family: Arc<Family>,
    lines: Lines,
    block: usize,
    line: usize,
}

impl Telling {
    /// From the first series on. Where two families have a series with the same labels, the first one's is told (T-10).
    pub(crate) fn of(families: &[Arc<Family>]) -> Self {
        Self { cursors: families.iter().map(Cursor::of).collect() }
    }

    /// Tells the next few series, sorted by labels (T-9, T-14), under the description that they share; false once all
    /// were told.
    pub(crate) fn tell(&mut self, descriptor: &Descriptor, sink: &mut dyn Sink) -> bool {
        match self.cursors.as_mut_slice() {
            [only] => only.tell(RUN, descriptor, sink),
            _ => self.tell_next(descriptor, sink),
        }
    }

    /// Tells the line that comes first in any of the families.
    fn tell_next(&mut self, descriptor: &Descriptor, sink: &mut dyn Sink) -> bool {
        let texts = self.cursors.iter().filter_map(|cursor| Some(cursor.peek()?.0));
        let Some(next) = texts.min().map(str::to_owned) else { return false };
        let mut here =
            self.cursors.iter_mut().filter(|cursor| cursor.peek().is_some_and(|(text, _)| text == next));
        if let Some(first) = here.next() {
            first.tell(1, descriptor, sink);
        }
        here.for_each(|other| other.advance(1));
        true
    }
}

impl Cursor {
    fn of(family: &Arc<Family>) -> Self {
        Self { family: Arc::clone(family), lines: family.lines(), block: 0, line: 0 }
    }

    /// Tells the next lines of a block, at most so many; false if there are none.
    fn tell(&mut self, most: usize, descriptor: &Descriptor, sink: &mut dyn Sink) -> bool {
        let mut run = [("", SeriesId::NONE); RUN];
        let mut count = 0;
        let Some(block) = self.lines.block(self.block) else { return false };
        let mut bytes = 0;
        for (place, line) in run.iter_mut().zip(block.lines_from(self.line)).take(most) {
            *place = line;
            count += 1;
            bytes += descriptor.kind.samples() * (descriptor.name.len() + line.0.len());
            if bytes >= STEP {
                break;
            }
        }
        let run = &run[..count];
        if sink.wants_details() {
            let mut detailed =
                Detailed { sink, lines: run.iter(), created: block.created_from(self.line).iter() };
            self.family.tell(run, descriptor, &mut detailed);
        } else {
            self.family.tell(run, descriptor, sink);
        }
        self.advance(count);
        true
    }

    fn peek(&self) -> Option<(&str, SeriesId)> {
        self.lines.block(self.block)?.line(self.line)
    }

    fn advance(&mut self, lines: usize) {
        self.line += lines;
        if self.peek().is_none() {
            (self.block, self.line) = (self.block + 1, 0);
        }
    }
}

/// Tells the details of each series before its numbers: the kinds of metrics need not know of them.
struct Detailed<'a> {
    sink: &'a mut dyn Sink,
    /// The series that are told, in this order; some of them may be left out.
    lines: slice::Iter<'a, (&'a str, SeriesId)>,
    created: slice::Iter<'a, u32>,
}

impl Detailed<'_> {
    fn find(&mut self, labels: &str) {
        self.find_begun(labels, None);
    }

    /// The same of a series that may have been begun anew since it was made.
    fn find_begun(&mut self, labels: &str, anew: Option<SystemTime>) {
        let anew = anew.and_then(|anew| Some(anew.duration_since(UNIX_EPOCH).ok()?.as_secs() as u32));
        let lines = self.lines.by_ref().zip(self.created.by_ref());
        // Each text stands at a place of its own.
        let mut these = lines.skip_while(|((text, _), _)| !ptr::eq(*text, labels));
        if let Some(((_, id), created)) = these.next() {
            self.sink.detail(Detail { created: anew.unwrap_or(*created), exemplars: exemplars::of(*id) });
        }
    }
}

impl Sink for Detailed<'_> {
    fn family(&mut self, descriptor: &Descriptor) {
        self.sink.family(descriptor);
    }

    fn number(&mut self, labels: &str, value: Value) {
        self.find(labels);
        self.sink.number(labels, value);
    }

    fn state(&mut self, labels: &str, states: &[&str], active: usize) {
        self.sink.state(labels, states, active);
    }

    fn distribution(&mut self, labels: &str, value: &Distribution<'_>) {
        self.find(labels);
        self.sink.distribution(labels, value);
    }

    #[cfg(feature = "native")]
    fn native(&mut self, labels: &str, exponential: &NativeSnapshot, classic: &Distribution<'_>) {
        self.find_begun(labels, exponential.begun_anew);
        self.sink.native(labels, exponential, classic);
    }

    fn quantiles(&mut self, labels: &str, value: &Quantiles<'_>) {
        self.find(labels);
        self.sink.quantiles(labels, value);
    }
}
