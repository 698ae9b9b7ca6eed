//! The kinds of metrics.

use proc_macro2::Ident;

use crate::diag::{Diag, did_you_mean, list, nearest};

/// What a metric is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Only grows.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Counts observations in buckets.
    Histogram,
    /// Counts observations in exponential buckets.
    NativeHistogram,
    /// Sums observations up, and tells quantiles of the latest ones.
    Summary,
    /// Facts told by labels.
    Info,
    /// Which one of some states holds.
    StateSet,
}

/// The kinds with their names as types and in sentences.
const KINDS: [(Kind, &str, &str); 7] = [
    (Kind::Counter, "Counter", "a counter"),
    (Kind::Gauge, "Gauge", "a gauge"),
    (Kind::Histogram, "Histogram", "a histogram"),
    (Kind::NativeHistogram, "NativeHistogram", "a native histogram"),
    (Kind::Summary, "Summary", "a summary"),
    (Kind::Info, "Info", "an info"),
    (Kind::StateSet, "StateSet", "a state set"),
];

impl Kind {
    /// Its name as a type.
    pub(crate) fn name(self) -> &'static str {
        KINDS.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, name, _)| name)
    }

    /// Its name in a sentence, with an article.
    pub(crate) fn words(self) -> &'static str {
        KINDS.iter().find(|(kind, ..)| *kind == self).map_or("", |(.., words)| words)
    }

    /// Whether its number is one of something.
    pub(crate) fn has_unit(self) -> bool {
        !matches!(self, Self::Info | Self::StateSet)
    }

    /// Whether it counts values by their size.
    pub(crate) fn has_buckets(self) -> bool {
        matches!(self, Self::Histogram | Self::NativeHistogram)
    }

    fn named(name: &str) -> Option<Self> {
        KINDS.iter().find(|(_, known, _)| *known == name).map(|(kind, ..)| *kind)
    }
}

/// The kind called `name`. After a mistake the nearest one, so that the uses of the metric are not mistakes too.
pub(crate) fn check_kind(name: &Ident, diag: &mut Diag) -> Kind {
    let word = name.to_string();
    let names = KINDS.map(|(_, name, _)| name);
    Kind::named(&word).unwrap_or_else(|| {
        let hint = did_you_mean(&word, &names);
        diag.at(name.span(), format!("unknown kind of metric `{word}`; expected {}{hint}", list(&names)));
        nearest(&word, &names).and_then(Kind::named).unwrap_or(Kind::Gauge)
    })
}
