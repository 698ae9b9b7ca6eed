//! Registries: sets of families that are rendered together.

use std::collections::BTreeMap;
use std::fmt;

use crate::collector::{Collector, Registered};
use crate::descriptor::{Descriptor, Place};
use crate::family::Family;
use crate::intern;
use crate::name;
use crate::record::RECORD;
use crate::sample::Kind;
use crate::sync::{Arc, RwLock, read, write};

/// A set of metrics that are rendered together.
///
/// Every metric goes to the [global](Registry::global) registry unless it names another one, which is a static of one's
/// own.
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
    prefix: &'static str,
    families: RwLock<Families>,
    collectors: RwLock<Vec<Arc<Registered>>>,
}

struct Families {
    by_name: BTreeMap<&'static str, Member>,
    /// Every sample name, and whose it is.
    taken: BTreeMap<String, &'static str>,
}

/// A family as a registry shows it.
#[derive(Clone)]
pub(crate) struct Member {
    /// The family's, under the name that it has here.
    pub(crate) descriptor: Descriptor,
    pub(crate) family: Arc<Family>,
}

/// The registry of everything that names no other.
pub(crate) static GLOBAL: Registry = Registry::new();

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
            Self::Differs(place) => write!(
                f,
                "a metric of this name with another kind, other labels or other buckets stands at {place}"
            ),
            Self::Taken { sample, owner, place } => {
                write!(f, "its sample `{sample}` is a name of `{owner}`, which stands at {place}")
            }
        }
    }
}

impl Registry {
    /// An empty registry.
    pub const fn new() -> Self {
        Self::named("")
    }

    /// An empty registry that puts `prefix` before the name of every metric in it.
    ///
    /// # Panics
    ///
    /// If the prefix can't be the beginning of a metric's name; for a static that is a compile-time error.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::{Registry, metrics};
    ///
    /// static WORKER: Registry = Registry::with_prefix("worker_");
    ///
    /// metrics! {
    ///     #![registry(WORKER)]
    ///
    ///     /// Jobs done.
    ///     static FINISHED_JOBS_TOTAL: Counter;
    /// }
    ///
    /// FINISHED_JOBS_TOTAL.inc();
    /// assert!(WORKER.render().contains("\nworker_finished_jobs_total 1\n"));
    /// ```
    pub const fn with_prefix(prefix: &'static str) -> Self {
        assert!(
            name::is_metric_name(prefix),
            "a prefix is the beginning of a name: `[a-zA-Z:][a-zA-Z0-9_:]*`"
        );
        Self::named(prefix)
    }

    const fn named(prefix: &'static str) -> Self {
        let families = Families { by_name: BTreeMap::new(), taken: BTreeMap::new() };
        Self { prefix, families: RwLock::new(families), collectors: RwLock::new(Vec::new()) }
    }

    /// The registry of every metric that names no other.
    pub fn global() -> &'static Self {
        &GLOBAL
    }

    /// The family that the descriptor describes: the one that is there, or a new one.
    pub(crate) fn find_or_add(
        &self,
        descriptor: &Descriptor,
        kind: &'static dyn Kind,
    ) -> Result<Arc<Family>, Refusal> {
        self.admit(descriptor, || Arc::new(Family::new(*descriptor, kind)))
    }

    /// Shows a family of another registry here too.
    pub(crate) fn add(&self, family: &Arc<Family>) -> Result<(), Refusal> {
        let there = self.admit(&family.descriptor, || Arc::clone(family))?;
        let same = Arc::ptr_eq(&there, family);
        if same { Ok(()) } else { Err(Refusal::Differs(there.descriptor.place)) }
    }

    fn admit(
        &self,
        descriptor: &Descriptor,
        make: impl FnOnce() -> Arc<Family>,
    ) -> Result<Arc<Family>, Refusal> {
        if !RECORD {
            return Ok(make());
        }
        let descriptor = self.named_here(descriptor);
        let mut families = write(&self.families);
        if let Some(there) = families.by_name.get(descriptor.name) {
            let same = there.descriptor.same_family(&descriptor);
            return if same {
                Ok(Arc::clone(&there.family))
            } else {
                Err(Refusal::Differs(there.descriptor.place))
            };
        }
        let names = descriptor.taken_names();
        families.check_free(&names)?;
        let family = make();
        families.taken.extend(names.into_iter().map(|name| (name, descriptor.name)));
        families.by_name.insert(descriptor.name, Member { descriptor, family: Arc::clone(&family) });
        Ok(family)
    }

    /// Shows the family no longer; false if it was not here.
    pub(crate) fn remove(&self, family: &Arc<Family>) -> bool {
        let name = self.named_here(&family.descriptor).name;
        let mut families = write(&self.families);
        let is_here = families.by_name.get(name).is_some_and(|there| Arc::ptr_eq(&there.family, family));
        if is_here {
            families.by_name.remove(name);
            families.taken.retain(|_, owner| *owner != name);
        }
        is_here
    }

    fn named_here(&self, descriptor: &Descriptor) -> Descriptor {
        if self.prefix.is_empty() {
            return *descriptor;
        }
        Descriptor { name: intern::text(&format!("{}{}", self.prefix, descriptor.name)), ..*descriptor }
    }

    /// The families, sorted by name. They are copied out, so that nothing is told, counted or created under the lock.
    pub(crate) fn members(&self) -> Vec<Member> {
        read(&self.families).by_name.values().cloned().collect()
    }

    /// Asks the collector at each scrape from now on; false if one of that name is there.
    pub(crate) fn add_collector(&self, name: &str, collector: impl Collector) -> bool {
        let mut collectors = write(&self.collectors);
        let free = collectors.iter().all(|there| there.name != name);
        if free {
            collectors.push(Arc::new(Registered::new(name, collector)));
        }
        free
    }

    /// Asks it no longer; false if there is none of that name.
    pub(crate) fn remove_collector(&self, name: &str) -> bool {
        let mut collectors = write(&self.collectors);
        let place = collectors.iter().position(|there| there.name == name);
        // Dropped without the lock: what a collector does at its end is its own business.
        let removed = place.map(|place| collectors.remove(place));
        drop(collectors);
        removed.is_some()
    }

    /// The collectors, copied out: nothing of theirs runs under the lock.
    pub(crate) fn collectors(&self) -> Vec<Arc<Registered>> {
        read(&self.collectors).clone()
    }

    pub(crate) fn prefix(&self) -> &'static str {
        self.prefix
    }

    /// The number of families.
    pub(crate) fn len(&self) -> usize {
        read(&self.families).by_name.len()
    }
}

impl Families {
    fn check_free(&self, names: &[String]) -> Result<(), Refusal> {
        let taken = names.iter().find_map(|name| self.taken.get_key_value(name));
        let Some((sample, owner)) = taken else { return Ok(()) };
        let place = self.by_name.get(owner).map_or(Place::UNKNOWN, |there| there.descriptor.place);
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
