//! What the tests share: starting real programs, waiting for them, and reading what they say.
//!
//! Nothing here decides by sleeping: every wait polls for its condition, has a bound, and says what it waited
//! for when the bound is reached.

pub mod client;
pub mod folder;
pub mod invariants;
pub mod program;
pub mod prometheus;
pub mod quickstart;
pub mod wait;
