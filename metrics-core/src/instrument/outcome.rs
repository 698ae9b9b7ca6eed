//! How a call ended.

use std::thread;

use crate::label::{LabelValue, Scratch};

/// How an annotated call ended; the type of the label `outcome`.
///
/// # Examples
///
/// ```
/// use metrics_core::{Outcome, counted, metrics};
///
/// metrics! {
///     /// Logins by outcome.
///     static LOGINS_TOTAL: Counter<outcome: Outcome>;
/// }
///
/// #[counted(LOGINS_TOTAL, outcome)]
/// fn login(password: &str) -> Result<(), String> {
///     if password == "secret" { Ok(()) } else { Err("wrong".to_owned()) }
/// }
///
/// assert!(login("guess").is_err());
/// assert_eq!(LOGINS_TOTAL { outcome: Outcome::Err }.handle().get(), 1.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It returned, and what it returned was no `Err`.
    Ok,
    /// It returned an `Err`, or what `err_if` calls one.
    Err,
    /// It panicked itself.
    Panicked,
    /// Its future was dropped before the end.
    Cancelled,
}

impl Outcome {
    pub(super) const ALL: [Self; 4] = [Self::Ok, Self::Err, Self::Panicked, Self::Cancelled];

    /// Of a call whose result was judged by its caller.
    #[doc(hidden)]
    #[inline]
    pub const fn err_if(is_err: bool) -> Self {
        if is_err { Self::Err } else { Self::Ok }
    }

    /// Of a call that returned nothing and was not watched either.
    pub(super) fn unwatched() -> Self {
        if thread::panicking() { Self::Panicked } else { Self::Cancelled }
    }

    /// The label's text.
    #[inline]
    pub const fn as_str(self) -> &'static str {
        Self::VALUES[self as usize]
    }
}

impl LabelValue for Outcome {
    const VALUES: &'static [&'static str] = &["ok", "err", "panicked", "cancelled"];

    #[inline]
    fn text<'a>(&'a self, _: &'a mut Scratch) -> &'a str {
        self.as_str()
    }

    #[inline]
    fn index(&self) -> usize {
        *self as usize
    }
}

/// What a call returned, asked whether it is an `Err`.
///
/// `Result` has the method by the first trait below, every other type by the second, which is one reference further
/// away: so the compiler looks at the type itself, behind every alias.
#[derive(Debug)]
pub struct Returned<'a, T: ?Sized>(pub &'a T);

/// A `Result` was returned.
pub trait ReturnedResult {
    /// `Err` is an error.
    fn outcome(&self) -> Outcome;
}

impl<T, E> ReturnedResult for Returned<'_, Result<T, E>> {
    #[inline]
    fn outcome(&self) -> Outcome {
        Outcome::err_if(self.0.is_err())
    }
}

/// Anything else was returned.
pub trait ReturnedOther {
    /// It is no error.
    fn outcome(&self) -> Outcome;
}

impl<T: ?Sized> ReturnedOther for &Returned<'_, T> {
    #[inline]
    fn outcome(&self) -> Outcome {
        Outcome::Ok
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As generated code asks.
    macro_rules! outcome {
        ($value:expr) => {
            (&Returned(&$value)).outcome()
        };
    }

    #[test]
    fn only_a_result_is_an_error() {
        assert_eq!(outcome!(Err::<(), _>(1)), Outcome::Err);
        assert_eq!(outcome!(Ok::<_, ()>(1)), Outcome::Ok);
        assert_eq!(outcome!(std::io::Result::<()>::Err(std::io::ErrorKind::Other.into())), Outcome::Err);
        assert_eq!(outcome!(None::<u8>), Outcome::Ok);
        assert_eq!(outcome!("text"), Outcome::Ok);
    }

    #[test]
    fn texts_stand_in_the_order_of_the_outcomes() {
        let texts = Outcome::ALL.map(|outcome| format!("{outcome:?}").to_lowercase());
        assert_eq!(texts, Outcome::VALUES);
    }
}
