//! The series of a family in the order in which they are told, in blocks that a scrape shares instead of copying.
//!
//! A line is put where it belongs when its series is made, so that a scrape sorts nothing. Whoever makes or removes a
//! series while a scrape still looks at its block changes a copy of that block: nobody waits.

use crate::cell::SeriesId;
use crate::sync::Arc;

/// The most lines of a block: it may have to be copied by whoever makes a series.
const MOST: usize = 256;

/// Sorted by their text.
#[derive(Clone, Default)]
pub(crate) struct Lines(Arc<Vec<Arc<Block>>>);

/// Some neighbouring lines; never none.
#[derive(Clone, Default)]
pub(crate) struct Block {
    /// The texts of all lines, one after the other.
    text: String,
    /// Where each of them ends.
    ends: Vec<u32>,
    series: Vec<SeriesId>,
    /// When each was made, in seconds since the Unix epoch.
    created: Vec<u32>,
}

impl Lines {
    /// Puts a line where it belongs.
    pub(super) fn insert(&mut self, text: &str, id: SeriesId, created: u32) {
        let at = self.block_of(text);
        let blocks = Arc::make_mut(&mut self.0);
        let is_last = at + 1 >= blocks.len();
        let Some(block) = blocks.get_mut(at) else {
            return blocks.push(Arc::new(Block::of(text, id, created)));
        };
        let place = block.place(text);
        if block.len() < MOST {
            return Arc::make_mut(block).insert(place, text, id, created);
        }
        if is_last && place == MOST {
            // Lines that come in order leave full blocks behind.
            Arc::make_mut(block).shrink();
            return blocks.push(Arc::new(Block::of(text, id, created)));
        }
        let back = Arc::make_mut(block).split();
        let half = block.len();
        let mut back = Arc::new(back);
        let (block, place) = if place > half { (&mut back, place - half) } else { (block, place) };
        Arc::make_mut(block).insert(place, text, id, created);
        blocks.insert(at + 1, back);
    }

    /// Takes a line away.
    pub(super) fn remove(&mut self, text: &str) {
        let at = self.block_of(text);
        let blocks = Arc::make_mut(&mut self.0);
        let Some(block) = blocks.get_mut(at) else { return };
        let place = block.place(text);
        if block.line(place).is_none_or(|(there, _)| there != text) {
            return;
        }
        if block.len() == 1 {
            blocks.remove(at);
            return;
        }
        Arc::make_mut(block).remove(place);
        let len = block.len();
        // So that many removals don't leave many small blocks.
        if blocks.get(at + 1).is_some_and(|next| len + next.len() <= MOST / 2) {
            let next = blocks.remove(at + 1);
            Arc::make_mut(&mut blocks[at]).append(&next);
        }
    }

    /// All lines in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, SeriesId)> {
        self.0.iter().flat_map(|block| block.lines_from(0))
    }

    pub(crate) fn block(&self, number: usize) -> Option<&Block> {
        self.0.get(number).map(|block| &**block)
    }

    /// The number of the block that the text belongs to.
    fn block_of(&self, text: &str) -> usize {
        let starts_before = |block: &Arc<Block>| block.line(0).is_some_and(|(first, _)| first <= text);
        self.0.partition_point(starts_before).saturating_sub(1)
    }
}

impl Block {
    fn of(text: &str, id: SeriesId, created: u32) -> Self {
        let mut block = Self::default();
        block.insert(0, text, id, created);
        block
    }

    fn len(&self) -> usize {
        self.series.len()
    }

    /// The line at a place, and its series.
    pub(crate) fn line(&self, at: usize) -> Option<(&str, SeriesId)> {
        let id = *self.series.get(at)?;
        Some((&self.text[self.start(at)..self.start(at + 1)], id))
    }

    /// The lines from a place on.
    pub(crate) fn lines_from(&self, at: usize) -> impl Iterator<Item = (&str, SeriesId)> {
        let mut start = self.start(at);
        let rest = self.ends.iter().zip(&self.series).skip(at);
        rest.map(move |(end, id)| {
            let text = &self.text[start..*end as usize];
            start = *end as usize;
            (text, *id)
        })
    }

