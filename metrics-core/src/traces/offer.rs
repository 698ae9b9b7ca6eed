//! Offering what is written as an example of the trace that it belongs to.

use std::time::Duration;

use super::current::Span;
use super::due::{self, Due};
use crate::cell::Lead;
use crate::exemplars::{self, Place};
use crate::record::RECORD;
use crate::sync::is_holding;

/// How often a trace may become an exemplar, at most; with `None` none does any more. A second is the default.
///
/// With the feature `traces`, what is counted or observed while a sampled span of `OpenTelemetry` is the current one may
/// become an exemplar, with its `trace_id` and `span_id`: on each thread one for a counter and for each bucket of a
/// histogram, from one scrape to the next, if so much time lies between the two. Scrapes in the text format, which has
/// no exemplars, are none of those. Where 255 writes in a row belonged to no sampled span, the others wait for the next
/// scrape too. An exemplar takes about 100 bytes, until there is another one of its bucket or its series ends.
///
/// An allocator that counts may ask `opentelemetry` while that is in the middle of its own work, and then it panics. That is
/// caught; a program that has such an allocator and aborts on panics turns this off.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// // There are many scrapers, and one exemplar in a minute is enough.
/// metrics_core::exemplars_from_traces(Some(Duration::from_secs(60)));
/// // From now on none at all.
/// metrics_core::exemplars_from_traces(None);
/// ```
pub fn exemplars_from_traces(at_most_every: Option<Duration>) {
    due::set_rounds(at_most_every);
}

/// The series counted something, which may be an example: where, and the value. Of those with one number there is one
/// example.
#[inline]
pub(crate) fn offer(lead: impl Lead, number: usize, counted: impl FnOnce() -> (Place, f64)) {
    if RECORD && let Some(due) = Due::of(lead.likely(), number) {
        offer_due(due, lead, counted);
    }
}

#[cold]
#[inline(never)]
fn offer_due(due: Due, lead: impl Lead, counted: impl FnOnce() -> (Place, f64)) {
    if due.is_off() {
        return due.done();
    }
    // Whoever holds one of our locks, an allocator that counts, must not get another one.
    if is_holding() {
        return;
    }
    let Some(span) = Span::current() else { return due.missed() };
    due.done();
    let (place, value) = counted();
    if !value.is_nan() {
        exemplars::keep_found(lead.sure(), place, value, span);
    }
}
