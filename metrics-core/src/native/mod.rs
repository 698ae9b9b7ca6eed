//! Native histograms: exponential buckets that nobody has to choose.
//!
//! The buckets of a series lie on pages of eight, made when they are first hit; each page is a distribution with a sum of
//! its own, in words that every thread has for itself. So count, sum and buckets agree in every scrape: an observation
//! touches one page, and a page is read between two observations.
//!
//! When buckets become too many, the *view* changes and not what was counted: from then on values go to wider buckets or
//! to the zero bucket, and older pages are added up as if theirs were as wide. Nobody waits for that, and nothing is lost.

pub(crate) mod apart;
pub(crate) mod key;
mod mantissas;
pub(crate) mod page;
pub(crate) mod pages;
pub(crate) mod snapshot;
pub(crate) mod view;
