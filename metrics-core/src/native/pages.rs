//! The pages of a series: what its threads share, behind one lock that a warm write does not take.

use std::collections::BTreeMap;
use std::time::SystemTime;

use super::key;
use super::page::{Grid, Name, Page};
use super::snapshot::NativeSnapshot;
use super::view::View;
use crate::cell::words::{distribution, native as words};
use crate::cell::{self, SeriesId, Tenant};
use crate::clock;
use crate::descriptor::Native;
use crate::directory::HandedOn;
use crate::faults::Faults;
use crate::sync::{Arc, Locked, Mutex, lock};

static PAGES: HandedOn<Mutex<Pages>> = HandedOn::new();

/// The pages of one series.
struct Pages {
    owner: SeriesId,
    native: Native,
    faults: Arc<Faults>,
    era: u64,
    /// The resolution of this era.
    grid: Grid,
    /// What values go to now.
    current: BTreeMap<Name, Counted>,
    /// Of coarser grids' finer past: still told, and still written by whoever has not yet learnt of the new era.
    earlier: Vec<Counted>,
    /// Of the time before the last reset: told is only what came late.
    retired: Vec<(Counted, Reading)>,
    /// When the series was begun, or begun anew.
    since: f64,
    /// The latter, by the clock on the wall.
    begun_anew: Option<SystemTime>,
    /// Whether it is to be begun anew as soon as it is old enough.
    reset_due: bool,
}

/// A page and its words.
#[derive(Clone, Copy)]
struct Counted {
    page: Page,
    id: SeriesId,
}

/// What was read from the words of a page: its cells, and the sum of the values in them.
#[derive(Clone)]
struct Reading {
    cells: Vec<u64>,
    sum: f64,
}

/// Gives a new series its pages, of which there are none yet.
pub(crate) fn begin(id: SeriesId, native: &Native) {
    let Some(faults) = cell::faults(id) else { return };
    let Some((number, pages)) = PAGES.take(|| Mutex::new(Pages::nobodys())) else { return };
    let mut pages = lock(pages);
    (pages.owner, pages.native, pages.faults) = (id, *native, faults);
    (pages.since, pages.begun_anew, pages.reset_due) = (clock::uptime(), None, false);
    pages.grid = first_grid(native);
    cell::write_base(id, &|base| words::set_shared(base, number));
    pages.begin_era();
}

/// Takes them back.
pub(crate) fn end(id: SeriesId) {
    let Some(mut pages) = of(id) else { return };
    let all: Vec<Counted> = pages.all().collect();
    let number = cell::base(id).and_then(words::shared);
    *pages = Pages::nobodys();
    drop(pages);
    for counted in all {
        cell::destroy(counted.id);
    }
    if let Some(number) = number {
        PAGES.give_back(number);
    }
}

/// The page that takes `value`, made if need be, and the cell there; from then on this thread finds the page by itself.
/// None if the series is gone.
pub(crate) fn find(id: SeriesId, value: f64) -> Option<(SeriesId, usize)> {
    let own = cell::adopt(id);
    let mut pages = of(id)?;
    let (name, place) = pages.grid.place(value);
    let Counted { page, id: words } = pages.page(name)?;
    if let Some((own, _)) = own {
        words::learn(own, pages.era, pages.grid);
        words::keep(own, name, words);
    }
    let classic = pages.native.bounds.partition_point(|bound| *bound < value);
    Some((words, page.head().cell(place, classic)))
}

/// Sees to it that there are not too many buckets, after a new one was hit; true if the series was begun anew, without the
/// value that was observed last.
pub(crate) fn limit(id: SeriesId) -> bool {
    of(id).is_some_and(|mut pages| pages.limit(clock::uptime()))
}

/// What was counted so far, and the same by classic bucket; none if the series is gone.
pub(crate) fn snapshot(id: SeriesId) -> Option<(NativeSnapshot, Vec<u64>)> {
    of(id).map(|pages| pages.view(&pages.read()).into_parts())
}

/// The same for a scrape: afterwards the series is begun anew, if that is due.
pub(crate) fn tell(id: SeriesId) -> Option<(NativeSnapshot, Vec<u64>)> {
    of(id).map(|mut pages| pages.tell(clock::uptime()).into_parts())
}

/// The pages of a series, locked.
fn of(id: SeriesId) -> Option<Locked<'static, Pages>> {
    let number = cell::base(id).and_then(words::shared)?;
    Some(lock(PAGES.get(number)?)).filter(|pages| pages.owner == id)
}

/// The resolution that was asked for.
fn first_grid(native: &Native) -> Grid {
    Grid { schema: key::schema(native.factor), zero: native.zero_threshold }
}

impl Pages {
    fn nobodys() -> Self {
        Self {
            owner: SeriesId::NONE,
            native: Native::DEFAULT,
            faults: Arc::default(),
            era: 0,
            grid: first_grid(&Native::DEFAULT),
            current: BTreeMap::new(),
            earlier: Vec::new(),
            retired: Vec::new(),
            since: 0.0,
            begun_anew: None,
            reset_due: false,
        }
    }

