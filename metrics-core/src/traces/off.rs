//! Without the feature nobody knows of traces.

use crate::cell::Lead;
use crate::exemplars::Place;

#[inline]
pub(crate) fn offer(_: impl Lead, _: usize, _: impl FnOnce() -> (Place, f64)) {}

#[inline]
pub(crate) fn begin_round() {}
