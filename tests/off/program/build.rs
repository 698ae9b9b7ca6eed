//! A build script that uses an annotated library.

fn main() {
    let counted = script::use_annotated().contains("annotated_own_calls_total{");
    assert_eq!(counted, cfg!(feature = "record-in-build-script"));
    println!("cargo::rerun-if-changed=build.rs");
}
