//! The neutral form: how a metric tells its numbers to whoever writes them down.
//!
//! It unties the metrics from the formats: a metric knows a [`Sink`], a format is one, and neither knows the other.

use crate::cell::{Layout, SeriesId};
use crate::descriptor::Descriptor;
use crate::exemplars::Exemplars;
#[cfg(feature = "native")]
use crate::native::snapshot::NativeSnapshot;

/// A number as exactly as it was counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value {
    Whole(u64),
    Real(f64),
}

impl Value {
    /// The number as Prometheus stores it (DM-4).
    #[cfg(feature = "protobuf")]
    pub(crate) fn to_f64(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Real(real) => real,
        }
    }
}

/// What a histogram counted.
pub(crate) struct Distribution<'a> {
    /// Upper bounds, without `+Inf`.
    pub(crate) bounds: &'a [f64],
    /// Observations by bucket, each in one bucket only; the last one is `+Inf`.
    pub(crate) counts: &'a [u64],
    pub(crate) sum: f64,
}

/// What a summary tells: values at quantiles, `NaN` if nothing was observed lately, and all there ever was.
pub(crate) struct Quantiles<'a> {
    /// Quantile and value, ascending.
    pub(crate) values: &'a [(f64, f64)],
    pub(crate) sum: f64,
    pub(crate) count: u64,
}

/// What else is known of a series than its numbers.
pub(crate) struct Detail {
    /// When it was made, in seconds since the Unix epoch.
    pub(crate) created: u32,
    pub(crate) exemplars: Exemplars,
}

/// Where samples go. A family comes first, then each of its series.
pub(crate) trait Sink {
    /// Whether it writes down what is known of a series besides its numbers.
    fn wants_details(&self) -> bool {
        false
    }

    /// What is known of the series whose numbers come next; only to those who want it.
    fn detail(&mut self, _detail: Detail) {}

    /// The samples from here on belong to this family.
    fn family(&mut self, descriptor: &Descriptor);

    /// One number of a counter or gauge. `labels` is the escaped text between the braces, empty without labels.
    fn number(&mut self, labels: &str, value: Value);

    /// The numbers of several counters or gauges, none where the series is gone.
    fn numbers(&mut self, series: &[(&str, SeriesId)], values: &[Option<Value>]) {
        for ((labels, _), value) in series.iter().zip(values) {
            if let Some(value) = value {
                self.number(labels, *value);
            }
        }
    }

    /// One state set, by the place of the active state among those of its family.
    fn state(&mut self, labels: &str, states: &[&str], active: usize);

    /// One histogram.
    fn distribution(&mut self, labels: &str, value: &Distribution<'_>);

    /// One native histogram, and the same values in classic buckets, for formats that know no others.
    #[cfg(feature = "native")]
    fn native(&mut self, labels: &str, exponential: &NativeSnapshot, classic: &Distribution<'_>);

    /// One summary.
    fn quantiles(&mut self, labels: &str, value: &Quantiles<'_>);
}

/// A sink that writes bytes, which are taken away while later samples are still to come.
pub(crate) trait Encoder: Sink + Send + Sync {
    /// There are no more samples.
    fn end(&mut self) {}

    /// What was written since it was taken last.
    fn written(&self) -> &[u8];

    /// What was written has been taken.
    fn clear(&mut self);
}

/// The most series that are told at once.
pub(crate) const RUN: usize = 64;

/// What a family must know of the kind of metric it holds.
pub(crate) trait Kind: Send + Sync {
    /// The words that one series takes.
    fn layout(&self, descriptor: &Descriptor) -> Layout;

    /// Whether series that met the ceiling may be added up in one. A sum of different gauges would lie.
    fn sums_up(&self) -> bool;

    /// Whether a value may well turn out to be none, as any measured one: the count of those exists from the start.
    fn may_drop(&self) -> bool {
        false
    }

    /// A series was made.
    fn begin(&self, _id: SeriesId, _descriptor: &Descriptor) {}

    /// A series is about to be removed.
    fn end(&self, _id: SeriesId) {}

    /// Tells the numbers of one series; nothing if it was removed meanwhile.
    fn tell(&self, id: SeriesId, descriptor: &Descriptor, labels: &str, sink: &mut dyn Sink);

    /// Tells the numbers of several series, at most [`RUN`] of them.
    fn tell_all(&self, series: &[(&str, SeriesId)], descriptor: &Descriptor, sink: &mut dyn Sink) {
        for (labels, id) in series {
            self.tell(*id, descriptor, labels, sink);
        }
    }
}
