//! How figures are taken, and what they are held against.

mod candidate;
pub mod clock;
mod goal;
mod pair;
mod row;
mod sample;
mod write;

pub use candidate::{Candidate, Role};
pub use goal::{Against, Goal, Verdict};
pub use row::{Entry, Figure, Row};
pub use sample::Pace;
pub use write::WriteRow;
