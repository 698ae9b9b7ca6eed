//! Metrics without macros: described and registered at run time.

#[cfg(feature = "native")]
mod native;

use std::time::Duration;

use crate::buckets;
use crate::built::Family;
use crate::cell::{Handle, SeriesId};
use crate::declared::counter::Counter;
use crate::declared::gauge::Gauge;
use crate::declared::histogram::Histogram;
use crate::declared::summary::Summary;
#[cfg(feature = "native")]
use crate::descriptor::Native;
use crate::descriptor::{DEFAULT_MAX_SERIES, Descriptor, Place, Type, Window};
use crate::intern;
use crate::metric::counter::{CounterHandle, CounterKind};
use crate::metric::gauge::{GaugeHandle, GaugeKind};
use crate::metric::histogram::{HistogramHandle, HistogramKind};
use crate::metric::summary::{DEFAULT_WINDOW, SummaryHandle, SummaryKind};
use crate::register_error::RegisterError;
use crate::registry::Registry;
use crate::rules;
use crate::sample::Kind;

/// Describes a metric at run time: for names and labels that are not known when the program is compiled.
///
/// What `metrics!` refuses at compile time, [`register`](Builder::register) refuses with an error that lists every
/// mistake; rules of style are the macro's alone.
///
/// # Examples
///
/// ```
/// use metrics_core::{Counter, Registry};
///
/// let registry = Registry::new();
/// let requests = Counter::builder("plugin_requests_total", "Requests by plugin and outcome.")
///     .labels(["plugin", "outcome"])
///     .register(&registry)?;
/// requests.with(["search", "ok"]).inc();
/// assert!(registry.render().contains("plugin_requests_total{outcome=\"ok\",plugin=\"search\"} 1\n"));
/// # Ok::<(), metrics_core::RegisterError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a metric exists once it is registered"]
pub struct Builder<H, const N: usize> {
    name: String,
    help: String,
    unit: String,
    labels: [String; N],
    max_series: usize,
    shape: Shape,
    finish: Finish<H>,
}

/// What only some kinds have.
#[derive(Clone, Debug)]
struct Shape {
    bounds: Vec<f64>,
    #[cfg(feature = "native")]
    native: Native,
    #[cfg(feature = "native")]
    native_only: bool,
    quantiles: Vec<(f64, f64)>,
    max_age: Duration,
    age_buckets: u32,
}

/// The most steps of a window; the macros know the same number.
const MOST_AGE_BUCKETS: u32 = 60;

