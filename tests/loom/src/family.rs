//! The runtime's look-up of series by their label values.

#[path = "../../../metrics-core/src/family/key.rs"]
mod key;
#[path = "../../../metrics-core/src/family/lookup.rs"]
mod lookup;
#[path = "../../../metrics-core/src/family/records.rs"]
mod records;
#[path = "../../../metrics-core/src/family/slots.rs"]
mod slots;

pub(crate) use key::Key;
pub(crate) use lookup::{Books, Lookup};
