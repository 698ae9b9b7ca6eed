//! What is known of a metric when the program is compiled.
//!
//! All of it is `const`: a mistake that the macros can't see, in a constant or in the size of a label's set, is a
//! compile-time error all the same. What they have seen, names and labels, is not looked at again: the compiler evaluates
//! this for each metric and function, and takes some microseconds a letter.

use std::time::Duration;

use crate::bounds::Bounds;
use crate::buckets;
#[cfg(feature = "native")]
use crate::descriptor::Native;
use crate::descriptor::{DEFAULT_MAX_SERIES, Descriptor, Place, Type, Window};
use crate::label;
use crate::metric::callback::Callback;
use crate::metric::counter::CounterKind;
use crate::metric::gauge::GaugeKind;
use crate::metric::histogram::HistogramKind;
use crate::metric::info::InfoKind;
#[cfg(feature = "native")]
use crate::metric::native_histogram::NativeHistogramKind;
use crate::metric::state_set::StateSetKind;
use crate::metric::summary::{DEFAULT_WINDOW, SummaryKind};
use crate::registry::{self, Registry};
use crate::sample::Kind;

/// All that is known of a metric when the program is compiled.
#[derive(Clone, Copy)]
pub struct Spec {
    pub(super) descriptor: Descriptor,
    pub(super) kind: &'static dyn Kind,
    /// By a function, as there is much in one that the compiler would look into.
    pub(super) registry: fn() -> &'static Registry,
    pub(super) fixed: Option<&'static [&'static str]>,
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

    /// A native histogram with these upper bounds of its classic buckets, none if it has no such buckets.
    ///
    /// # Panics
    ///
    /// At compile time, if they are not valid ones.
    #[cfg(feature = "native")]
    pub const fn native_histogram(name: &'static str, help: &'static str, bounds: &'static [f64]) -> Self {
        assert!(bounds.is_empty() || buckets::are_valid(bounds), "bounds are finite and strictly rising");
        assert!(bounds.len() <= Native::MOST_BOUNDS, "a native histogram has at most 100 classic bounds");
        let native = Native { bounds, ..Native::DEFAULT };
        Self::new(name, help, Type::Native(native), &NativeHistogramKind)
    }

    /// How fine the exponential buckets are, and what is done when they become too many: the growth factor, the zero
    /// threshold and how far it may grow, the number of buckets, and the age from which on a series begins anew.
    ///
    /// # Panics
    ///
    /// At compile time, if the factor is not above 1 or a threshold is negative.
    #[cfg(feature = "native")]
    #[must_use]
    pub const fn resolution(
        mut self,
        factor: f64,
        (zero_threshold, max_zero_threshold): (f64, f64),
        max_buckets: u32,
        min_reset_millis: u64,
    ) -> Self {
        assert!(factor > 1.0, "so many times a bound is the one before: a factor is above 1");
        assert!(zero_threshold >= 0.0 && max_zero_threshold >= 0.0, "a zero threshold is not negative");
        if let Type::Native(Native { bounds, .. }) = self.descriptor.kind {
            let min_reset = Duration::from_millis(min_reset_millis);
            let native =
                Native { bounds, factor, zero_threshold, max_zero_threshold, max_buckets, min_reset };
            self.descriptor.kind = Type::Native(native);
        }
        self
    }

    /// A histogram of times with the default bounds.
    pub const fn seconds(name: &'static str, help: &'static str) -> Self {
        Self::new(name, help, Type::Histogram(&buckets::DEFAULT), &HistogramKind).unit("seconds")
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
        let descriptor = Descriptor {
            name,
            help,
            kind: kind_of,
            unit: "",
            labels: &[],
            values: &[],
            foreseen: false,
            max_series: DEFAULT_MAX_SERIES,
            place: Place::UNKNOWN,
        };
        Self { descriptor, kind, registry: || &registry::GLOBAL, fixed: None }
    }

    /// The names of the labels, sorted.
    #[must_use]
    pub const fn labels(mut self, names: &'static [&'static str]) -> Self {
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

    /// The one series of a default metric, with the values of its labels, `function` and `module`.
    #[must_use]
    pub const fn function(self, values: &'static [&'static str; 2]) -> Self {
        self.labels(&["function", "module"]).fixed(values)
    }

    /// The values of the one series that this site writes: it exists from the start.
    #[must_use]
    pub const fn fixed(mut self, values: &'static [&'static str]) -> Self {
        self.descriptor.foreseen = true;
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
    pub const fn registry(mut self, registry: fn() -> &'static Registry) -> Self {
        self.registry = registry;
        self
    }

    /// Where it stands in the source.
    #[must_use]
    pub const fn at(mut self, file: &'static str, line: u32) -> Self {
        self.descriptor.place = Place { file, line };
        self
    }

    pub(super) const fn bounds(&self) -> Bounds {
        match self.descriptor.kind {
            Type::Histogram(upper) => Bounds::new(upper),
            #[cfg(feature = "native")]
            Type::Native(Native { bounds, .. }) => Bounds::new(bounds),
            _ => Bounds::new(&[]),
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.descriptor.name
    }

    /// The window of a summary.
    pub(super) const fn window_of(&self) -> &Window {
        match &self.descriptor.kind {
            Type::Summary(window) => window,
            _ => &DEFAULT_WINDOW,
        }
    }

    /// The states of a state set.
    pub(crate) fn states(&self) -> &'static [&'static str] {
        match self.descriptor.kind {
            Type::StateSet(states) => states,
            _ => &[],
        }
    }

    /// What sites are sorted by: the order in which the linker gathered them is its own whim.
    pub(super) fn order(&self) -> (&'static str, Place) {
        (self.descriptor.name, self.descriptor.place)
    }

    /// Whether a site writes the series of another one.
    pub(super) fn shares_series(&self, other: &Self) -> bool {
        self.fixed == other.fixed
            && std::ptr::eq((self.registry)(), (other.registry)())
            && self.descriptor.same_family(&other.descriptor)
    }

    /// The labels of each series that closed labels can name; none if a label is open.
    pub(super) fn combinations(&self) -> impl Iterator<Item = Vec<&'static str>> {
        let Descriptor { labels, values: sets, .. } = self.descriptor;
        let is_closed = !labels.is_empty() && sets.len() >= labels.len();
        let count = if is_closed { label::combinations(sets) } else { 0 };
        (0..count).map(|number| {
            let mut rest = number;
            let mut values = Vec::with_capacity(sets.len());
            for set in sets.iter().rev() {
                values.push(set[rest % set.len()]);
                rest /= set.len();
            }
            values.reverse();
            values
        })
    }
}
