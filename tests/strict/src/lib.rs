//! A library that forbids and denies all it can: the macros neither cause a warning nor silence one.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, unused_qualifications, single_use_lifetimes)]
#![deny(clippy::all, clippy::pedantic, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::items_after_statements)]

use std::error::Error;
use std::fmt::Debug;
use std::future::Future;
use std::io;
use std::pin::Pin;

use async_trait::async_trait;
use metrics_core::{LabelValue, Outcome, counted, gauged, metrics, timed};

/// What is asked for.
#[derive(Clone, Copy, Debug, LabelValue)]
#[label(rename_all = "kebab-case")]
pub enum Method {
    /// To read.
    Get,
    /// To write.
    Post,
}

metrics! {
    #![prefix = "strict_"]

    /// Requests by method.
    pub static REQUESTS_TOTAL: Counter<method: Method, outcome: Outcome>;

    /// Answers by status.
    pub(crate) static ANSWERS_TOTAL: Counter<method: Method, status>;

    /// Seconds of a request.
    #[metric(buckets = [0.1, 1.0])]
    pub static REQUEST_SECONDS: Histogram<endpoint>;

    /// Seconds of a job.
    #[metric(quantiles = [0.5 => 0.05])]
    pub static JOB_SECONDS: Summary;

    /// Requests that run.
    pub static REQUESTS_RUNNING: Gauge;

    /// What was built.
    pub static BUILD: Info<version>;

    /// What it does.
    pub static MODE: StateSet<Method>;
}

/// Makes a future, in a future of its own.
#[counted(outcome)]
pub async fn prepared(method: Method) -> impl Future<Output = bool> {
    let get = load(method).await;
    async move { get }
}

async fn load(method: Method) -> bool {
    std::future::ready(matches!(method, Method::Get)).await
}

/// A plain function.
#[counted]
#[timed]
#[gauged]
#[must_use]
pub fn plain(values: &[u8]) -> Option<&u8> {
    use std::convert::identity;
    const FIRST: usize = 0;
    identity(values.get(FIRST))
}

/// An argument that a label alone uses.
#[counted(REQUESTS_TOTAL { method }, outcome)]
pub fn label_only(method: Method) {}

/// A function whose result is looked at.
///
/// # Errors
///
/// If there is no number in the text.
#[counted(REQUESTS_TOTAL { method: Method::Get }, outcome)]
#[counted(ANSWERS_TOTAL { method: Method::Get, status: |answer| answer.as_ref().ok().copied() })]
#[timed(outcome, err_if = |answer| answer.is_err())]
#[gauged(REQUESTS_RUNNING)]
pub fn judged(text: &str) -> Result<u8, Box<dyn Error>> {
    if text.is_empty() {
        return Err(Box::new(io::Error::other("empty")));
    }
    let number = text.parse()?;
    Ok(number)
}

/// A future whose result is looked at.
///
/// # Errors
///
/// If there is no number in the text.
#[counted(only = err)]
#[counted(only = [panicked, cancelled], outcome)]
#[timed(summary, busy, outcome)]
pub async fn judged_future(mut text: String) -> Result<u8, Box<dyn Error + Send + Sync>> {
    if text.is_empty() {
        return Err(Box::new(io::Error::other("empty")));
    }
    text.push('0');
    std::future::ready(()).await;
    let number = text.parse()?;
    Ok(number)
}

/// A result without a value.
#[counted(outcome)]
pub async fn unit(flag: bool) {
    if flag {
        return;
    }
    std::future::ready(()).await;
}

/// A result that is a trait.
///
/// # Errors
///
/// Never.
#[timed(outcome)]
pub fn opaque(values: &[u8]) -> Result<impl Iterator<Item = &u8> + Debug, io::Error> {
    Ok(values.iter())
}

/// A future that is made elsewhere.
///
/// # Errors
///
/// If there is no number in the text.
#[timed(REQUEST_SECONDS { endpoint: "/" })]
pub fn delegated(text: String) -> impl Future<Output = Result<u8, Box<dyn Error + Send + Sync>>> {
    judged_future(text)
}

/// A future in a box.
#[timed(REQUEST_SECONDS { endpoint })]
#[counted(outcome)]
#[timed(JOB_SECONDS)]
#[must_use]
pub fn boxed<'a>(endpoint: &'a str) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
    let length = endpoint.len();
    Box::pin(async move { std::future::ready(length).await })
}

/// Something to call.
#[async_trait]
pub trait Service {
    /// Answers.
    async fn answer(&self, method: Method) -> Result<u8, io::Error>;
}

/// A service.
#[derive(Debug)]
pub struct Shop {
    answers: u8,
}

#[counted]
#[timed(outcome)]
impl Shop {
    /// A shop.
    #[counted(skip)]
    #[must_use]
    pub fn new() -> Self {
        Self { answers: 7 }
    }

    /// The answers, to be changed.
    pub fn answers_mut(&mut self) -> &mut u8 {
        &mut self.answers
    }
}

impl Default for Shop {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Service for Shop {
    #[counted(REQUESTS_TOTAL { method }, outcome)]
    #[gauged(labels { method: method })]
    async fn answer(&self, method: Method) -> Result<u8, io::Error> {
        std::future::ready(()).await;
        match method {
            Method::Get => Ok(self.answers),
            Method::Post => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_records() {
        assert_eq!(plain(&[1]), Some(&1));
        label_only(Method::Post);
        assert!(judged("7").is_ok() && judged("").is_err());
        assert_eq!(opaque(&[1]).map_or(0, Iterator::count), 1);
        assert_eq!(*Shop::new().answers_mut(), 7);
        let get = |outcome| REQUESTS_TOTAL.get(REQUESTS_TOTAL { method: Method::Get, outcome });
        assert_eq!((get(Outcome::Ok), get(Outcome::Err)), (Some(1.0), Some(1.0)));
        let answers = |status| ANSWERS_TOTAL.get(ANSWERS_TOTAL { method: Method::Get, status });
        assert_eq!((answers(Some(7)), answers(None::<u8>)), (Some(1.0), Some(1.0)));
        assert!(metrics_core::verify().is_ok());
    }
}
