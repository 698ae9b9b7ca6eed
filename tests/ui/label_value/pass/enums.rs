//! Enums of every shape, without preludes and under the strictest lints.
#![no_implicit_prelude]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, clippy::all, clippy::pedantic, clippy::nursery)]

use ::metrics_core::LabelValue;
use ::std::assert_eq;

/// Words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, LabelValue)]
#[repr(u8)]
#[non_exhaustive]
#[label(rename_all = "camelCase")]
pub enum Word {
    /// A word of Rust.
    r#Type = 3,
    /// Two words.
    NotFound = 10,
    /// Renamed.
    #[label(rename = "größe {\"}")]
    #[doc(hidden)]
    Size,
    /// With empty braces.
    Braces {},
    /// With empty parentheses.
    Parentheses(),
    /// Not for long.
    #[deprecated]
    Old,
    /// Left out of this build.
    #[cfg(any())]
    #[label(rename = "notFound")]
    Absent,
    /// In this build.
    #[cfg(not(any()))]
    Present,
}

#[derive(LabelValue)]
#[label(crate = ::metrics_core)]
#[label()]
enum One {
    Only,
}

/// `str` and `usize` mean something else here.
mod shadowed {
    #![allow(non_camel_case_types, dead_code)]

    struct str;
    struct usize;

    #[derive(::metrics_core::LabelValue)]
    pub(super) enum Shadow {
        str,
        usize,
    }
}

#[deny(dead_code)]
fn text(value: &impl LabelValue) -> ::std::string::String {
    ::std::convert::From::from(value.text(&mut ::metrics_core::Scratch::new()))
}

fn main() {
    assert_eq!(Word::VALUES, ["type", "notFound", "größe {\"}", "braces", "parentheses", "old", "present"]);
    assert_eq!(Word::Present.index(), 6);
    assert_eq!(text(&Word::Present), "present");
    assert_eq!(text(&Word::Braces {}), "braces");
    assert_eq!((&Word::NotFound).index(), 1);
    assert_eq!(text(&One::Only), "only");
    assert_eq!(shadowed::Shadow::VALUES, ["str", "usize"]);
}
