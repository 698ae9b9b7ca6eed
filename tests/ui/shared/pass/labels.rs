//! Label values: constant ones, those of arguments, and any expression.
#![deny(warnings)]

use metrics_core::{counted, gauged, metrics, timed};

metrics! {
    /// Calls.
    static CALLS_TOTAL: Counter<kind, code: u16>;
}

const KIND: &str = "constant";

mod names {
    pub const ZONE: &str = "zone";
}

struct Request<T> {
    kind: String,
    inner: T,
}

impl<T> Request<T> {
    const CODE: u16 = 5;

    #[counted(CALLS_TOTAL { kind: &self.kind, code: Self::CODE })]
    #[timed(labels { kind: self.kind.clone(), size: size_of::<T>() })]
    #[gauged(name = "requests_in_flight", labels { "crate": KIND, r#type: names::ZONE, code: 5, zone: { names::ZONE } })]
    fn run(self) -> T {
        self.inner
    }
}

#[counted(CALLS_TOTAL { kind: KIND, code: 200 })]
fn constant() {}

#[counted(CALLS_TOTAL { kind, code })]
fn shorthand(kind: String, code: u16) -> String {
    let _ = code;
    kind
}

#[counted(CALLS_TOTAL { kind: match code { 200 => "ok", _ => "other" }, code: &code })]
async fn expression(code: u16) {}

#[timed(name = "fixed_seconds", labels { kind: "a", zone: "b" }, help = "Fixed.", buckets = linear(1, 1, 3), max_series = 3)]
fn fixed() {}

#[counted(labels { kind: N })]
fn generic<const N: usize>() {}

fn main() {
    let request = Request { kind: String::from("a"), inner: 1 };
    assert_eq!(request.run(), 1);
    constant();
    assert_eq!(shorthand(String::from("b"), 1), "b");
    drop(expression(3));
    fixed();
    generic::<3>();
    assert_eq!(CALLS_TOTAL.get(CALLS_TOTAL { kind: "a", code: 5 }), Some(1.0));
    assert_eq!(CALLS_TOTAL.get(CALLS_TOTAL { kind: KIND, code: 200 }), Some(1.0));
    assert_eq!(CALLS_TOTAL.get(CALLS_TOTAL { kind: "b", code: 1 }), Some(1.0));
}
