#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod bounds;
mod builder;
mod built;
mod callsite;
mod cell;
mod clock;
mod collected;
mod collection;
mod collector;
mod compensated;
mod declared;
mod descriptor;
mod directory;
mod encode;
mod exemplars;
mod exposition;
mod family;
mod faults;
mod filter;
mod format;
mod global;
mod http;
mod instrument;
mod intern;
mod label;
mod membership;
mod metric;
mod name;
#[cfg(feature = "native")]
mod native;
mod observation;
mod octaves;
mod private;
mod problem;
mod record;
mod reentrant;
mod register_error;
mod registry;
mod rules;
mod sample;
mod scrape;
mod scrapes;
mod sketch;
mod sync;
mod telling;
mod traces;

pub mod buckets;
#[cfg(feature = "testing")]
pub mod testing;

pub use crate::builder::Builder;
pub use crate::built::Family;
pub use crate::collection::{CollectedFamily, Collection};
pub use crate::collector::{Collector, CollectorError};
pub use crate::declared::callback::Callback;
pub use crate::declared::counter::Counter;
pub use crate::declared::gauge::Gauge;
pub use crate::declared::histogram::Histogram;
pub use crate::declared::info::Info;
#[cfg(feature = "native")]
pub use crate::declared::native_histogram::NativeHistogram;
pub use crate::declared::state_set::StateSet;
pub use crate::declared::summary::Summary;
pub use crate::global::verify;
pub use crate::http::body::Body;
pub use crate::http::handler::handler;
#[cfg(feature = "serve")]
pub use crate::http::serve::{BackgroundServer, Server, serve, serve_in_background};
pub use crate::instrument::future::Timed;
pub use crate::instrument::in_flight::InFlight;
pub use crate::instrument::outcome::Outcome;
pub use crate::instrument::timer::Timer;
pub use crate::label::{Display, LabelValue, Labels, NoLabels, Scratch, display};
pub use crate::membership::Metric;
pub use crate::metric::counter::{CounterHandle, Increment};
pub use crate::metric::gauge::{GaugeHandle, Number};
pub use crate::metric::histogram::HistogramHandle;
#[cfg(feature = "native")]
pub use crate::metric::native_histogram::NativeHistogramHandle;
pub use crate::metric::summary::SummaryHandle;
#[cfg(feature = "native")]
pub use crate::native::snapshot::{NativeSnapshot, Spans};
pub use crate::observation::{Observation, Observe};
pub use crate::problem::Problem;
pub use crate::register_error::RegisterError;
pub use crate::registry::Registry;
pub use crate::scrape::{Scrape, render};
#[cfg(feature = "traces")]
pub use crate::traces::exemplars_from_traces;

#[doc = include_str!("../docs/label_value.md")]
pub use metrics_macros::LabelValue;
#[doc = include_str!("../docs/counted.md")]
pub use metrics_macros::counted;
#[doc = include_str!("../docs/gauged.md")]
pub use metrics_macros::gauged;
#[doc = include_str!("../docs/metrics.md")]
pub use metrics_macros::metrics;
#[doc = include_str!("../docs/timed.md")]
pub use metrics_macros::timed;

include!(concat!(env!("OUT_DIR"), "/door.rs"));
