//! What threads share, run through every interleaving of a few steps by a model checker.
//!
//! The files of the runtime that share words between threads are compiled here once more, with the checker's atomics
//! and locks in the place of the real ones: `sync` is the only file that names them.

#![cfg(test)]
#![allow(dead_code, unreachable_pub, reason = "the models use a part of what the runtime needs")]

mod cell;
mod clock;
#[path = "../../../metrics-core/src/compensated.rs"]
mod compensated;
#[path = "../../../metrics-core/src/descriptor.rs"]
mod descriptor;
mod family;
#[path = "../../../metrics-core/src/faults.rs"]
mod faults;
mod models;
mod native;
#[path = "../../../metrics-core/src/octaves.rs"]
mod octaves;
mod record;
mod sketch;
mod sync;
