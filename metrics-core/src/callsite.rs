//! What a macro leaves in the program: one static a metric or annotated function, found at link time.
//!
//! The linker gathers a reference to each of these statics in one list, wherever in the program it stands, also in
//! functions that are never called. The first scrape, or the first cold write, registers them all; the order of the
//! list is the linker's whim, so they are sorted first, and it is always the same one that loses a clash. Where there
//! is no such list (WebAssembly, Miri), a static registers itself when it is first written to.

use std::time::Duration;

use crate::buckets;
use crate::cell::{Handle, SeriesId};
use crate::descriptor::{DEFAULT_MAX_SERIES, Descriptor, Place, Type, Window};
use crate::family::{Family, Pin};
use crate::label::{self, Labels};
use crate::metric::callback::Callback;
use crate::metric::counter::CounterKind;
use crate::metric::gauge::GaugeKind;
use crate::metric::histogram::HistogramKind;
use crate::metric::info::InfoKind;
use crate::metric::state_set::StateSetKind;
use crate::metric::summary::{DEFAULT_WINDOW, SummaryKind};
use crate::name;
use crate::problem::Problem;
use crate::registry::{self, Refusal, Registry};
use crate::sample::Kind;
use crate::sync::{Arc, AtomicBool, Mutex, OnceCell, Ordering, lock};

/// All that is known of a metric when the program is compiled.
#[derive(Clone, Copy)]
pub struct Spec {
    descriptor: Descriptor,
    kind: &'static dyn Kind,
    registry: &'static Registry,
    fixed: Option<&'static [&'static str]>,
}

impl Spec {
    /// A counter.
    pub const fn counter(name: &'static str, help: &'static str) -> Self {
        Self::new(name, help, Type::Counter, &CounterKind)
    }

    /// A gauge.
    pub const fn gauge(name: &'static str, help: &'static str) -> Self {
        Self::new(name, help, Type::Gauge, &GaugeKind)
    }

    /// A histogram with these upper bounds, `+Inf` left out.
    ///
    /// # Panics
    ///
    /// At compile time, if they are not valid ones.
    pub const fn histogram(name: &'static str, help: &'static str, bounds: &'static [f64]) -> Self {
        assert!(buckets::are_valid(bounds), "bounds are finite, strictly rising, and 1 to 120 in number");
        Self::new(name, help, Type::Histogram(bounds), &HistogramKind)
    }

    /// A summary without quantiles.
    pub const fn summary(name: &'static str, help: &'static str) -> Self {
        Self::new(name, help, Type::Summary(DEFAULT_WINDOW), &SummaryKind)
    }

    /// An info.
    pub const fn info(name: &'static str, help: &'static str) -> Self {
        Self::new(name, help, Type::Info, &InfoKind)
    }

    /// A state set.
    ///
    /// # Panics
    ///
    /// At compile time, if there is no state.
    pub const fn state_set(name: &'static str, help: &'static str, states: &'static [&'static str]) -> Self {
        assert!(!states.is_empty(), "the states are the variants of an enum with #[derive(LabelValue)]");
        Self::new(name, help, Type::StateSet(states), &StateSetKind)
    }

    const fn new(name: &'static str, help: &'static str, kind_of: Type, kind: &'static dyn Kind) -> Self {
        assert!(name::is_metric_name(name), "a metric's name is `[a-zA-Z_:][a-zA-Z0-9_:]*`");
        let descriptor = Descriptor {
            name,
            help,
            kind: kind_of,
            unit: "",
            labels: &[],
            values: &[],
            max_series: DEFAULT_MAX_SERIES,
            place: Place::UNKNOWN,
        };
        Self { descriptor, kind, registry: &registry::DEFAULT, fixed: None }
    }

    /// The names of the labels, sorted.
    ///
    /// # Panics
    ///
    /// At compile time, if one is not a label name or stands twice.
    #[must_use]
    pub const fn labels(mut self, names: &'static [&'static str]) -> Self {
        let mut at = 0;
        while at < names.len() {
            assert!(name::is_label_name(names[at]), "not a label name, or a reserved one");
            let mut before = 0;
            while before < at {
                assert!(!name::same(names[before], names[at]), "a label stands twice");
                before += 1;
            }
            at += 1;
        }
        self.descriptor.labels = names;
        self
    }

    /// For each label all values that it can have; none if it is open.
    ///
    /// # Panics
    ///
    /// At compile time, if they have more combinations than the family may have series.
    #[must_use]
    pub const fn values(mut self, values: &'static [&'static [&'static str]]) -> Self {
        assert!(
            label::combinations(values) <= self.descriptor.max_series,
            "the closed labels have more combinations than `max_series` allows"
        );
        self.descriptor.values = values;
        self
    }

    /// Quantiles with the errors allowed to their ranks, and how far back they look.
    ///
    /// # Panics
    ///
    /// At compile time, if a quantile is not in [0, 1] or the window is empty.
    #[must_use]
    pub const fn window(
        mut self,
        quantiles: &'static [(f64, f64)],
        max_age_millis: u64,
        age_buckets: u32,
    ) -> Self {
        let mut at = 0;
        while at < quantiles.len() {
            assert!(quantiles[at].0 >= 0.0 && quantiles[at].0 <= 1.0, "a quantile is in [0, 1]");
            assert!(at == 0 || quantiles[at - 1].0 < quantiles[at].0, "quantiles rise strictly");
            at += 1;
        }
        assert!(max_age_millis > 0 && age_buckets > 0, "the window of a summary is not empty");
        let max_age = Duration::from_millis(max_age_millis);
        self.descriptor.kind = Type::Summary(Window { quantiles, max_age, age_buckets });
        self
    }

    /// The value is asked for at each scrape.
    #[must_use]
    pub const fn callback(mut self, callback: &'static Callback) -> Self {
        self.kind = callback;
        self
    }

    /// The values of the one series that this site writes: it exists from the start.
    #[must_use]
    pub const fn fixed(mut self, values: &'static [&'static str]) -> Self {
        self.fixed = Some(values);
        self
    }

    /// The unit, which the name ends with.
    #[must_use]
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.descriptor.unit = unit;
        self
    }

    /// The ceiling of the family.
    #[must_use]
    pub const fn max_series(mut self, most: usize) -> Self {
        self.descriptor.max_series = most;
        self
    }

    /// The registry it goes to.
    #[must_use]
    pub const fn registry(mut self, registry: &'static Registry) -> Self {
        self.registry = registry;
        self
    }

    /// Where it stands in the source.
    #[must_use]
    pub const fn at(mut self, file: &'static str, line: u32) -> Self {
        self.descriptor.place = Place { file, line };
        self
    }

    fn order(&self) -> (&'static str, Place) {
        (self.descriptor.name, self.descriptor.place)
    }
}