/// The kind of a metric of this shape, how a family sees it, and a handle of no series, from which those of series are
/// made.
type Finish<H> = fn(&Shape) -> (Type, &'static dyn Kind, H);

impl<H> Builder<H, 0> {
    fn new(name: String, help: String, finish: Finish<H>) -> Self {
        let (unit, labels, max_series, shape) = (String::new(), [], DEFAULT_MAX_SERIES, Shape::default());
        Self { name, help, unit, labels, max_series, shape, finish }
    }

    /// The names of the labels. Their values are given in the same order.
    pub fn labels<const N: usize>(self, names: [&str; N]) -> Builder<H, N> {
        let Self { name, help, unit, max_series, shape, finish, .. } = self;
        Builder { name, help, unit, labels: names.map(str::to_owned), max_series, shape, finish }
    }
}

impl<H, const N: usize> Builder<H, N> {
    /// The unit, which the name ends with: `seconds`, `bytes`.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    /// How many series there may be before the rest share one; 2 000 by default.
    pub fn max_series(mut self, most: usize) -> Self {
        self.max_series = most;
        self
    }
}

impl<const N: usize> Builder<HistogramHandle, N> {
    /// The upper bounds, without `+Inf`; [`buckets::DEFAULT`] by default.
    pub fn buckets(mut self, bounds: impl Into<Vec<f64>>) -> Self {
        self.shape.bounds = bounds.into();
        self
    }
}

impl<const N: usize> Builder<SummaryHandle, N> {
    /// Quantiles, each with the error allowed to its rank; none by default.
    /// [What they cost](SummaryHandle#quantiles).
    pub fn quantiles(mut self, quantiles: impl Into<Vec<(f64, f64)>>) -> Self {
        self.shape.quantiles = quantiles.into();
        self
    }

    /// How far back the quantiles look; 10 minutes by default.
    pub fn max_age(mut self, max_age: Duration) -> Self {
        self.shape.max_age = max_age;
        self
    }

    /// In how many steps the window moves on, from 1 to 60; 5 by default.
    pub fn age_buckets(mut self, age_buckets: u32) -> Self {
        self.shape.age_buckets = age_buckets;
        self
    }
}

impl<H: Handle, const N: usize> Builder<H, N> {
    /// Makes the metric, or finds the one that is there: registering the same twice gives the same metric.
    ///
    /// Without labels it is exposed at 0 from now on.
    ///
    /// # Errors
    ///
    /// If something in the description is wrong (all of it is listed), or if another metric has the name.
    pub fn register(mut self, registry: &Registry) -> Result<Family<H, N>, RegisterError> {
        self.shape.quantiles.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mistakes = self.mistakes();
        if !mistakes.is_empty() {
            return Err(RegisterError::mistakes(&self.name, mistakes));
        }
        let (kind, family_kind, template) = (self.finish)(&self.shape);
        let (descriptor, order) = self.descriptor(kind);
        let family = registry
            .find_or_add(&descriptor, family_kind)
            .map_err(|refusal| RegisterError::refused(&self.name, refusal))?;
        Ok(Family::new(family, template, order))
    }

    /// The descriptor, and for each of its labels, which are sorted, the place where the user gives its value.
    fn descriptor(&self, kind: Type) -> (Descriptor, [usize; N]) {
        let mut order = std::array::from_fn(|at| at);
        order.sort_by_key(|at: &usize| &self.labels[*at]);
        let names: Vec<&'static str> = order.iter().map(|at| intern::text(&self.labels[*at])).collect();
        let descriptor = Descriptor {
            name: intern::text(&self.name),
            help: intern::text(&self.help),
            kind,
            unit: intern::text(&self.unit),
            labels: intern::names(&names),
            values: &[],
            foreseen: false,
            max_series: self.max_series,
            place: Place::UNKNOWN,
        };
        (descriptor, order)
    }
}

impl<H: Handle, const N: usize> Builder<H, N> {
    fn mistakes(&self) -> Vec<String> {
        let mut mistakes = Vec::new();
        rules::name_mistakes(&self.name, &self.help, &mut mistakes);
        mistakes.extend(rules::unit_mistake(&self.name, &self.unit));
        if self.max_series == 0 {
            mistakes.push("`max_series` is 0; allow at least one series".into());
        }
        rules::label_mistakes(&self.labels, &mut mistakes);
        self.shape.check(&mut mistakes);
        mistakes
    }
}

impl Shape {
    fn check(&self, mistakes: &mut Vec<String>) {
        if !buckets::are_valid(&self.bounds) {
            mistakes.push(format!(
                "buckets are finite, strictly rising, and 1 to {} in number; leave `+Inf` out",
                buckets::MAX
            ));
        }
        for (quantile, error) in &self.quantiles {
            if !(0.0..=1.0).contains(quantile) {
                mistakes.push(format!("a quantile is in [0, 1], found {quantile}; the median is 0.5"));
            }
            if !(*error > 0.0 && *error < 1.0) {
                mistakes.push(format!(
                    "the error of a quantile's rank is in (0, 1), found {error}; 0.01 is usual"
                ));
            }
        }
        if self.quantiles.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            mistakes.push("a quantile stands twice; take one of them away".into());
        }
        if self.max_age.is_zero() || self.age_buckets == 0 {
            mistakes.push("the window is empty; give `max_age` and `age_buckets` values above 0".into());
        }
        if self.age_buckets > MOST_AGE_BUCKETS {
            mistakes.push(format!(
                "a window has at most {MOST_AGE_BUCKETS} `age_buckets`, found {}; each takes memory",
                self.age_buckets
            ));
        }
        #[cfg(feature = "native")]
        mistakes.extend(self.native.mistakes().map(str::to_owned));
    }
}

impl Default for Shape {
    fn default() -> Self {
        let Window { max_age, age_buckets, .. } = DEFAULT_WINDOW;
        Self {
            bounds: buckets::DEFAULT.to_vec(),
            #[cfg(feature = "native")]
            native: Native::DEFAULT,
            #[cfg(feature = "native")]
            native_only: false,
            quantiles: Vec::new(),
            max_age,
            age_buckets,
        }
    }
}

fn counter(_: &Shape) -> (Type, &'static dyn Kind, CounterHandle) {
    (Type::Counter, &CounterKind, CounterHandle::new(SeriesId::NONE))
}

fn gauge(_: &Shape) -> (Type, &'static dyn Kind, GaugeHandle) {
    (Type::Gauge, &GaugeKind, GaugeHandle::new(SeriesId::NONE))
}

fn histogram(shape: &Shape) -> (Type, &'static dyn Kind, HistogramHandle) {
    let bounds = intern::bounds(&shape.bounds);
    (Type::Histogram(bounds.upper()), &HistogramKind, HistogramHandle::new(SeriesId::NONE, bounds))
}

fn summary(shape: &Shape) -> (Type, &'static dyn Kind, SummaryHandle) {
    let Shape { max_age, age_buckets, .. } = *shape;
    let window = Window { quantiles: intern::quantiles(&shape.quantiles), max_age, age_buckets };
    (Type::Summary(window), &SummaryKind, SummaryHandle::new(SeriesId::NONE, intern::window(window)))
}

/// Builders, beside the statics that `metrics!` declares.
macro_rules! builders {
    ($($kind:ident($handle:ident) by $finish:ident;)*) => { $(
        impl $kind {
            #[doc = concat!("Describes a ", stringify!($finish), " at run time.")]
            pub fn builder(name: impl Into<String>, help: impl Into<String>) -> Builder<$handle, 0> {
                Builder::new(name.into(), help.into(), $finish)
            }
        }
    )* };
}

builders! {
    Counter(CounterHandle) by counter;
    Gauge(GaugeHandle) by gauge;
    Histogram(HistogramHandle) by histogram;
    Summary(SummaryHandle) by summary;
}