    fn all(&self) -> impl Iterator<Item = Counted> {
        let retired = self.retired.iter().map(|(counted, _)| counted);
        self.current.values().chain(&self.earlier).chain(retired).copied()
    }

    /// A page of this era, made if need be; none if there is no memory that could name it.
    fn page(&mut self, name: Name) -> Option<Counted> {
        if let Some(there) = self.current.get(&name) {
            return Some(*there);
        }
        let page = Page::new(name, self.grid, self.native.bounds);
        let layout = distribution::layout(page.cells());
        let id = cell::create(&Arc::new(Tenant { layout, faults: Arc::clone(&self.faults) }));
        if id == SeriesId::NONE {
            self.faults.drop_value();
            return None;
        }
        cell::write_base(id, &|base| words::set_head(base, page.head()));
        let made = Counted { page, id };
        self.current.insert(name, made);
        Some(made)
    }

    fn begin_era(&mut self) {
        self.era += 1;
        let era = self.era;
        cell::write_base(self.owner, &|base| words::set_era(base, era));
    }

    /// What was counted since the last reset, page by page.
    fn read(&self) -> Vec<(Counted, Reading)> {
        let living = self.current.values().chain(&self.earlier).map(|counted| (*counted, counted.read()));
        let late = self.retired.iter().map(|(counted, before)| (*counted, counted.read().since(before)));
        living.chain(late).collect()
    }

    fn view(&self, read: &[(Counted, Reading)]) -> View {
        let bounds = self.native.bounds;
        let mut view = View::new(self.grid, bounds, self.begun_anew);
        for (counted, reading) in read {
            view.add(&counted.page, bounds, &reading.cells, reading.sum);
        }
        view
    }

    fn tell(&mut self, now: f64) -> View {
        let read = self.read();
        let view = self.view(&read);
        if self.reset_due && self.is_old(now) {
            // What is told by now is seen by whoever asked: nothing is lost to him.
            self.reset(read, now);
        }
        view
    }

    /// The three steps of the norm: begin anew, widen the zero bucket, halve the resolution.
    fn limit(&mut self, now: f64) -> bool {
        let most = self.native.max_buckets as usize;
        if most == 0 {
            return false;
        }
        let read = self.read();
        let mut view = self.view(&read);
        if view.buckets() <= most {
            return false;
        }
        if self.is_old(now) {
            self.reset(read, now);
            return true;
        }
        self.reset_due = !self.native.min_reset.is_zero();
        while view.buckets() > most && (self.widen(&view) || self.halve()) {
            view = self.view(&read);
        }
        self.begin_era();
        false
    }

    fn is_old(&self, now: f64) -> bool {
        let age = self.native.min_reset;
        !age.is_zero() && now - self.since >= age.as_secs_f64()
    }

    /// Lets the zero bucket take in the one next to it, if it may; the other pages stay as they are.
    fn widen(&mut self, view: &View) -> bool {
        let wider = view.next_to_zero().filter(|wider| *wider <= self.native.max_zero_threshold);
        let Some(wider) = wider.filter(|wider| *wider > self.grid.zero) else { return false };
        self.grid.zero = wider;
        self.earlier.extend(self.current.remove(&Name::ZERO));
        true
    }

    /// Makes each two buckets one, if they can become wider.
    fn halve(&mut self) -> bool {
        if self.grid.schema == key::COARSEST {
            return false;
        }
        self.grid.schema -= 1;
        self.earlier.extend(std::mem::take(&mut self.current).into_values());
        true
    }

    /// Begins anew, without what was read. Whoever still writes an old page will be told, as what came late.
    fn reset(&mut self, read: Vec<(Counted, Reading)>, now: f64) {
        for (counted, _) in self.retired.drain(..) {
            cell::destroy(counted.id);
        }
        let living = self.current.len() + self.earlier.len();
        self.retired = read.into_iter().take(living).collect();
        self.current.clear();
        self.earlier.clear();
        self.grid = first_grid(&self.native);
        (self.since, self.begun_anew, self.reset_due) = (now, Some(SystemTime::now()), false);
        self.begin_era();
    }
}

impl Counted {
    fn read(self) -> Reading {
        let mut total = Reading { cells: vec![0; self.page.cells()], sum: 0.0 };
        let mut cells = vec![0; self.page.cells()];
        cell::read(self.id, |block| {
            total.sum += distribution::settled(block, &mut cells);
            total.cells.iter_mut().zip(&cells).for_each(|(all, one)| *all += one);
        });
        total
    }
}

impl Reading {
    /// What has come to an earlier reading of the same page.
    fn since(mut self, before: &Self) -> Self {
        self.cells.iter_mut().zip(&before.cells).for_each(|(now, then)| *now -= then);
        let is_more = self.cells.iter().any(|count| *count > 0);
        // Of an infinite sum nothing is known but that.
        self.sum = if is_more && before.sum.is_finite() { self.sum - before.sum } else { 0.0 };
        self
    }
}

#[cfg(test)]
mod tests;
