//! What the service tells about itself.

use metrics_core::{LabelValue, metrics};

metrics! {
    /// What was built.
    // An info is about its labels; its value is always 1.
    pub(crate) static BUILD: Info<version>;

    /// What the service is doing.
    // A series for each state, 1 for the one that holds.
    pub(crate) static SERVICE_STATE: StateSet<State>;
}

/// What the service can be doing.
#[derive(LabelValue)]
pub(crate) enum State {
    Starting,
    Running,
    Draining,
}
