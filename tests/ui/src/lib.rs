//! The tests are in `ui.rs`, the cases in the folders beside it.
