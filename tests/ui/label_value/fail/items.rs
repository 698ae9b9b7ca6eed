//! What is no closed set of values; each can be used all the same.
use metrics_core::{LabelValue, metrics};

#[derive(LabelValue)]
struct Method {
    name: String,
}

#[derive(LabelValue)]
union Bits {
    word: u32,
}

#[derive(LabelValue)]
enum Code {
    Ok,
    Other(u16),
    Named { code: u16, text: String },
}

#[derive(LabelValue)]
enum Nothing {}

#[derive(LabelValue)]
enum Generic<const SIZE: usize> {
    Ok,
}

metrics! {
    /// Uses.
    static USES_TOTAL: Counter<method: Method, code: Code>;

    /// States.
    static STATE: StateSet<Code>;
}

fn main() {
    USES_TOTAL { method: Method { name: String::new() }, code: Code::Other(5) }.inc();
    STATE.set(Code::Ok);
}
