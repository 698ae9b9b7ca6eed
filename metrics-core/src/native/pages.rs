//! The pages of a series: what its threads share, behind one lock that a warm write does not take.

mod series;

use self::series::Pages;
use super::snapshot::NativeSnapshot;
use crate::cell::words::native as words;
use crate::cell::{self, SeriesId};
use crate::clock;
use crate::descriptor::Native;
use crate::directory::HandedOn;
use crate::sync::{Locked, Mutex, lock};

static PAGES: HandedOn<Mutex<Pages>> = HandedOn::new();

/// Gives a new series its pages, of which there are none yet.
pub(crate) fn begin(id: SeriesId, native: &Native) {
    let Some(faults) = cell::faults(id) else { return };
    let Some((number, pages)) = PAGES.take(|| Mutex::new(Pages::nobodys())) else { return };
    cell::write_base(id, &|base| words::set_shared(base, number));
    lock(pages).begin(id, native, faults, clock::uptime());
}

/// Takes them back.
pub(crate) fn end(id: SeriesId) {
    let Some(mut pages) = of(id) else { return };
    let number = cell::base(id).and_then(words::shared);
    let all = pages.end();
    drop(pages);
    all.into_iter().for_each(cell::destroy);
    if let Some(number) = number {
        PAGES.give_back(number);
    }
}

/// The page that takes `value`, made if need be, and the cell there; from then on this thread finds the page by itself.
/// None if the series is gone.
pub(crate) fn find(id: SeriesId, value: f64) -> Option<(SeriesId, usize)> {
    let own = cell::adopt(id);
    of(id)?.find(own.map(|(own, _)| own), value)
}

/// Sees to it that there are not too many buckets, after a new one was hit; true if the series was begun anew, without the
/// value that was observed last.
pub(crate) fn limit(id: SeriesId) -> bool {
    of(id).is_some_and(|mut pages| pages.limit(clock::uptime()))
}

/// What was counted so far, and the same by classic bucket; none if the series is gone.
pub(crate) fn snapshot(id: SeriesId) -> Option<(NativeSnapshot, Vec<u64>)> {
    of(id).map(|pages| pages.counted().into_parts())
}

/// The same for a scrape: afterwards the series is begun anew, if that is due.
pub(crate) fn tell(id: SeriesId) -> Option<(NativeSnapshot, Vec<u64>)> {
    of(id).map(|mut pages| pages.tell(clock::uptime()).into_parts())
}

/// The pages of a series, locked.
fn of(id: SeriesId) -> Option<Locked<'static, Pages>> {
    let number = cell::base(id).and_then(words::shared)?;
    Some(lock(PAGES.get(number)?)).filter(|pages| pages.is_of(id))
}

#[cfg(test)]
mod tests;
