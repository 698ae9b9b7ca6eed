//! Labels in each peer's own words.

use std::num::NonZeroUsize;

use foundations_metrics::LowCardinalityLabel;
use lasso::{RodeoReader, ThreadedRodeo};
use measured::{FixedCardinalityLabel, LabelGroup};
use metrics_core::LabelValue;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_static_metric::make_static_metric;
use serde::Serialize;

/// A closed label.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, LabelValue, EncodeLabelValue, FixedCardinalityLabel, Serialize,
)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
    Patch,
}

/// Another one.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, LabelValue, EncodeLabelValue, FixedCardinalityLabel, Serialize,
)]
pub enum Outcome {
    Success,
    ClientError,
    ServerError,
    Timeout,
}

const METHODS: [Method; 5] = [Method::Get, Method::Post, Method::Put, Method::Delete, Method::Patch];
const OUTCOMES: [Outcome; 4] =
    [Outcome::Success, Outcome::ClientError, Outcome::ServerError, Outcome::Timeout];

/// All combinations of the two closed labels.
pub fn closed() -> Vec<Closed> {
    METHODS.into_iter().flat_map(|method| OUTCOMES.map(|outcome| Closed { method, outcome })).collect()
}

/// Two closed labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet, LabelGroup, Serialize)]
#[label(set = ClosedSet)]
pub struct Closed {
    pub method: Method,
    pub outcome: Outcome,
}

impl LowCardinalityLabel for Closed {
    const CARDINALITY: NonZeroUsize = NonZeroUsize::new(METHODS.len() * OUTCOMES.len()).unwrap();

    fn index(&self) -> usize {
        self.method as usize * OUTCOMES.len() + self.outcome as usize
    }
}

/// Two open labels that the family keeps: one needs the strings to look a series up.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet, Serialize)]
pub struct Open {
    pub tenant: String,
    pub path: String,
}

impl Open {
    pub fn new(tenant: &str, path: &str) -> Self {
        Self { tenant: tenant.to_owned(), path: path.to_owned() }
    }
}

/// Two open labels of `measured`.
#[derive(LabelGroup)]
#[label(set = DynamicSet)]
pub struct Dynamic<'a> {
    #[label(dynamic_with = ThreadedRodeo, default)]
    pub tenant: &'a str,
    #[label(dynamic_with = ThreadedRodeo, default)]
    pub path: &'a str,
}

/// Two labels of `measured` whose values are fixed when the program starts.
#[derive(LabelGroup)]
#[label(set = FixedSet)]
pub struct Fixed<'a> {
    #[label(fixed_with = RodeoReader)]
    pub tenant: &'a str,
    #[label(fixed_with = RodeoReader)]
    pub path: &'a str,
}

make_static_metric! {
    pub label_enum StaticMethod { get, post, put, delete, patch }

    pub label_enum StaticOutcome { success, client_error, server_error, timeout }

    pub struct StaticCounters: IntCounter {
        "method" => StaticMethod,
        "outcome" => StaticOutcome,
    }

    pub struct StaticHistograms: Histogram {
        "method" => StaticMethod,
        "outcome" => StaticOutcome,
    }
}

impl Closed {
    /// The same labels as `prometheus-static-metric` names them.
    pub fn as_static(self) -> (StaticMethod, StaticOutcome) {
        let method = match self.method {
            Method::Get => StaticMethod::get,
            Method::Post => StaticMethod::post,
            Method::Put => StaticMethod::put,
            Method::Delete => StaticMethod::delete,
            Method::Patch => StaticMethod::patch,
        };
        let outcome = match self.outcome {
            Outcome::Success => StaticOutcome::success,
            Outcome::ClientError => StaticOutcome::client_error,
            Outcome::ServerError => StaticOutcome::server_error,
            Outcome::Timeout => StaticOutcome::timeout,
        };
        (method, outcome)
    }
}
