#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod callsite;
mod cell;
mod clock;
mod declared;
mod descriptor;
mod directory;
mod encode;
mod family;
mod faults;
mod global;
mod http;
mod instrument;
mod label;
mod metric;
mod name;
mod observation;
mod private;
mod problem;
mod registry;
mod sample;
mod scrape;
mod sketch;
mod sync;

pub mod buckets;

pub use crate::declared::callback::Callback;
pub use crate::declared::counter::Counter;
pub use crate::declared::gauge::Gauge;
pub use crate::declared::histogram::Histogram;
pub use crate::declared::info::Info;
pub use crate::declared::state_set::StateSet;
pub use crate::declared::summary::Summary;
pub use crate::global::verify;
pub use crate::http::body::Body;
pub use crate::http::handler::handler;
pub use crate::instrument::future::Timed;
pub use crate::instrument::in_flight::InFlight;
pub use crate::instrument::timer::Timer;
pub use crate::label::{Display, LabelValue, Labels, NoLabels, Scratch, display};
pub use crate::metric::counter::{CounterHandle, Increment};
pub use crate::metric::gauge::{GaugeHandle, Number};
pub use crate::metric::histogram::HistogramHandle;
pub use crate::metric::summary::SummaryHandle;
pub use crate::observation::{Observation, Observe};
pub use crate::problem::Problem;
pub use crate::registry::Registry;
pub use crate::scrape::render;

pub use metrics_macros::{counted, gauged, metrics, timed};

include!(concat!(env!("OUT_DIR"), "/door.rs"));
