//! Metrics that were made at run time.

use std::fmt;

use crate::cell::Handle;
use crate::family;
use crate::label::{LabelValue, Scratch};
use crate::record::RECORD;
use crate::sync::Arc;

/// A metric that was registered at run time; a clone is the same metric.
///
/// `H` is what its series are written through, `N` the number of its labels.
#[derive(Clone)]
pub struct Family<H, const N: usize> {
    series: Arc<family::Family>,
    /// A handle of no series, with all that the handles of this family share.
    template: H,
    /// For each label, sorted by name, the place of its value in what the user gives.
    order: [usize; N],
}

impl<H: Handle> Family<H, 0> {
    /// The one series of a metric without labels.
    pub fn handle(&self) -> H {
        if RECORD { self.template.at(self.series.series(&[])) } else { self.template }
    }
}

#[allow(clippy::needless_pass_by_value, reason = "`with([…])` is how a series is named")]
impl<H: Handle, const N: usize> Family<H, N> {
    pub(crate) fn new(family: Arc<family::Family>, template: H, order: [usize; N]) -> Self {
        if RECORD && N == 0 {
            // CL-11: it is there before it is first written to.
            family.series(&[]);
        }
        Self { series: family, template, order }
    }

    /// The series with these label values, in the order in which the labels were named; made if need be.
    pub fn with<V: LabelValue>(&self, values: [V; N]) -> H {
        if !RECORD {
            return self.template;
        }
        self.template.at(self.sorted(&values, |values| self.series.series(values)))
    }

    /// The series with these label values, `None` if there is no such series.
    pub fn get<V: LabelValue>(&self, values: [V; N]) -> Option<H> {
        self.sorted(&values, |values| self.series.find(values)).map(|id| self.template.at(id))
    }

    /// Removes the series with these label values; false if there was none.
    pub fn remove<V: LabelValue>(&self, values: [V; N]) -> bool {
        self.sorted(&values, |values| self.series.remove(values))
    }

    /// Removes every series that carries all these labels, and returns how many there were.
    pub fn remove_matching<'a>(&self, labels: impl AsRef<[(&'a str, &'a str)]>) -> usize {
        self.series.remove_matching(labels.as_ref())
    }

    /// Removes all series.
    pub fn clear(&self) {
        self.series.clear();
    }

    /// The name it is exposed under.
    pub fn name(&self) -> &str {
        self.series.descriptor.name
    }

    pub(crate) fn shared(&self) -> &Arc<family::Family> {
        &self.series
    }

    fn sorted<V: LabelValue, R>(&self, values: &[V; N], run: impl FnOnce(&[&str]) -> R) -> R {
        let mut scratches: [Scratch; N] = std::array::from_fn(|_| Scratch::new());
        let mut texts = [""; N];
        for ((text, scratch), at) in texts.iter_mut().zip(&mut scratches).zip(self.order) {
            *text = values[at].text(scratch);
        }
        run(&texts)
    }
}

impl<H, const N: usize> fmt::Debug for Family<H, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Family").field(&self.series.descriptor.name).finish()
    }
}
