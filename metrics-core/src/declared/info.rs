//! Declared infos.

use std::fmt;
use std::marker::PhantomData;

use crate::callsite::Declared;
use crate::label::Labels;

/// Facts about the program, told by labels: its version, the commit it was built from.
///
/// `metrics!` declares it; `L` are its labels. It is exposed as `…_info` with the value 1 as soon as it is set.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// metrics! {
///     /// What was built.
///     static BUILD: Info<version, commit>;
/// }
///
/// let (version, commit) = ("1.4.0", "8c2f7a1");
/// BUILD { version, commit }.set();
/// assert!(metrics_core::render().contains("\nbuild_info{commit=\"8c2f7a1\",version=\"1.4.0\"} 1\n"));
/// ```
pub struct Info<L> {
    cell: &'static Declared,
    labels: PhantomData<fn(L)>,
}

impl<L> Info<L> {
    #[doc(hidden)]
    pub const fn declared(cell: &'static Declared) -> Self {
        Self { cell, labels: PhantomData }
    }

    pub(crate) fn cell(&self) -> &'static Declared {
        self.cell
    }
}

impl<L: Labels> Info<L> {
    /// Tells these facts, and no longer those that were told before.
    pub fn set<S: Labels<Family = L>>(&self, labels: &S) {
        if let Some(family) = self.cell.family() {
            labels.with_values(|values| family.replace(values));
        }
    }

    /// Tells no facts any more.
    pub fn clear(&self) {
        if let Some(family) = self.cell.family() {
            family.clear();
        }
    }
}

impl<L> fmt::Debug for Info<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Info").field(&self.cell.spec.name()).finish()
    }
}