/// A declared metric or an annotated function: what was declared, and what became of it.
pub struct Declared {
    spec: Spec,
    /// The one series, if there are no open labels.
    pin: Pin,
    /// All series, if all labels are closed, by the place of their combination.
    dense: OnceCell<Box<[Pin]>>,
    family: OnceCell<Arc<Family>>,
    refused: AtomicBool,
}

impl Declared {
    /// Nothing is registered yet.
    pub const fn new(spec: Spec) -> Self {
        Self {
            spec,
            pin: Pin::new(),
            dense: OnceCell::new(),
            family: OnceCell::new(),
            refused: AtomicBool::new(false),
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.spec.descriptor.name
    }

    pub(crate) fn bounds(&self) -> &'static [f64] {
        match self.spec.descriptor.kind {
            Type::Histogram(bounds) => bounds,
            _ => &[],
        }
    }

    pub(crate) fn window(&self) -> &Window {
        match &self.spec.descriptor.kind {
            Type::Summary(window) => window,
            _ => &DEFAULT_WINDOW,
        }
    }

    pub(crate) fn states(&self) -> &'static [&'static str] {
        match self.spec.descriptor.kind {
            Type::StateSet(states) => states,
            _ => &[],
        }
    }

    /// The one series of a site without open labels.
    #[inline]
    pub(crate) fn fixed(&'static self) -> SeriesId {
        let id = self.pin.id();
        if id == SeriesId::UNKNOWN { self.make_fixed() } else { id }
    }

    #[cold]
    fn make_fixed(&'static self) -> SeriesId {
        let values = self.spec.fixed.unwrap_or_default();
        let Some(family) = self.family() else {
            // From now on a write costs what a write to a living series costs, and goes nowhere.
            self.pin.set(SeriesId::NONE);
            return SeriesId::NONE;
        };
        family.pin(values, &self.pin)
    }

    /// The series with these labels; by its place alone, if they are all closed.
    #[inline]
    pub(crate) fn labelled<S: Labels>(&'static self, labels: &S) -> SeriesId {
        if S::SIZE == 0 {
            return labels.with_values(|values| self.series(values));
        }
        let dense = self.dense.get_or_init(|| (0..S::SIZE).map(|_| Pin::new()).collect());
        // A place beyond the last is no combination: an implementation of `LabelValue` by hand that lies.
        let Some(pin) = dense.get(labels.index()) else { return SeriesId::NONE };
        match pin.id() {
            SeriesId::UNKNOWN => labels.with_values(|values| self.pinned(values, pin)),
            id => id,
        }
    }

    /// The series with these label values.
    pub(crate) fn series(&'static self, values: &[&str]) -> SeriesId {
        self.family().map_or(SeriesId::NONE, |family| family.series(values))
    }

    /// Makes every series there can be, if there are no open labels.
    fn fill(&'static self) {
        let Descriptor { labels, values: sets, .. } = self.spec.descriptor;
        let Some(family) = self.family().filter(|_| sets.len() == labels.len()) else { return };
        for number in 0..label::combinations(sets) {
            let mut rest = number;
            let mut values: Vec<&str> = Vec::with_capacity(sets.len());
            for set in sets.iter().rev() {
                values.push(set[rest % set.len()]);
                rest /= set.len();
            }
            values.reverse();
            family.series(&values);
        }
    }

    /// The same, kept in `pin` for as long as the series lives.
    pub(crate) fn pinned(&'static self, values: &[&str], pin: &'static Pin) -> SeriesId {
        self.family().map_or(SeriesId::NONE, |family| family.pin(values, pin))
    }

    /// The family; none if it clashed with another one.
    #[inline]
    pub(crate) fn family(&'static self) -> Option<&'static Family> {
        match self.family.get() {
            Some(family) => Some(family),
            None => self.find_family(),
        }
    }

    #[cold]
    fn find_family(&'static self) -> Option<&'static Family> {
        settle_families();
        self.register()
    }

    fn register(&'static self) -> Option<&'static Family> {
        if self.refused.load(Ordering::Relaxed) {
            return None;
        }
        let Spec { descriptor, kind, registry, .. } = &self.spec;
        match self.family.get_or_try_init(|| registry.register(descriptor, *kind)) {
            Ok(family) => Some(family),
            Err(refusal) => {
                self.refuse(refusal);
                None
            }
        }
    }

    fn refuse(&self, refusal: Refusal) {
        if !self.refused.swap(true, Ordering::Relaxed) {
            lock(&PROBLEMS).push(Problem::refused(
                self.spec.descriptor.name,
                self.spec.descriptor.place,
                refusal,
            ));
        }
    }
}

/// A call site whose labels are all constant: its series exists from the start and is found without a look-up.
pub struct Row<H> {
    pin: Pin,
    make: fn(&'static Pin) -> H,
    made: OnceCell<H>,
}

impl<H: Handle> Row<H> {
    /// `make` finds the series and pins it.
    pub const fn new(make: fn(&'static Pin) -> H) -> Self {
        Self { pin: Pin::new(), make, made: OnceCell::new() }
    }

    /// The series, looked up again if it was removed since.
    #[inline]
    pub(crate) fn handle(&'static self) -> H {
        let id = self.pin.id();
        match self.made.get() {
            Some(made) if id != SeriesId::UNKNOWN => made.at(id),
            _ => self.find(),
        }
    }

    #[cold]
    fn find(&'static self) -> H {
        let handle = (self.make)(&self.pin);
        self.made.get_or_init(|| handle);
        handle
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

/// A series that shall exist from the start.
pub trait Constant {
    /// Makes it exist.
    fn settle(&'static self);
}

impl<H: Handle + Sync> Constant for Row<H> {
    fn settle(&'static self) {
        self.handle();
    }
}

#[cfg(not(any(miri, target_family = "wasm")))]
mod gathered {
    use super::Entry;

    /// What the linker gathered.
    #[linkme::distributed_slice]
    pub static SITES: [Entry];

    pub(super) fn sites() -> &'static [Entry] {
        &SITES
    }
}

#[cfg(any(miri, target_family = "wasm"))]
mod gathered {
    use super::Entry;

    pub(super) fn sites() -> &'static [Entry] {
        &[]
    }
}

#[cfg(not(any(miri, target_family = "wasm")))]
pub use gathered::SITES;

static PROBLEMS: Mutex<Vec<Problem>> = Mutex::new(Vec::new());

/// What is wrong with the metrics that were registered so far.
pub(crate) fn problems() -> Vec<Problem> {
    lock(&PROBLEMS).clone()
}

/// Registers every gathered metric, once.
fn settle_families() {
    static SETTLED: OnceCell<()> = OnceCell::new();
    SETTLED.get_or_init(|| {
        let mut declared: Vec<&'static Declared> = gathered::sites()
            .iter()
            .filter_map(|site| match site {
                Entry::Declared(declared) => Some(*declared),
                Entry::Constant(_) => None,
            })
            .collect();
        declared.sort_by_key(|declared| declared.spec.order());
        for site in &declared {
            site.register();
        }
        find_shared(&declared);
    });
}

/// Registers every gathered metric and makes every series whose labels are constant, once.
pub(crate) fn settle() {
    static SETTLED: OnceCell<()> = OnceCell::new();
    settle_families();
    // On its own, as making a row finds its family, and that waits for all families to be registered.
    SETTLED.get_or_init(|| {
        for site in gathered::sites() {
            match site {
                Entry::Declared(declared) if declared.spec.fixed.is_some() => {
                    declared.fixed();
                }
                Entry::Declared(declared) => declared.fill(),
                Entry::Constant(row) => row.settle(),
            }
        }
    });
}

/// Notes the sites that write one and the same series. `sites` is sorted.
fn find_shared(sites: &[&'static Declared]) {
    for (at, site) in sites.iter().enumerate() {
        let shares = |other: &&&Declared| {
            other.spec.fixed == site.spec.fixed
                && std::ptr::eq(other.spec.registry, site.spec.registry)
                && other.spec.descriptor.same_family(&site.spec.descriptor)
        };
        let earlier = sites[..at]
            .iter()
            .rev()
            .take_while(|other| other.spec.descriptor.name == site.spec.descriptor.name)
            .find(shares);
        if let (Some(earlier), Some(_)) = (earlier, site.spec.fixed) {
            let (name, places) =
                (site.spec.descriptor.name, [earlier.spec.descriptor.place, site.spec.descriptor.place]);
            lock(&PROBLEMS).push(Problem::shared(name, places));
        }
    }
}