    /// When the series of these lines were made.
    pub(crate) fn created_from(&self, at: usize) -> &[u32] {
        self.created.get(at..).unwrap_or_default()
    }

    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(0, |before| self.ends[before] as usize)
    }

    /// The place of the first line that does not come before `text`.
    fn place(&self, text: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.line(middle).is_some_and(|(line, _)| line < text) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn insert(&mut self, at: usize, text: &str, id: SeriesId, created: u32) {
        if self.text.capacity() - self.text.len() < text.len() {
            // Not twice as much, which most blocks would never use.
            self.text.reserve_exact(text.len() + self.text.len() / 8);
        }
        if self.series.len() == self.series.capacity() {
            self.series.reserve_exact(1 + self.series.len() / 8);
            self.ends.reserve_exact(1 + self.ends.len() / 8);
            self.created.reserve_exact(1 + self.created.len() / 8);
        }
        let start = self.start(at);
        self.text.insert_str(start, text);
        self.ends.insert(at, start as u32);
        self.ends[at..].iter_mut().for_each(|end| *end += text.len() as u32);
        self.series.insert(at, id);
        self.created.insert(at, created);
    }

    fn remove(&mut self, at: usize) {
        let (start, end) = (self.start(at), self.start(at + 1));
        self.text.replace_range(start..end, "");
        self.ends.remove(at);
        self.ends[at..].iter_mut().for_each(|later| *later -= (end - start) as u32);
        self.series.remove(at);
        self.created.remove(at);
    }

    /// Takes the second half of the lines away.
    fn split(&mut self) -> Self {
        let half = self.len() / 2;
        let start = self.start(half);
        let mut back = Self {
            text: self.text.split_off(start),
            ends: self.ends.split_off(half),
            series: self.series.split_off(half),
            created: self.created.split_off(half),
        };
        back.ends.iter_mut().for_each(|end| *end -= start as u32);
        self.shrink();
        back.shrink();
        back
    }

    /// Gives back the room that was reserved.
    fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.series.shrink_to_fit();
        self.created.shrink_to_fit();
    }

    fn append(&mut self, next: &Self) {
        let end = self.text.len() as u32;
        self.text.push_str(&next.text);
        self.ends.extend(next.ends.iter().map(|own| own + end));
        self.series.extend(&next.series);
        self.created.extend(&next.created);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn id(number: u64) -> SeriesId {
        SeriesId::from_bits(number)
    }

    fn check(lines: &Lines, truth: &BTreeMap<String, u64>) {
        let told: Vec<(&str, SeriesId)> = lines.iter().collect();
        let expected: Vec<(&str, SeriesId)> =
            truth.iter().map(|(text, number)| (text.as_str(), id(*number))).collect();
        assert!(told == expected);
        let created = lines.0.iter().flat_map(|block| block.created_from(0)).copied();
        assert!(created.eq(truth.values().map(|number| *number as u32)));
        assert!(lines.0.iter().all(|block| (1..=MOST).contains(&block.len())));
    }

    #[test]
    fn lines_stay_in_order_whatever_comes_and_goes() {
        let (mut lines, mut truth) = (Lines::default(), BTreeMap::new());
        let mut state = 1_u64;
        for step in 0..20_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let text = format!("a=\"{}\"", (state >> 33) % 3_000);
            // Many come first, and many go later.
            if (state >> 20) % 100 < if step < 8_000 { 80 } else { 30 } {
                if truth.insert(text.clone(), step).is_some() {
                    lines.remove(&text);
                }
                lines.insert(&text, id(step), step as u32);
            } else {
                truth.remove(&text);
                lines.remove(&text);
            }
            if step % 1_000 == 0 {
                check(&lines, &truth);
            }
        }
        check(&lines, &truth);
        assert!(lines.0.len() <= 2 + truth.len() / (MOST / 8), "{} blocks", lines.0.len());
    }

    #[test]
    fn lines_that_come_in_order_fill_their_blocks() {
        let mut lines = Lines::default();
        for number in 0..10 * MOST as u64 {
            lines.insert(&format!("{number:08}"), id(number), 0);
        }
        assert_eq!(lines.0.len(), 10);
        lines.remove("00000000");
        lines.remove("not there");
        assert_eq!(lines.iter().count(), 10 * MOST - 1);
    }

    #[test]
    fn whoever_looks_sees_no_change() {
        let mut lines = Lines::default();
        lines.insert("a", id(1), 1);
        lines.insert("c", id(3), 3);
        let seen = lines.clone();
        lines.insert("b", id(2), 2);
        lines.remove("a");
        assert_eq!(seen.iter().map(|(text, _)| text).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(lines.iter().map(|(text, _)| text).collect::<Vec<_>>(), ["b", "c"]);
    }
}
