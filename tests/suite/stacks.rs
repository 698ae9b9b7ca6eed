//! Attributes on `impl` blocks and traits, and among those of other crates.

#![allow(clippy::unused_async, clippy::unused_self, reason = "shapes, not work")]

use std::time::Duration;

use async_trait::async_trait;
use metrics_core::{Outcome, counted, gauged, metrics, timed};

metrics! {
    /// Calls.
    static STACK_CALLS_TOTAL: Counter<case, outcome: Outcome>;
    /// Seconds.
    static STACK_SECONDS: Histogram<case>;
    /// In flight.
    static STACK_RUNNING: Gauge<case>;
}

const NAP: Duration = Duration::from_millis(30);

/// Calls that returned no error and those that did, and the timed ones; nothing is in flight.
fn recorded(case: &str) -> (f64, f64, u64) {
    let calls = |outcome| STACK_CALLS_TOTAL.get(STACK_CALLS_TOTAL { case, outcome }).unwrap_or(0.0);
    assert_eq!(STACK_RUNNING.get(STACK_RUNNING { case }), Some(0.0));
    let timed = STACK_SECONDS { case }.handle();
    assert!(timed.count() == 0 || timed.sum() >= 0.03, "{case} took {} s", timed.sum());
    (calls(Outcome::Ok), calls(Outcome::Err), timed.count())
}

fn line(front: &str) -> Option<String> {
    metrics_core::render().lines().find_map(|line| line.strip_prefix(front).map(str::to_owned))
}

struct Store {
    name: &'static str,
}

#[counted]
#[timed(STACK_SECONDS { case: "impl block" })]
#[allow(dead_code, reason = "kept on the block")]
impl Store {
    fn load(&self) -> usize {
        std::thread::sleep(NAP);
        self.name.len()
    }

    #[counted(skip)]
    async fn store(&mut self) {
        tokio::time::sleep(NAP).await;
        self.name = "stored";
    }

    #[timed(skip)]
    #[counted(skip)]
    fn of(name: &'static str) -> Self {
        Self { name }
    }

    const LIMIT: usize = 3;
}

#[counted]
trait Greet {
    fn name(&self) -> String;

    fn greet_loudly(&self) -> String {
        self.name().to_uppercase()
    }
}

impl Greet for Store {
    #[counted(function = "Store as Greet::name")]
    fn name(&self) -> String {
        self.name.to_owned()
    }
}

#[tokio::test]
async fn an_impl_block_or_a_trait_hands_its_attributes_out() {
    let mut store = Store::of("shop");
    assert_eq!(store.load(), 4);
    store.store().await;
    assert_eq!((store.name, Store::LIMIT), ("stored", 3));
    assert_eq!(STACK_SECONDS { case: "impl block" }.handle().count(), 2);
    let load = r#"suite_load_calls_total{function="Store::load",module="suite::stacks"}"#;
    assert_eq!(line(load).as_deref(), Some(" 1"));
    assert_eq!(line("suite_store_calls_total"), None);
    assert_eq!(line("suite_of_calls_total"), None);
    assert_eq!(store.greet_loudly(), "STORED");
    let greet = r#"suite_greet_loudly_calls_total{function="Greet::greet_loudly",module="suite::stacks"}"#;
    assert_eq!(line(greet).as_deref(), Some(" 1"));
    let name = r#"suite_name_calls_total{function="Store as Greet::name",module="suite::stacks"}"#;
    assert_eq!(line(name).as_deref(), Some(" 1"));
}

#[async_trait]
trait Remote {
    async fn fetch(&self, id: u8) -> Result<u8, String>;

    #[counted(STACK_CALLS_TOTAL { case: "async_trait default" }, outcome)]
    #[timed(STACK_SECONDS { case: "async_trait default" })]
    #[gauged(STACK_RUNNING { case: "async_trait default" })]
    async fn fetch_twice(&self, id: u8) -> Result<u8, String> {
        self.fetch(id).await?;
        self.fetch(id).await
    }
}

struct Method(&'static str);

#[async_trait]
impl Remote for Method {
    #[gauged(STACK_RUNNING { case: self.0 })]
    #[counted(STACK_CALLS_TOTAL { case: self.0 }, outcome)]
    #[timed(STACK_SECONDS { case: self.0 })]
    async fn fetch(&self, id: u8) -> Result<u8, String> {
        tokio::time::sleep(NAP).await;
        if id == 0 {
            return Err("none".into());
        }
        Ok(id)
    }
}

struct Inside;

#[async_trait]
#[gauged(STACK_RUNNING { case: "inside" })]
#[counted(STACK_CALLS_TOTAL { case: "inside" }, outcome)]
#[timed(STACK_SECONDS { case: "inside" })]
impl Remote for Inside {
    async fn fetch(&self, id: u8) -> Result<u8, String> {
        tokio::time::sleep(NAP).await;
        id.checked_sub(1).ok_or_else(|| "none".into())
    }
}

struct Outside;

#[gauged(STACK_RUNNING { case: "outside" })]
#[counted(STACK_CALLS_TOTAL { case: "outside" }, outcome)]
#[timed(STACK_SECONDS { case: "outside" })]
#[async_trait]
impl Remote for Outside {
    async fn fetch(&self, id: u8) -> Result<u8, String> {
        tokio::time::sleep(NAP).await;
        id.checked_sub(1).ok_or_else(|| "none".into())
    }
}

#[tokio::test]
async fn async_trait_stands_in_either_order() {
    let remotes: [(&str, &dyn Remote); 3] =
        [("method", &Method("method")), ("inside", &Inside), ("outside", &Outside)];
    for (case, remote) in remotes {
        assert!(remote.fetch(1).await.is_ok());
        drop(remote.fetch(1));
        assert!(remote.fetch(0).await.is_err());
        assert_eq!(recorded(case), (1.0, 1.0, 2), "{case}");
    }
    assert!(Method("other").fetch_twice(2).await.is_ok());
    assert_eq!(recorded("async_trait default"), (1.0, 0.0, 1));
    assert_eq!(recorded("other"), (2.0, 0.0, 2));
}

#[test]
fn attributes_behind_cfg_attr_record_too() {
    #[counted(STACK_CALLS_TOTAL { case: "cfg_attr" }, outcome)]
    #[cfg_attr(all(), timed(STACK_SECONDS { case: "cfg_attr" }), gauged(STACK_RUNNING { case: "cfg_attr" }))]
    #[cfg_attr(any(), counted(STACK_CALLS_TOTAL { case: "cfg_attr" }, outcome))]
    fn conditional(good: bool) -> Result<(), u8> {
        std::thread::sleep(NAP);
        if good { Ok(()) } else { Err(1) }
    }
    assert!(conditional(true).is_ok() && conditional(false).is_err());
    assert_eq!(recorded("cfg_attr"), (1.0, 1.0, 2));
}

#[counted(STACK_CALLS_TOTAL { case: "test" }, outcome)]
#[tokio::test]
#[gauged(STACK_RUNNING { case: "test" })]
async fn tests_are_functions_too() {
    assert_eq!(STACK_RUNNING.get(STACK_RUNNING { case: "test" }), Some(1.0));
}
