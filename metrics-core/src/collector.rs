//! Collectors: whoever hands over samples at each scrape. What goes wrong inside one stays there.

use std::any::Any;
use std::error::Error;
use std::panic::{self, AssertUnwindSafe};

use crate::collected::Families;
use crate::collection::{Collection, Mistakes};
use crate::sync::{AtomicU64, Cell, Mutex, Ordering, lock, thread_local};

/// Why a collector has nothing to tell this time.
pub type CollectorError = Box<dyn Error + Send + Sync>;

/// Hands over samples at each scrape: for numbers that are counted elsewhere, by a pool, a kernel or another library.
///
/// Closures that take a `&mut Collection` are collectors too. What is told is checked as strictly as the metrics of
/// one's own: see [`Collection`].
///
/// # Examples
///
/// ```
/// use metrics_core::{Collection, Collector, CollectorError, Registry};
///
/// struct Load;
///
/// impl Collector for Load {
///     fn collect(&self, samples: &mut Collection) -> Result<(), CollectorError> {
///         let text = "0.5 0.7 0.9"; // std::fs::read_to_string("/proc/loadavg")?
///         let mut load = samples.gauge("load_ratio", "Tasks ready to run, by window.", ["window"]);
///         for (window, value) in ["1m", "5m", "15m"].into_iter().zip(text.split(' ')) {
///             load.tell([window], value.parse::<f64>()?);
///         }
///         Ok(())
///     }
/// }
///
/// let registry = Registry::new();
/// registry.register_collector("load", Load)?;
/// assert!(registry.render().contains("\nload_ratio{window=\"5m\"} 0.7\n"));
/// # Ok::<(), metrics_core::RegisterError>(())
/// ```
pub trait Collector: Send + Sync + 'static {
    /// Tells all samples as they are now.
    ///
    /// It is called from the thread that renders, once a scrape, by several scrapes at once if need be; it should be
    /// quick, and not wait. What it tells is kept until the scrape is written.
    ///
    /// # Errors
    ///
    /// Where the samples can't be had. Then nothing that it told this time is exposed: half of it would lie. The
    /// rest of the scrape is served, the failure is counted in `metrics_core_collector_failures_total`, and logged
    /// when it differs from the one before. The same goes for a panic.
    fn collect(&self, samples: &mut Collection) -> Result<(), CollectorError>;

    /// The names of all metrics that it may ever tell, if it knows them. None, as a closure's, if it does not.
    ///
    /// A scrape that asks for others only, by `name[]`, then does without it. A metric that is not named here is left out
    /// of every scrape, and counted as a failure.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::{Collection, Collector, CollectorError, Registry};
    ///
    /// struct Disks;
    ///
    /// impl Collector for Disks {
    ///     fn collect(&self, samples: &mut Collection) -> Result<(), CollectorError> {
    ///         samples.gauge("disk_free_bytes", "Free space.", []).tell([], 1_000_000);
    ///         Ok(())
    ///     }
    ///
    ///     fn names(&self) -> Option<&[&str]> {
    ///         Some(&["disk_free_bytes"])
    ///     }
    /// }
    ///
    /// let registry = Registry::new();
    /// registry.register_collector("disks", Disks)?;
    /// assert!(registry.render().contains("\ndisk_free_bytes 1000000\n"));
    /// # Ok::<(), metrics_core::RegisterError>(())
    /// ```
    fn names(&self) -> Option<&[&str]> {
        None
    }
}

impl<F> Collector for F
where
    F: Fn(&mut Collection) -> Result<(), CollectorError> + Send + Sync + 'static,
{
    fn collect(&self, samples: &mut Collection) -> Result<(), CollectorError> {
        self(samples)
    }
}

/// A collector that was registered.
pub(crate) struct Registered {
    pub(crate) name: String,
    collector: Box<dyn Collector>,
    failures: AtomicU64,
    /// What went wrong the last time, and was logged.
    last: Mutex<Vec<String>>,
}

thread_local! {
    /// Whether a collector runs on this thread: one that scrapes sees no collectors, or it would call itself for ever.
    static RUNNING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a collector runs on this thread.
pub(crate) fn is_running() -> bool {
    RUNNING.get()
}

impl Registered {
    pub(crate) fn new(name: &str, collector: impl Collector) -> Self {
        Self {
            name: name.to_owned(),
            collector: Box::new(collector),
            failures: AtomicU64::new(0),
            last: Mutex::default(),
        }
    }

    /// What it tells now, and what it did wrong.
    pub(crate) fn collect(&self, prefix: &'static str) -> (Families, Mistakes) {
        let mut collection = Collection::new(prefix);
        RUNNING.set(true);
        // What a panic leaves half done in the collection is thrown away with it.
        let outcome = self.guarded(|collector| {
            // Whatever the error is, it is made a text in here: that may panic, too.
            collector.collect(&mut collection).map(|()| collector.names()).map_err(|error| error.to_string())
        });
        RUNNING.set(false);
        let (mut families, mut mistakes) = collection.into_parts();
        let failure = match outcome {
            Ok(Ok(names)) => {
                keep_named(names, &mut families, prefix, &mut mistakes);
                return (families, mistakes);
            }
            Ok(Err(error)) => error,
            Err(panic) => format!("it panicked: {}", message(&*panic)),
        };
        mistakes.add(failure);
        (Families::new(), mistakes)
    }

    /// Calls it where a panic ends nothing but itself.
    fn guarded<'a, T>(&'a self, call: impl FnOnce(&'a dyn Collector) -> T) -> std::thread::Result<T> {
        panic::catch_unwind(AssertUnwindSafe(|| call(&*self.collector)))
    }

    /// Whether any of the names that it may tell passes; true if it does not know them.
    pub(crate) fn may_tell(&self, prefix: &str, passes: impl Fn(&str) -> bool) -> bool {
        // If it panics, it does so once more when it is asked for its samples, and that is counted.
        let names = self.guarded(Collector::names).unwrap_or_default();
        names.is_none_or(|names| names.iter().any(|name| passes(&format!("{prefix}{name}"))))
    }

    /// Counts what went wrong, and logs it unless the time before went wrong in the same way.
    pub(crate) fn settle(&self, mistakes: &Mistakes) {
        self.failures.fetch_add(mistakes.count, Ordering::Relaxed);
        let mut last = lock(&self.last);
        let news = *last != mistakes.texts;
        last.clone_from(&mistakes.texts);
        // A logger may well be a user of metrics: it is called without the lock.
        drop(last);
        for text in mistakes.texts.iter().filter(|_| news) {
            log::warn!("the collector `{}` failed: {text}", self.name);
        }
    }

    /// What went wrong the last time it was asked.
    pub(crate) fn last_failures(&self) -> Vec<String> {
        lock(&self.last).clone()
    }

    pub(crate) fn failures(&self) -> u64 {
        self.failures.load(Ordering::Relaxed)
    }
}

/// Takes away what a collector does not name: a scrape that asks for it by name would not find it.
fn keep_named(names: Option<&[&str]>, families: &mut Families, prefix: &str, mistakes: &mut Mistakes) {
    let Some(names) = names else { return };
    families.retain(|name, _| {
        let is_named = name.strip_prefix(prefix).is_some_and(|name| names.contains(&name));
        if !is_named {
            mistakes.add(format!("`{name}` is none of the names that it says it has"));
        }
        is_named
    });
}

/// What a panic said.
fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}
