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
}

/// The kinds by name.
const NAMES: [&str; 3] = ["Counter", "Gauge", "Histogram"];

impl Kind {
    /// Its name as a type.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Counter => "Counter",
            Self::Gauge => "Gauge",
            Self::Histogram => "Histogram",
        }
    }

    /// Its name in a sentence.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Counter, Self::Gauge, Self::Histogram].into_iter().find(|kind| kind.name() == name)
    }
}

/// The kind called `name`. After a mistake the nearest one, so that the uses of the metric are not mistakes too.
pub(crate) fn check_kind(name: &Ident, diag: &mut Diag) -> Kind {
    let word = name.to_string();
    Kind::named(&word).unwrap_or_else(|| {
        let hint = did_you_mean(&word, &NAMES);
        diag.at(name.span(), format!("unknown kind of metric `{word}`; expected {}{hint}", list(&NAMES)));
        nearest(&word, &NAMES).and_then(Kind::named).unwrap_or(Kind::Gauge)
    })
}
