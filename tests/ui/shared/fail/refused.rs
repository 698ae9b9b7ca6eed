//! Items that are no function, and functions that several attributes can't record: each is told once.
use metrics_core::{counted, gauged, timed};

#[counted]
#[timed(busy)]
#[inline]
#[gauged]
const fn stacked() -> u8 {
    1
}

#[counted]
#[cfg_attr(all(), timed(nam = "a_seconds"), gauged)]
fn conditional() {}

#[counted]
#[cfg_attr(any(), timed)]
const fn left_out() -> u8 {
    2
}

#[counted]
enum Kind {
    Small,
}

#[timed]
type Alias = Kind;

#[gauged]
mod module {}

#[counted]
use std::fmt as format;

#[timed]
macro_rules! macro_by_example {
    () => {};
}

unsafe extern "C" {
    #[gauged]
    fn abort();
}

fn main() {
    let _: Alias = Kind::Small;
    let _: format::Result = Ok(());
    macro_by_example!();
    const _: u8 = stacked() + left_out();
    conditional();
}
