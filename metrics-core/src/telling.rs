//! Telling the series of families of one name, in order, in steps.

use std::cmp::Ordering;

use crate::cell::SeriesId;
use crate::descriptor::Descriptor;
use crate::family::{Family, Lines};
use crate::sample::Sink;
use crate::sync::Arc;

/// How far the series of one or several families have been told.
///
/// It shows the series that there were when it began, without those that were removed since.
pub(crate) struct Telling {
    cursors: Vec<Cursor>,
}

struct Cursor {
    family: Arc<Family>,
    lines: Lines,
    block: usize,
    line: usize,
}

impl Telling {
    /// From the first series on. Where two families have a series with the same labels, the first one's is told (T-10).
    pub(crate) fn of(families: &[Arc<Family>]) -> Self {
        let cursor = |family: &Arc<Family>| Cursor {
            family: Arc::clone(family),
            lines: family.lines(),
            block: 0,
            line: 0,
        };
        Self { cursors: families.iter().map(cursor).collect() }
    }

    /// Tells the next series, sorted by labels (T-9, T-14), at most so many, under the description that they share;
    /// false once all were told.
    pub(crate) fn tell(&mut self, descriptor: &Descriptor, most: usize, sink: &mut dyn Sink) -> bool {
        (0..most).all(|_| self.tell_next(descriptor, sink))
    }

    fn tell_next(&mut self, descriptor: &Descriptor, sink: &mut dyn Sink) -> bool {
        let Some(next) = self.next() else { return false };
        let cursor = &self.cursors[next];
        if let Some((labels, id)) = cursor.peek() {
            cursor.family.tell(id, descriptor, labels, sink);
        }
        self.pass(next);
        true
    }

    /// Which of the cursors has the next line.
    fn next(&self) -> Option<usize> {
        let lines = self.cursors.iter().enumerate();
        let texts = lines.filter_map(|(number, cursor)| Some((number, cursor.peek()?.0)));
        // The first of those that are equal.
        texts.min_by(|(_, one), (_, other)| one.cmp(other)).map(|(number, _)| number)
    }

    /// Goes beyond the line of this cursor, wherever it stands.
    fn pass(&mut self, number: usize) {
        let (front, rest) = self.cursors.split_at_mut(number);
        let Some((told, rest)) = rest.split_first_mut() else { return };
        let text = told.peek().map(|(text, _)| text);
        for other in front.iter_mut().chain(rest) {
            if other.peek().map(|(own, _)| own).cmp(&text) == Ordering::Equal {
                other.advance();
            }
        }
        told.advance();
    }
}

impl Cursor {
    fn peek(&self) -> Option<(&str, SeriesId)> {
        self.lines.block(self.block)?.line(self.line)
    }

    fn advance(&mut self) {
        self.line += 1;
        if self.peek().is_none() {
            (self.block, self.line) = (self.block + 1, 0);
        }
    }
}
