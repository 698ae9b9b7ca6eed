//! Stamps the module that generated code calls with this crate's version, so that nobody else can lean on it.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let stamp = env::var("CARGO_PKG_VERSION").unwrap_or_default().replace(['.', '-', '+'], "_");
    let door = format!("#[doc(hidden)]\npub mod __private_{stamp} {{\n    pub use crate::private::*;\n}}\n");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("door.rs"), door)?;
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
