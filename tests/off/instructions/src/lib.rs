//! Functions whose attributes are there with the feature `annotate` only: what the compiler makes of the two is compared.
//!
//! Those with `nested` in their names run in a future of their own, also where nothing is recorded: of them is asked only
//! that they call nothing of the runtime.
#![forbid(unsafe_code)]
#![cfg_attr(not(feature = "annotate"), allow(dead_code, unused_imports))]

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use metrics_core::{counted, display, gauged, metrics, timed};

metrics! {
    /// Loads by table.
    static LOADS_TOTAL: Counter<table>;

    /// Tasks that wait.
    static QUEUE_LENGTH: Gauge;

    /// Seconds of waiting.
    static WAIT_SECONDS: Histogram;

    /// Seconds of a turn.
    static TURN_SECONDS: NativeHistogram;
}

/// Waits once.
struct Yield(bool);

impl Future for Yield {
    type Output = u64;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u64> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(1);
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Three attributes.
#[inline(never)]
#[cfg_attr(feature = "annotate", counted, timed, gauged)]
pub fn plain(values: &[u64]) -> u64 {
    values.iter().sum()
}

/// One that may panic.
#[inline(never)]
#[cfg_attr(feature = "annotate", timed)]
pub fn panicking(values: &[u64], at: usize) -> u64 {
    let copy = values.to_vec();
    copy[at]
}

/// Labels that cost something to ask for.
#[inline(never)]
#[cfg_attr(feature = "annotate", counted(LOADS_TOTAL { table: display(&table) }))]
#[cfg_attr(feature = "annotate", timed(labels { table: format!("{table:?}"), rows: rows.len() }))]
pub fn labelled(table: Table, rows: &[u64]) -> usize {
    rows.len() * usize::from(table.0)
}

/// A result that is looked at.
#[inline(never)]
#[cfg_attr(feature = "annotate", counted(outcome), timed(labels { size: |result| result.as_ref().ok().copied() }))]
pub fn judged(text: &str) -> Result<usize, io::Error> {
    let number: usize = text.parse().map_err(|_| io::ErrorKind::InvalidData)?;
    Ok(number + text.len())
}

/// A method.
pub struct Shop(pub Vec<u64>);

#[cfg_attr(feature = "annotate", timed)]
impl Shop {
    /// Takes the last.
    #[inline(never)]
    pub fn take(&mut self) -> Option<u64> {
        self.0.pop()
    }
}

/// Verbs that are called by hand: they too are left out without `annotate`.
#[inline(never)]
pub fn by_hand(table: &str) -> usize {
    #[cfg(feature = "annotate")]
    {
        LOADS_TOTAL { table }.inc();
        LOADS_TOTAL { table }.inc_by(0.5);
        QUEUE_LENGTH.set(table.len());
        WAIT_SECONDS.observe(0.5);
        TURN_SECONDS.observe(0.5);
        TURN_SECONDS.time(|| ());
    }
    #[cfg(feature = "annotate")]
    let (_running, _timer) = (QUEUE_LENGTH.in_flight(), WAIT_SECONDS.start_timer());
    table.len()
}

#[cfg_attr(feature = "annotate", counted, timed, gauged)]
async fn waiting(a: u64) -> u64 {
    let b = Yield(false).await;
    Yield(b > a).await + a
}

/// An asynchronous function.
pub fn wait(a: u64) -> Pin<Box<dyn Future<Output = u64> + Send>> {
    Box::pin(waiting(a))
}

#[cfg_attr(feature = "annotate", counted(LOADS_TOTAL { table: display(&table) }))]
async fn waiting_labelled(table: Table) -> u64 {
    Yield(false).await + u64::from(table.0)
}

/// An asynchronous function with a label.
pub fn wait_labelled(table: Table) -> Pin<Box<dyn Future<Output = u64> + Send>> {
    Box::pin(waiting_labelled(table))
}

#[cfg_attr(feature = "annotate", counted(outcome), timed(busy))]
async fn nested_judged(a: u64) -> Result<u64, u64> {
    let b = Yield(false).await;
    if b < a { Err(b) } else { Ok(b) }
}

/// An asynchronous function whose result is looked at.
pub fn box_nested_judged(a: u64) -> Pin<Box<dyn Future<Output = Result<u64, u64>> + Send>> {
    Box::pin(nested_judged(a))
}

#[cfg_attr(feature = "annotate", counted, timed)]
fn nested_handed_on(a: u64) -> impl Future<Output = u64> + Send {
    std::convert::identity(waiting(a))
}

/// A function that returns a future of some type that was made elsewhere.
pub fn box_nested_handed_on(a: u64) -> Pin<Box<dyn Future<Output = u64> + Send>> {
    // Not quite what `wait` boxes: the compiler would make one function of the two.
    Box::pin(nested_handed_on(a + 1))
}

/// A function that returns a future.
#[cfg_attr(feature = "annotate", counted, timed)]
pub fn tail(a: u64) -> Pin<Box<dyn Future<Output = u64> + Send>> {
    Box::pin(async move { Yield(false).await + a })
}

/// The same with a label, which is asked for before the future is made.
#[cfg_attr(feature = "annotate", counted(LOADS_TOTAL { table: display(&table) }))]
pub fn tail_labelled(table: Table) -> Pin<Box<dyn Future<Output = u64> + Send>> {
    let rows = u64::from(table.0) + 2;
    Box::pin(async move { Yield(false).await * rows })
}

/// A function that returns a future that was made elsewhere.
#[cfg_attr(feature = "annotate", counted, timed)]
pub fn delegated(a: u64) -> Pin<Box<dyn Future<Output = u64> + Send>> {
    let future = wait(a);
    future
}

/// Prints itself in two pieces.
#[derive(Debug)]
pub struct Table(pub u8);

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table {}", self.0)
    }
}
