//! What a family is called and looks like, known before it has a single series.

use std::fmt;
use std::time::Duration;

/// The kind of numbers that a family holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Type {
    /// A number that only grows.
    Counter,
    /// A number that goes up and down.
    Gauge,
    /// How often values fell below each of these bounds, and their sum.
    Histogram(&'static [f64]),
    /// Values at some quantiles of a window of time, and the sum and count of all.
    Summary(Window),
    /// How often values fell into exponential buckets, and below each of some bounds.
    #[cfg(feature = "native")]
    Native(Native),
    /// Facts, told by labels; the value is always 1.
    Info,
    /// Which one of these states holds.
    StateSet(&'static [&'static str]),
}

/// What a summary looks back on.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct Window {
    /// Quantile and allowed error of its rank, ascending by quantile; none by default (CL-8).
    pub(crate) quantiles: &'static [(f64, f64)],
    pub(crate) max_age: Duration,
    /// The window moves on in so many steps.
    pub(crate) age_buckets: u32,
}

/// How fine the exponential buckets of a native histogram are, and what is done when they become too many.
#[cfg(feature = "native")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Native {
    /// The bounds of the classic buckets, without `+Inf`; empty if it has none.
    pub(crate) bounds: &'static [f64],
    /// The most that a bound may be above the one before.
    pub(crate) factor: f64,
    /// How far from zero the zero bucket reaches.
    pub(crate) zero_threshold: f64,
    /// How far it may reach so that there are fewer buckets.
    pub(crate) max_zero_threshold: f64,
    /// So many buckets that are not empty; 0 for any number.
    pub(crate) max_buckets: u32,
    /// From that age on a series is begun anew when it has too many buckets; 0 for never.
    pub(crate) min_reset: Duration,
}

#[cfg(feature = "native")]
impl Native {
    /// The most classic bounds: they have to fit a page of exponential buckets.
    pub(crate) const MOST_BOUNDS: usize = 100;

    /// What one has that names nothing: the values that the Go client's documentation recommends.
    pub(crate) const DEFAULT: Self = Self {
        bounds: &[],
        factor: 1.1,
        zero_threshold: f64::from_bits(0x37f0_0000_0000_0000),
        max_zero_threshold: 0.0,
        max_buckets: 160,
        min_reset: Duration::from_hours(1),
    };

    /// What is wrong with it, each with what to do about it.
    pub(crate) fn mistakes(&self) -> impl Iterator<Item = &'static str> {
        let is_threshold = |threshold: f64| threshold >= 0.0 && threshold.is_finite();
        let rules = [
            (self.factor > 1.0, "`factor` is above 1: so many times a bound is the one before; 1.1 is usual"),
            (is_threshold(self.zero_threshold), "`zero_threshold` is finite and not negative"),
            (is_threshold(self.max_zero_threshold), "`max_zero_threshold` is finite and not negative"),
            (self.bounds.len() <= Self::MOST_BOUNDS, "a native histogram has at most 100 classic bounds"),
        ];
        rules.into_iter().filter(|(holds, _)| !holds).map(|(_, mistake)| mistake)
    }
}

impl Type {
    /// The word for it in `OpenMetrics`, which knows all of them (O-11).
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram(_) => "histogram",
            #[cfg(feature = "native")]
            Self::Native(_) => "histogram",
            Self::Summary(_) => "summary",
            Self::Info => "info",
            Self::StateSet(_) => "stateset",
        }
    }

    /// How many samples one series has.
    pub(crate) fn samples(self) -> usize {
        match self {
            Self::Counter | Self::Gauge | Self::Info => 1,
            Self::StateSet(states) => states.len(),
            Self::Summary(window) => window.quantiles.len() + 2,
            Self::Histogram(bounds) => bounds.len() + 3,
            #[cfg(feature = "native")]
            Self::Native(native) => native.bounds.len() + 3,
        }
    }

    /// What is put behind the family's name in the names of its samples.
    pub(crate) fn suffixes(self) -> &'static [&'static str] {
        match self {
            Self::Counter | Self::Gauge | Self::StateSet(_) => &[""],
            Self::Info => &["_info"],
            Self::Summary(_) => &["", "_sum", "_count"],
            Self::Histogram(_) => &["_bucket", "_sum", "_count"],
            #[cfg(feature = "native")]
            Self::Native(_) => &["_bucket", "_sum", "_count"],
        }
    }
}

