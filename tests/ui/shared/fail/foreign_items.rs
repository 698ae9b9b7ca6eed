//! Items that are no function, and places where no attribute macro can stand.
#![allow(unused)]
use metrics_core::{counted, gauged, timed};

#[counted]
unsafe extern "C" {
    fn foreign();
}

#[timed]
extern crate core as again;

#[gauged]
pub union Bits {
    word: u32,
}

struct Service {
    #[counted]
    size: usize,
}

fn main() {}
