//! The runtime's native histograms, with threads that are values.

#[path = "../../../metrics-core/src/native/key.rs"]
pub(crate) mod key;
#[path = "../../../metrics-core/src/native/mantissas.rs"]
mod mantissas;
#[path = "../../../metrics-core/src/native/page.rs"]
pub(crate) mod page;
#[path = "../../../metrics-core/src/native/pages/series.rs"]
mod series;
#[path = "../../../metrics-core/src/native/snapshot.rs"]
mod snapshot;
#[path = "../../../metrics-core/src/native/view.rs"]
pub(crate) mod view;

use std::cell::RefCell;
use std::collections::BTreeMap;

use self::series::Pages;
use self::snapshot::NativeSnapshot;
use crate::cell::words::{distribution, native as words};
use crate::cell::{self, Block, Model, SeriesId, Tenant, Thread};
use crate::descriptor::Native;
use crate::sync::{Arc, Mutex, lock};

/// A series of a native histogram without classic buckets.
#[derive(Clone)]
pub(crate) struct Histogram {
    id: SeriesId,
    pages: Arc<Mutex<Pages>>,
}

/// A thread's chunks by the number of their space; dropping it is the thread's end.
#[derive(Default)]
pub(crate) struct Writer(RefCell<BTreeMap<usize, Thread>>);

impl Histogram {
    pub(crate) fn new(native: &Native) -> Self {
        let id = cell::create(&Arc::new(Tenant { layout: words::LAYOUT, faults: Arc::default() }));
        let mut pages = Pages::nobodys();
        pages.begin(id, native, Arc::default(), 0.0);
        Self { id, pages: Arc::new(Mutex::new(pages)) }
    }

    /// As the runtime observes: on the page that the thread knows, else under the lock.
    pub(crate) fn observe(&self, writer: &Writer, value: f64, now: f64) {
        let is_first = match self.known(writer, value) {
            Some((own, place)) => count(own, place, value),
            None => self.observe_slowly(writer, value),
        };
        if is_first && lock(&self.pages).limit(now) {
            self.observe_slowly(writer, value);
        }
    }

    fn known(&self, writer: &Writer, value: f64) -> Option<(Block, usize)> {
        let own = writer.own(self.id)?;
        let (page, name, place) = words::find(own, Model::of(self.id).base(self.id), value)?;
        let own = writer.own(page)?;
        words::head(Model::of(page).base(page)).is_whole(name).then_some((own, place))
    }

    fn observe_slowly(&self, writer: &Writer, value: f64) -> bool {
        let own = writer.own(self.id).or_else(|| writer.adopt(self.id));
        let (page, place) = lock(&self.pages).find(own, value).unwrap();
        let own = writer.own(page).or_else(|| writer.adopt(page));
        own.is_some_and(|own| count(own, place, value))
    }

    /// What was counted so far, without and with all that a scrape does.
    pub(crate) fn snapshot(&self) -> NativeSnapshot {
        lock(&self.pages).counted().into_parts().0
    }

    pub(crate) fn tell(&self, now: f64) -> NativeSnapshot {
        lock(&self.pages).tell(now).into_parts().0
    }
}

/// Whether it is the first of its bucket.
fn count(own: Block, place: usize, value: f64) -> bool {
    let is_first = distribution::count(own, place) == 0;
    distribution::record(own, place, value);
    is_first
}

impl Writer {
    fn own(&self, id: SeriesId) -> Option<Block> {
        self.0.borrow().get(&cell::number(id))?.own(id)
    }

    fn adopt(&self, id: SeriesId) -> Option<Block> {
        self.0.borrow_mut().entry(cell::number(id)).or_insert_with(|| Model::of(id).thread()).adopt(id)
    }
}
