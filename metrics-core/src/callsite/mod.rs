//! What a macro leaves in the program: one static a metric or annotated function, found at link time.
//!
//! The linker gathers a reference to each of these statics in one list, wherever in the program it stands, also in
//! functions that are never called. The first scrape, or the first cold write, registers them all; the order of the
//! list is the linker's whim, so they are sorted first, and it is always the same one that loses a clash. Where there
//! is no such list (WebAssembly, Miri), a static registers itself when it is first written to. Without the feature `record`
//! nothing is registered, and no series is ever found.

mod clashes;
mod row;
mod spec;

use std::fmt;
use std::mem::ManuallyDrop;

use crate::bounds::Bounds;
use crate::cell::{Lead, SeriesId};
use crate::clock;
use crate::descriptor::Window;
use crate::family::{Family, Pin};
use crate::label::Labels;
use crate::record::RECORD;
use crate::reentrant;
use crate::registry::Refusal;
use crate::sync::{Arc, AtomicBool, Cell, OnceCell, Ordering, is_holding, thread_local};

/// A declared metric or an annotated function: what was declared, and what became of it.
pub struct Declared {
    /// Lent: the compiler proves of each static that threads may share it, part by part.
    pub(crate) spec: &'static Spec,
    /// That of a summary, at hand as every write needs it.
    pub(crate) window: &'static Window,
    /// The one series, if there are no open labels.
    pin: Pin,
    refused: AtomicBool,
    /// A static is never dropped; where the compiler need not ask what that would do, it is sooner done with each of them.
    found: ManuallyDrop<Found>,
}

/// What is found or made when it is first asked for.
struct Found {
    bounds: Bounds,
    /// All series, if all labels are closed, by the place of their combination.
    dense: OnceCell<Box<[Pin]>>,
    family: OnceCell<Arc<Family>>,
}

impl Declared {
    /// Nothing is registered yet.
    pub const fn new(spec: &'static Spec) -> Self {
        Self {
            window: spec.window_of(),
            pin: Pin::new(),
            refused: AtomicBool::new(false),
            found: ManuallyDrop::new(Found {
                bounds: spec.bounds(),
                dense: OnceCell::new(),
                family: OnceCell::new(),
            }),
            spec,
        }
    }

