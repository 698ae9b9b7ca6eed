//! Declared native histograms.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;

use super::view::{observing, view};
use crate::callsite::Declared;
use crate::family::Pin;
use crate::instrument::future::Timed;
use crate::instrument::timer::Timer;
use crate::label::{Labels, NoLabels};
use crate::metric::native_histogram::NativeHistogramHandle;
use crate::observation::Observation;

/// A histogram whose buckets nobody has to choose: each bound is a fixed `factor` times the one before, over all numbers
/// there are, and only buckets that were hit are stored and sent.
///
/// `metrics!` declares it; `L` are its labels. Without labels it is written to directly, with labels through the struct
/// of the same name. Prometheus reads the exponential buckets if it asks for protobuf; whoever asks for text gets the
/// classic buckets that it has too, those of [`buckets::DEFAULT`](crate::buckets::DEFAULT) unless it names others, or
/// none with `native = only`.
///
/// | option | meaning | default |
/// | --- | --- | --- |
/// | `factor` | the most that a bound may be above the one before: the error of a quantile | `1.1` |
/// | `max_buckets` | how many buckets a series may fill; `0` for any number | `160` |
/// | `zero_threshold` | how far from 0 the zero bucket reaches | 2⁻¹²⁸ |
/// | `max_zero_threshold` | how far it may reach so that there are fewer buckets | `0`, not at all |
/// | `min_reset` | from that age on a series with too many buckets begins anew, `"0s"` for never | `"1h"` |
/// | `native = only` | no classic buckets | with them |
/// | `buckets` | the bounds of the classic buckets | `buckets::DEFAULT` |
///
/// A series with too many buckets begins anew if it is old enough, else its zero bucket grows, else each two buckets
/// become one; then it begins anew as soon as it is old enough and was scraped, at the resolution that it had at first.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// metrics! {
///     /// Seconds one task ran, by type.
///     #[metric(factor = 1.05, max_buckets = 100)]
///     static STEP_SECONDS: NativeHistogram<task_type>;
/// }
///
/// let task_type = "heavy";
/// STEP_SECONDS { task_type }.observe(0.25);
/// let heavy = STEP_SECONDS { task_type }.handle().snapshot();
/// assert_eq!((heavy.schema, heavy.positive), (4, vec![(-32, 1)]));
/// ```
pub struct NativeHistogram<L = ()> {
    cell: &'static Declared,
    labels: PhantomData<fn(L)>,
}

view!(NativeHistogram, NativeHistogramHandle, |cell, id| NativeHistogramHandle::new(id, cell.bounds()));
observing!(NativeHistogram, NativeHistogramHandle);

impl<L> NativeHistogram<L> {
    /// Counts a value, and keeps it as an example; see [`NativeHistogramHandle::observe_with_exemplar`].
    pub fn observe_with_exemplar(&self, value: impl Observation, exemplar: &[(&str, &str)])
    where
        L: NoLabels,
    {
        self.handle().observe_with_exemplar(value, exemplar);
    }
}

#[allow(clippy::needless_pass_by_value, reason = "`get(NAME { … })` is how a series is named")]
impl<L: Labels> NativeHistogram<L> {
    /// The series with these labels, which tells its [`snapshot`](NativeHistogramHandle::snapshot); `None` if there is no
    /// such series.
    pub fn get<S: Labels<Family = L>>(&self, labels: S) -> Option<NativeHistogramHandle> {
        self.find(&labels)
    }
}
