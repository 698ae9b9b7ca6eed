//! Gauges: numbers that go up and down.
//!
//! A gauge is the value it was last set to plus what every thread added since. `set` draws a new epoch, so that what
//! was added before it no longer counts; a thread notices at its next step and starts a new sum.

use std::fmt;

use crate::cell::{self, Block, Handle, Layout, SeriesId};
use crate::clock;
use crate::descriptor::Descriptor;
use crate::sample::{Kind, Sink, Value};
use crate::sync::Ordering::{Acquire, Relaxed, Release};

/// The words of a series: the epoch they belong to, whole steps in two's complement, other steps as an `f64`.
const EPOCH: usize = 1;
const WHOLE: usize = 2;
const FRACTION: usize = 3;
const WORDS: usize = 4;
/// The base has no tag; there it is the value that was set last.
const SET: usize = 0;

/// One series of a gauge: `Copy`, found already, cheap to keep.
///
/// A handle outlives its series: what is written through it after the series was removed is dropped.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// metrics! {
///     /// Connections open now, by listener.
///     static CONNECTIONS: Gauge<listener>;
/// }
///
/// let open = CONNECTIONS { listener: "public" }.handle();
/// open.set(10);
/// open.inc();
/// open.dec_by(2.5);
/// assert_eq!(open.get(), 8.5);
/// ```
#[derive(Clone, Copy)]
pub struct GaugeHandle {
    id: SeriesId,
}

impl GaugeHandle {
    pub(crate) fn new(id: SeriesId) -> Self {
        Self { id }
    }

    /// Adds one.
    #[inline]
    pub fn inc(self) {
        self.add_whole(1);
    }

    /// Takes one away.
    #[inline]
    pub fn dec(self) {
        self.add_whole(-1);
    }

    /// Adds `amount`.
    ///
    /// `NaN` is dropped and counted in `metrics_core_dropped_observations_total`: it would stay for ever.
    pub fn inc_by(self, amount: impl Number) {
        self.add(amount.to_f64());
    }

    /// Takes `amount` away. `NaN` is dropped as by [`inc_by`](Self::inc_by).
    pub fn dec_by(self, amount: impl Number) {
        self.add(-amount.to_f64());
    }

    /// Sets the value, whatever was added before.
    ///
    /// The one step of a gauge that takes a lock: `inc` and `dec` don't.
    pub fn set(self, value: impl Number) {
        let value = value.to_f64();
        cell::write_base(self.id, &|base| {
            base.store(SET, value.to_bits(), Relaxed);
            base.store(WHOLE, 0, Relaxed);
            base.store(FRACTION, 0, Relaxed);
            base.add(EPOCH, 1, Release);
        });
    }

    /// Sets the value to the seconds since the Unix epoch (CL-23).
    pub fn set_to_current_time(self) {
        self.set(clock::unix_seconds());
    }

    /// The value now, 0 if the series was removed.
    pub fn get(self) -> f64 {
        value(self.id).unwrap_or(0.0)
    }

    fn add(self, amount: f64) {
        if amount.is_nan() {
            cell::drop_value(self.id);
        } else if amount.fract() == 0.0 && amount.abs() < i64::MAX as f64 {
            self.add_whole(amount as i64);
        } else {
            self.step(|own| own.add_f64(FRACTION, amount, Relaxed));
        }
    }

    #[inline]
    fn add_whole(self, amount: i64) {
        self.step(|own| own.add(WHOLE, amount as u64, Relaxed));
    }

    /// Applies a step to the thread's own words, which first start anew if the gauge was set since.
    #[inline]
    fn step(self, apply: impl Fn(Block)) {
        let Some(base) = cell::base(self.id) else { return };
        cell::write(self.id, |own| {
            let epoch = base.load(EPOCH, Acquire);
            if own.load(EPOCH, Relaxed) != epoch {
                own.store(WHOLE, 0, Relaxed);
                own.store(FRACTION, 0, Relaxed);
                own.store(EPOCH, epoch, Release);
            }
            apply(own);
        });
    }
}

impl Handle for GaugeHandle {
    fn id(self) -> SeriesId {
        self.id
    }

    fn at(self, id: SeriesId) -> Self {
        Self { id }
    }
}

impl fmt::Debug for GaugeHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("GaugeHandle").field(&self.get()).finish()
    }
}

/// A number that a gauge can be set to or moved by: `f64`, `f32` and every whole number up to 64 bits.
///
/// Whole numbers beyond 2^53 are rounded, as Prometheus stores every sample as an `f64` (DM-4).
#[diagnostic::on_unimplemented(message = "a gauge can't take a `{Self}`", label = "expected a number")]
pub trait Number: Copy {
    /// The number as Prometheus stores it.
    fn to_f64(self) -> f64;
}

macro_rules! numbers {
    ($($type:ty),*) => { $(
        impl Number for $type {
            #[inline]
            #[allow(clippy::cast_lossless, reason = "one line serves all number types")]
            fn to_f64(self) -> f64 {
                self as f64
            }
        }
    )* };
}

numbers!(f64, f32, u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);

/// Gauges as a family sees them.
pub(crate) struct GaugeKind;

impl Kind for GaugeKind {
    fn layout(&self, _: &Descriptor) -> Layout {
        Layout { words: WORDS, fold }
    }

    fn sums_up(&self) -> bool {
        false
    }

    fn tell(&self, id: SeriesId, _: &Descriptor, labels: &str, sink: &mut dyn Sink) {
        if let Some(value) = value(id) {
            sink.number(labels, Value::Real(value));
        }
    }
}

fn fold(own: Block, base: Block, _: usize) {
    if own.load(EPOCH, Relaxed) == base.load(EPOCH, Relaxed) {
        base.add(WHOLE, own.load(WHOLE, Relaxed), Relaxed);
        base.add_f64(FRACTION, own.load_f64(FRACTION, Relaxed), Relaxed);
    }
}

fn value(id: SeriesId) -> Option<f64> {
    let base = cell::base(id)?;
    let (mut set, mut whole, mut fraction) = (None, 0_u64, 0.0);
    let lives = cell::read(id, &mut |block| {
        // The base comes first, and nobody sets the gauge while it is read.
        let first = set.is_none();
        set.get_or_insert_with(|| block.load_f64(SET, Relaxed));
        if first || block.load(EPOCH, Acquire) == base.load(EPOCH, Relaxed) {
            whole = whole.wrapping_add(block.load(WHOLE, Acquire));
            fraction += block.load_f64(FRACTION, Acquire);
        }
    });
    lives.then(|| set.unwrap_or(0.0) + whole as i64 as f64 + fraction)
}
