//! Telling the series of families of one name, in order, in steps.

use crate::cell::SeriesId;
use crate::descriptor::Descriptor;
use crate::family::{Family, Lines};
use crate::sample::{RUN, Sink};
use crate::sync::Arc;

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
        for (place, line) in run.iter_mut().zip(block.lines_from(self.line)).take(most) {
            *place = line;
            count += 1;
        }
        self.family.tell(&run[..count], descriptor, sink);
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
