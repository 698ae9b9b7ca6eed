//! Native histograms that are described at run time.

use std::time::Duration;

use crate::builder::{Builder, Shape};
use crate::cell::SeriesId;
use crate::declared::native_histogram::NativeHistogram;
use crate::descriptor::{Native, Type};
use crate::intern;
use crate::metric::native_histogram::{NativeHistogramHandle, NativeHistogramKind};
use crate::sample::Kind;

impl NativeHistogram {
    /// Describes a native histogram at run time.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::{NativeHistogram, Registry};
    ///
    /// let registry = Registry::new();
    /// let sizes = NativeHistogram::builder("plugin_answer_bytes", "Sizes of answers by plugin.")
    ///     .labels(["plugin"])
    ///     .factor(1.05)
    ///     .native_only()
    ///     .register(&registry)?;
    /// sizes.with(["search"]).observe(4096.0);
    /// assert_eq!(sizes.with(["search"]).snapshot().positive, [(192, 1)]);
    /// # Ok::<(), metrics_core::RegisterError>(())
    /// ```
    pub fn builder(name: impl Into<String>, help: impl Into<String>) -> Builder<NativeHistogramHandle, 0> {
        Builder::new(name.into(), help.into(), native_histogram)
    }
}

impl<const N: usize> Builder<NativeHistogramHandle, N> {
    /// The most that a bound may be above the one before; 1.1 by default. The finest there is are 256 bounds from 1 to 2.
    pub fn factor(mut self, factor: f64) -> Self {
        self.shape.native.factor = factor;
        self
    }

    /// How many buckets a series may fill before it begins anew or its buckets become wider; 160 by default, 0 for any
    /// number.
    pub fn max_buckets(mut self, most: u32) -> Self {
        self.shape.native.max_buckets = most;
        self
    }

    /// How far from 0 the zero bucket reaches; 2⁻¹²⁸ by default.
    pub fn zero_threshold(mut self, threshold: f64) -> Self {
        self.shape.native.zero_threshold = threshold;
        self
    }

    /// How far the zero bucket may reach so that there are fewer buckets; by default it does not grow.
    pub fn max_zero_threshold(mut self, threshold: f64) -> Self {
        self.shape.native.max_zero_threshold = threshold;
        self
    }

    /// From which age on a series with too many buckets begins anew; an hour by default, zero for never.
    pub fn min_reset(mut self, age: Duration) -> Self {
        self.shape.native.min_reset = age;
        self
    }

    /// The upper bounds of the classic buckets, without `+Inf`; [`buckets::DEFAULT`](crate::buckets::DEFAULT) by default.
    pub fn buckets(mut self, bounds: impl Into<Vec<f64>>) -> Self {
        self.shape.bounds = bounds.into();
        self
    }

    /// No classic buckets: whoever does not ask for protobuf gets sum and count alone.
    pub fn native_only(mut self) -> Self {
        self.shape.native_only = true;
        self
    }
}

fn native_histogram(shape: &Shape) -> (Type, &'static dyn Kind, NativeHistogramHandle) {
    let bounds = intern::bounds(if shape.native_only { &[] } else { &shape.bounds });
    let native = Native { bounds: bounds.upper(), ..shape.native };
    (Type::Native(native), &NativeHistogramKind, NativeHistogramHandle::new(SeriesId::NONE, bounds))
}
