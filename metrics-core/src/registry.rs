//! Registries: sets of families that are rendered together.

use std::collections::BTreeMap;
use std::fmt;

use crate::descriptor::{Descriptor, Place, Type};
use crate::family::Family;
use crate::name::OWN_PREFIX;
use crate::sample::{Kind, Sink, Value};
use crate::sync::{Arc, RwLock, read, write};

/// A set of metrics that are rendered together.
///
/// Every metric goes to the default registry unless it names another one, which is a static of one's own.
///
/// # Examples
///
/// ```
/// use metrics_core::{Registry, metrics};
///
/// pub static USERS: Registry = Registry::new();
///
/// metrics! {
///     #![registry(USERS)]
///
///     /// Users that signed up.
///     pub static SIGN_UPS_TOTAL: Counter;
/// }
///
/// SIGN_UPS_TOTAL.inc();
/// assert!(USERS.render().contains("\nsign_ups_total 1\n"));
/// assert!(!metrics_core::render().contains("sign_ups_total"));
/// ```
pub struct Registry {
    families: RwLock<Families>,
}

struct Families {
    by_name: BTreeMap<&'static str, Arc<Family>>,
    /// Every sample name, and whose it is.
    taken: BTreeMap<String, &'static str>,
}

/// The registry of everything that names no other.
pub(crate) static DEFAULT: Registry = Registry::new();

/// Why a family can't be registered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Refusal {
    /// A family of this name is there, of another kind or with other labels or buckets.
    Differs(Place),
    /// This sample name belongs to that family already.
    Taken { sample: String, owner: &'static str, place: Place },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Differs(place) => {
                write!(
                    f,
                    "a metric of this name with another kind, other labels or other buckets stands at {place}"
                )
            }
            Self::Taken { sample, owner, place } => {
                write!(f, "its sample `{sample}` is a name of `{owner}`, which stands at {place}")
            }
        }
    }
}

impl Registry {
    /// An empty registry.
    pub const fn new() -> Self {
        let families = Families { by_name: BTreeMap::new(), taken: BTreeMap::new() };
        Self { families: RwLock::new(families) }
    }

    /// The family that the descriptor describes: the one that is there, or a new one.
    ///
    /// # Errors
    ///
    /// If one of its names belongs to another family.
    pub(crate) fn register(
        &self,
        descriptor: &Descriptor,
        kind: &'static dyn Kind,
    ) -> Result<Arc<Family>, Refusal> {
        let mut families = write(&self.families);
        if let Some(family) = families.by_name.get(descriptor.name) {
            let same = family.descriptor.same_family(descriptor);
            return if same {
                Ok(Arc::clone(family))
            } else {
                Err(Refusal::Differs(family.descriptor.place))
            };
        }
        let names = descriptor.taken_names();
        families.check_free(&names)?;
        let family = Arc::new(Family::new(*descriptor, kind));
        families.taken.extend(names.into_iter().map(|name| (name, descriptor.name)));
        families.by_name.insert(descriptor.name, Arc::clone(&family));
        Ok(family)
    }

    /// The number of families.
    pub(crate) fn len(&self) -> usize {
        read(&self.families).by_name.len()
    }

    /// Tells all samples, sorted by name, and then what the families could not take.
    ///
    /// The families are copied out first: nothing is written down, counted or created under the registry's lock.
    pub(crate) fn tell(&self, sink: &mut dyn Sink) {
        let families: Vec<Arc<Family>> = read(&self.families).by_name.values().cloned().collect();
        for family in &families {
            family.tell(sink);
        }
        tell_faults(&families, sink);
    }
}

impl Families {
    fn check_free(&self, names: &[String]) -> Result<(), Refusal> {
        let taken = names.iter().find_map(|name| self.taken.get_key_value(name));
        let Some((sample, owner)) = taken else { return Ok(()) };
        let place = self.by_name.get(owner).map_or(Place::UNKNOWN, |family| family.descriptor.place);
        Err(Refusal::Taken { sample: sample.clone(), owner, place })
    }
}

impl Default for Registry {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(read(&self.families).by_name.keys()).finish()
    }
}

const DROPPED: Descriptor = own(
    "metrics_core_dropped_observations_total",
    "Values that were dropped because they were NaN, or a step of a counter that was negative or not finite.",
);

const OVERFLOW: Descriptor = own(
    "metrics_core_overflow_total",
    "Look-ups of a series beyond the family's ceiling: they went to the overflow series, those of gauges nowhere.",
);

const fn own(name: &'static str, help: &'static str) -> Descriptor {
    Descriptor {
        name,
        help,
        kind: Type::Counter,
        unit: "",
        labels: &["metric"],
        values: &[],
        max_series: usize::MAX,
        place: Place::UNKNOWN,
    }
}

/// The two counters exist at 0 where they can be expected to grow: an alert can't see what is absent.
fn tell_faults(families: &[Arc<Family>], sink: &mut dyn Sink) {
    let theirs = || families.iter().filter(|family| !family.descriptor.name.starts_with(OWN_PREFIX));
    sink.family(&DROPPED);
    for family in theirs() {
        let observes = matches!(family.descriptor.kind, Type::Histogram(_) | Type::Summary(_));
        tell_fault(family, family.faults.dropped(), observes, sink);
    }
    sink.family(&OVERFLOW);
    for family in theirs() {
        let grows = !family.descriptor.labels.is_empty();
        tell_fault(family, family.faults.overflowed(), grows, sink);
    }
}

fn tell_fault(family: &Family, count: u64, expected: bool, sink: &mut dyn Sink) {
    if expected || count > 0 {
        // A metric's name needs no escaping.
        sink.number(&format!("metric=\"{}\"", family.descriptor.name), Value::Whole(count));
    }
}