/// A family's name, help, kind and labels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Descriptor {
    pub(crate) name: &'static str,
    pub(crate) help: &'static str,
    pub(crate) kind: Type,
    /// Empty where the name has no unit.
    pub(crate) unit: &'static str,
    /// The label names, sorted.
    pub(crate) labels: &'static [&'static str],
    /// For each label all values that it can have, none if it is open. Shorter than `labels` where all the rest is open.
    pub(crate) values: &'static [&'static [&'static str]],
    /// Every series is written down in the program: none can come that nobody foresaw.
    pub(crate) foreseen: bool,
    /// How many series the family may have before the rest share one.
    pub(crate) max_series: usize,
    /// Where it stands in the source.
    pub(crate) place: Place,
}

/// Where a metric is declared or a function annotated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) file: &'static str,
    pub(crate) line: u32,
}

impl Place {
    /// Nobody said.
    pub(crate) const UNKNOWN: Self = Self { file: "", line: 0 };
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// The ceiling of a family that names none.
pub(crate) const DEFAULT_MAX_SERIES: usize = 2_000;

impl Descriptor {
    /// Whether both describe one and the same family. The help may differ: two call sites of one metric are allowed
    /// two sentences.
    pub(crate) fn same_family(&self, other: &Self) -> bool {
        self.name == other.name
            && self.kind == other.kind
            && self.labels == other.labels
            && self.values == other.values
    }

    /// Whether a series can come that nobody foresaw: there is a label that is of no closed set.
    pub(crate) fn is_open(&self) -> bool {
        let open = self.labels.len() > self.values.len() || self.values.iter().any(|set| set.is_empty());
        open && !self.foreseen && self.kind != Type::Info
    }

    /// The names that the family's samples take up in any format. In `OpenMetrics` a counter `x_total` is the family `x`
    /// (O-14), and what tells when it was made is `x_created` (O-22).
    pub(crate) fn taken_names(&self) -> Vec<String> {
        let mut names = vec![self.name.to_owned()];
        let bare = self.name.strip_suffix("_total").filter(|_| self.kind == Type::Counter);
        names.extend(bare.map(str::to_owned));
        let is_made = matches!(self.kind, Type::Histogram(_) | Type::Summary(_)).then_some(self.name);
        names.extend(bare.or(is_made).map(|name| format!("{name}_created")));
        let suffixes = self.kind.suffixes().iter().filter(|suffix| !suffix.is_empty());
        names.extend(suffixes.map(|suffix| format!("{}{suffix}", self.name)));
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn descriptor(name: &'static str, kind: Type) -> Descriptor {
        Descriptor {
            name,
            help: "h",
            kind,
            unit: "",
            labels: &[],
            values: &[],
            foreseen: false,
            max_series: DEFAULT_MAX_SERIES,
            place: Place::UNKNOWN,
        }
    }

    #[test]
    fn a_family_is_its_name_kind_and_labels() {
        let one = descriptor("a", Type::Gauge);
        assert!(one.same_family(&Descriptor { help: "other", ..one }));
        assert!(!one.same_family(&Descriptor { labels: &["l"], ..one }));
        assert!(!one.same_family(&Descriptor { kind: Type::Counter, ..one }));
        let bounds = descriptor("a", Type::Histogram(&[1.0]));
        assert!(!bounds.same_family(&descriptor("a", Type::Histogram(&[2.0]))));
    }

    #[test]
    fn taken_names_include_the_openmetrics_family() {
        assert_eq!(descriptor("x_total", Type::Counter).taken_names(), ["x_total", "x", "x_created"]);
        assert_eq!(descriptor("x", Type::Gauge).taken_names(), ["x"]);
        let histogram = descriptor("x", Type::Histogram(&[1.0]));
        assert_eq!(histogram.taken_names(), ["x", "x_created", "x_bucket", "x_sum", "x_count"]);
    }
}
