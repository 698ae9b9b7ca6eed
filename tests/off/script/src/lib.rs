//! What the build script of the program uses.
#![forbid(unsafe_code)]

/// Calls an annotated function and tells what was recorded.
pub fn use_annotated() -> String {
    annotated::own("Rome");
    metrics_core::render()
}
