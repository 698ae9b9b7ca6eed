//! metrics-core beside its peers, and beside what the machine allows.
//!
//! Every row of the table is a file of [`rows`]. A row has candidates: ours, the peers', and the limits. All candidates
//! of a row are sampled in turn, round after round, so that a change of the machine's mood meets all of them; what is
//! compared is the ratio within one run.

pub mod harness;
pub mod inputs;
pub mod labels;
pub mod report;
pub mod rows;
pub mod systems;
