//! Why a metric or a collector was not registered at run time.

use std::fmt;

use crate::registry::Refusal;

/// Why a metric or a collector was not registered.
#[derive(Clone, Debug)]
pub struct RegisterError {
    name: String,
    reason: Reason,
}

#[derive(Clone, Debug)]
enum Reason {
    Mistakes(Vec<String>),
    Refused(Refusal),
    /// A static whose name belonged to another metric already.
    LeftOut,
    /// A collector whose name another one has.
    Collector,
}

impl RegisterError {
    pub(crate) fn mistakes(name: &str, mistakes: Vec<String>) -> Self {
        Self { name: name.to_owned(), reason: Reason::Mistakes(mistakes) }
    }

    pub(crate) fn refused(name: &str, refusal: Refusal) -> Self {
        Self { name: name.to_owned(), reason: Reason::Refused(refusal) }
    }

    pub(crate) fn left_out(name: &str) -> Self {
        Self { name: name.to_owned(), reason: Reason::LeftOut }
    }

    pub(crate) fn collector(name: &str) -> Self {
        Self { name: name.to_owned(), reason: Reason::Collector }
    }
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if matches!(self.reason, Reason::Collector) { "collector" } else { "metric" };
        write!(f, "the {what} `{}` was not registered: ", self.name)?;
        match &self.reason {
            Reason::Mistakes(mistakes) => f.write_str(&mistakes.join("; ")),
            Reason::Refused(refusal) => write!(f, "{refusal}; give it another name"),
            Reason::LeftOut => {
                f.write_str("it clashes with another one; `metrics_core::verify()` names both")
            }
            Reason::Collector => f.write_str("the registry has one of this name; give it another name"),
        }
    }
}

impl std::error::Error for RegisterError {}
