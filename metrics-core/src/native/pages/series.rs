//! The pages of one series: made when they are first hit, added up, made coarser and begun anew.

use std::collections::BTreeMap;
use std::time::SystemTime;

use crate::cell::words::{distribution, native as words};
use crate::cell::{self, Block, SeriesId, Tenant};
use crate::descriptor::Native;
use crate::faults::Faults;
use crate::native::key;
use crate::native::page::{Grid, Name, Page};
use crate::native::view::View;
use crate::sync::Arc;

/// The pages of one series.
pub(crate) struct Pages {
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

/// The resolution that was asked for.
fn first_grid(native: &Native) -> Grid {
    Grid { schema: key::schema(native.factor), zero: native.zero_threshold }
}

impl Pages {
    pub(crate) fn nobodys() -> Self {
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

    /// Begins a series, which has no page yet.
    pub(crate) fn begin(&mut self, owner: SeriesId, native: &Native, faults: Arc<Faults>, now: f64) {
        *self =
            Self { owner, native: *native, faults, grid: first_grid(native), since: now, ..Self::nobodys() };
        self.begin_era();
    }

    pub(crate) fn is_of(&self, owner: SeriesId) -> bool {
        self.owner == owner
    }

    /// Ends the series, without its pages, which are the caller's to end.
    pub(crate) fn end(&mut self) -> Vec<SeriesId> {
        let all = self.all().map(|counted| counted.id).collect();
        *self = Self::nobodys();
        all
    }

    /// The page that takes `value`, made if need be, and the cell there; a thread that has words of its own learns where
    /// the page is. None if there is no memory that could name it.
    pub(crate) fn find(&mut self, own: Option<Block>, value: f64) -> Option<(SeriesId, usize)> {
        let (name, place) = self.grid.place(value);
        let Counted { page, id } = self.page(name)?;
        if let Some(own) = own {
            words::learn(own, self.era, self.grid);
            words::keep(own, name, id);
        }
        let classic = self.native.bounds.partition_point(|bound| *bound < value);
        Some((id, page.head().cell(place, classic)))
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
        let layout = distribution::layout_of_values(page.cells());
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

    /// What was counted so far.
    pub(crate) fn counted(&self) -> View {
        self.view(&self.read())
    }

    fn view(&self, read: &[(Counted, Reading)]) -> View {
        let bounds = self.native.bounds;
        // What came late may have come to wider buckets than those of now.
        let hit = read.iter().filter(|(_, reading)| reading.is_any());
        let grid = hit.fold(self.grid, |grid, (counted, _)| grid.widest(counted.page.grid()));
        let mut view = View::new(grid, bounds, self.begun_anew);
        for (counted, reading) in read {
            view.add(&counted.page, bounds, &reading.cells, reading.sum);
        }
        view
    }

    /// What was counted so far, for a scrape: afterwards the series is begun anew, if that is due.
    pub(crate) fn tell(&mut self, now: f64) -> View {
        let read = self.read();
        let view = self.view(&read);
        if self.reset_due && self.is_old(now) {
            // What is told by now is seen by whoever asked: nothing is lost to him.
            self.reset(read, now);
        }
        view
    }

    /// The three steps of the norm: begin anew, widen the zero bucket, halve the resolution. True if the series was begun
    /// anew.
    pub(crate) fn limit(&mut self, now: f64) -> bool {
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
        let mut total = vec![0; self.page.cells()];
        let mut cells = total.clone();
        let mut sum = distribution::Sum::default();
        cell::read(self.id, |block| {
            sum.add_of_values(block, &mut cells);
            total.iter_mut().zip(&cells).for_each(|(all, one)| *all += one);
        });
        Reading { cells: total, sum: sum.value() }
    }
}

impl Reading {
    /// What has come to an earlier reading of the same page.
    fn since(mut self, before: &Self) -> Self {
        self.cells.iter_mut().zip(&before.cells).for_each(|(now, then)| *now -= then);
        // Of an infinite sum nothing is known but that.
        self.sum = if self.is_any() && before.sum.is_finite() { self.sum - before.sum } else { 0.0 };
        self
    }

    fn is_any(&self) -> bool {
        self.cells.iter().any(|count| *count > 0)
    }
}
