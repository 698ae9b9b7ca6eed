//! Declared state sets.

use std::fmt;
use std::marker::PhantomData;

use crate::callsite::Declared;
use crate::label::LabelValue;
use crate::metric::state_set::StateSetHandle;

/// Which one of some states holds: starting, running, draining.
///
/// `metrics!` declares it; `S` is an enum with `#[derive(LabelValue)]`. There is a series for each state, 1 for the one
/// that holds and 0 for the others. The first state holds until another one is set.
///
/// # Examples
///
/// ```
/// use metrics_core::{LabelValue, metrics};
///
/// #[derive(LabelValue)]
/// enum Mode {
///     Starting,
///     Running,
/// }
///
/// metrics! {
///     /// What the service is doing.
///     static SERVICE_MODE: StateSet<Mode>;
/// }
///
/// assert_eq!(SERVICE_MODE.get(), "starting");
/// SERVICE_MODE.set(Mode::Running);
/// assert!(metrics_core::render().contains("\nservice_mode{service_mode=\"running\"} 1\n"));
/// ```
pub struct StateSet<S> {
    cell: &'static Declared,
    states: PhantomData<fn(S)>,
}

impl<S> StateSet<S> {
    #[doc(hidden)]
    pub const fn declared(cell: &'static Declared) -> Self {
        Self { cell, states: PhantomData }
    }

    pub(crate) fn cell(&self) -> &'static Declared {
        self.cell
    }
}

impl<S: LabelValue> StateSet<S> {
    /// From now on this state holds, and no other.
    #[allow(clippy::needless_pass_by_value, reason = "a state is passed like a number")]
    pub fn set(&self, state: S) {
        self.series().set(state.index());
    }

    /// The state that holds.
    pub fn get(&self) -> &'static str {
        self.cell.spec.states().get(self.series().get()).copied().unwrap_or_default()
    }

    fn series(&self) -> StateSetHandle {
        StateSetHandle::new(self.cell.fixed())
    }
}

impl<S> fmt::Debug for StateSet<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StateSet").field(&self.cell.spec.name()).finish()
    }
}