    #[inline]
    pub(crate) fn bounds(&'static self) -> &'static Bounds {
        &self.found.bounds
    }

    /// The one series of a site without open labels.
    #[inline]
    pub(crate) fn fixed(&'static self) -> SeriesId {
        if !RECORD {
            return SeriesId::NONE;
        }
        let id = self.pin.id();
        if id == SeriesId::UNKNOWN { self.make_fixed() } else { id }
    }

    #[cold]
    fn make_fixed(&'static self) -> SeriesId {
        let values = self.spec.fixed.unwrap_or_default();
        let Some(family) = self.family() else {
            if !self.refused.load(Ordering::Relaxed) {
                return SeriesId::NONE;
            }
            // From now on a write costs what a write to a living series costs, and goes nowhere.
            self.pin.set(SeriesId::NONE);
            return SeriesId::NONE;
        };
        family.pin(values, &self.pin)
    }

    /// The series with these labels; by its place alone, if they are all closed.
    #[inline]
    pub(crate) fn labelled<S: Labels>(&'static self, labels: &S) -> SeriesId {
        if !RECORD {
            return SeriesId::NONE;
        }
        if S::SIZE == 0 {
            return self.open(labels);
        }
        let dense = self.found.dense.get().map_or_else(|| self.make_dense(S::SIZE), |dense| &**dense);
        // A place beyond the last is no combination: an implementation of `LabelValue` by hand that lies.
        let Some(pin) = dense.get(labels.index()) else { return SeriesId::NONE };
        match pin.id() {
            SeriesId::UNKNOWN => labels.with_values(|values| self.pinned(values, pin)),
            id => id,
        }
    }

    #[cold]
    fn make_dense(&'static self, size: usize) -> &'static [Pin] {
        // Allocated outside of the cell: an allocator that counts may come back here.
        let pins: Box<[Pin]> = (0..size).map(|_| Pin::new()).collect();
        self.found.dense.get_or_init(|| pins)
    }

    /// The series with these labels, looked up. One function for each type of labels, not for each use of them: within
    /// it, their number is known, and all loops over them are unrolled.
    #[inline(never)]
    fn open<S: Labels>(&'static self, labels: &S) -> SeriesId {
        labels.with_values(|values| self.series(values))
    }

    /// The series with these label values.
    #[inline]
    pub(crate) fn series(&'static self, values: &[&str]) -> SeriesId {
        self.family().map_or(SeriesId::NONE, |family| family.series(values))
    }

    /// The same, and whether it will be the same one at the next call, unless it is removed: one that takes what a
    /// ceiling keeps out counts each look-up.
    pub(crate) fn series_itself(&'static self, values: &[&str]) -> (SeriesId, bool) {
        match self.family() {
            Some(family) => family.series_itself(values),
            None => (SeriesId::NONE, self.refused.load(Ordering::Relaxed)),
        }
    }

    /// Makes the series that exist from the start: the one series of the site, or every one that closed labels can name.
    fn begin(&'static self) {
        let Some(family) = self.found.family.get() else { return };
        if self.spec.fixed.is_some() {
            self.fixed();
        }
        for values in self.spec.combinations() {
            family.series(&values);
        }
    }

    /// The same, kept in `pin` for as long as the series lives.
    pub(crate) fn pinned(&'static self, values: &[&str], pin: &'static Pin) -> SeriesId {
        self.family().map_or(SeriesId::NONE, |family| family.pin(values, pin))
    }

    /// The family; none if it clashed with another one.
    #[inline]
    pub(crate) fn family(&'static self) -> Option<&'static Arc<Family>> {
        if !RECORD {
            return None;
        }
        match self.found.family.get() {
            Some(family) => Some(family),
            None => self.find_family(),
        }
    }

    #[cold]
    fn find_family(&'static self) -> Option<&'static Arc<Family>> {
        if is_holding() || SETTLING.get() {
            reentrant::drop_write();
            return None;
        }
        settle_families();
        self.register()
    }

    fn register(&'static self) -> Option<&'static Arc<Family>> {
        if self.refused.load(Ordering::Relaxed) {
            return None;
        }
        let Spec { descriptor, kind, registry, .. } = self.spec;
        match self.found.family.get_or_try_init(|| registry().find_or_add(descriptor, *kind)) {
            Ok(family) => Some(family),
            Err(refusal) => {
                self.refuse(refusal);
                None
            }
        }
    }

    fn refuse(&self, refusal: Refusal) {
        if !self.refused.swap(true, Ordering::Relaxed) {
            clashes::refused(self.spec, refusal);
        }
    }
}

/// The one series of a site without open labels.
impl Lead for &'static Declared {
    #[inline]
    fn likely(self) -> SeriesId {
        self.pin.id()
    }

    fn sure(self) -> SeriesId {
        self.fixed()
    }
}

impl fmt::Debug for Declared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Declared").field(&self.spec.descriptor.name).finish()
    }
}

/// What a macro registers.
#[derive(Clone, Copy)]
pub enum Entry {
    /// A metric.
    Declared(&'static Declared),
    /// A series of one.
    Constant(&'static (dyn Constant + Sync)),
}

#[cfg(all(feature = "record", not(any(miri, target_family = "wasm"))))]
mod gathered {
    use super::Entry;

    /// What the linker gathered.
    #[linkme::distributed_slice]
    pub static SITES: [&[Entry]];

    pub(super) fn sites() -> impl Iterator<Item = Entry> {
        SITES.iter().copied().flatten().copied()
    }
}

#[cfg(not(all(feature = "record", not(any(miri, target_family = "wasm")))))]
mod gathered {
    use super::Entry;

    pub(super) fn sites() -> impl Iterator<Item = Entry> {
        std::iter::empty()
    }
}

pub(crate) use clashes::problems;
#[cfg(all(feature = "record", not(any(miri, target_family = "wasm"))))]
pub use gathered::SITES;
pub use row::{Constant, Row};
pub use spec::Spec;

thread_local! {
    /// This thread is registering what was gathered: what it writes to meanwhile, in an allocator that counts, can't wait
    /// for that.
    static SETTLING: Cell<bool> = const { Cell::new(false) };
}

/// Registers every gathered metric and makes the series that it has from the start, once. No code of users' runs here.
fn settle_families() {
    static SETTLED: OnceCell<()> = OnceCell::new();
    SETTLED.get_or_init(|| {
        SETTLING.set(true);
        clock::start();
        let mut declared: Vec<&'static Declared> = gathered::sites()
            .filter_map(|site| match site {
                Entry::Declared(declared) => Some(declared),
                Entry::Constant(_) => None,
            })
            .collect();
        declared.sort_by_key(|declared| declared.spec.order());
        for site in &declared {
            site.register();
        }
        clashes::find_shared(declared.iter().map(|site| site.spec));
        for site in &declared {
            site.begin();
        }
        SETTLING.set(false);
    });
}

/// The same, and makes every series that a call site names by constant labels, once; what is left out goes to the log.
pub(crate) fn settle() {
    static SETTLED: OnceCell<()> = OnceCell::new();
    settle_families();
    // On its own, as making a row finds its family, and that waits for all families to be settled.
    SETTLED.get_or_init(|| {
        for site in gathered::sites() {
            if let Entry::Constant(row) = site {
                row.settle();
            }
        }
    });
    clashes::log_news();
}
