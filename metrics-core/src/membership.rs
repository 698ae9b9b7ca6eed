//! Which registries show a metric.

use crate::built::Family;
use crate::cell::Handle;
use crate::collector::Collector;
use crate::declared::counter::Counter;
use crate::declared::gauge::Gauge;
use crate::declared::histogram::Histogram;
use crate::declared::info::Info;
#[cfg(feature = "native")]
use crate::declared::native_histogram::NativeHistogram;
use crate::declared::state_set::StateSet;
use crate::declared::summary::Summary;
use crate::family;
use crate::record::RECORD;
use crate::register_error::RegisterError;
use crate::registry::Registry;
use crate::sync::Arc;

/// A metric that registries can show: a static that `metrics!` declared, or a [`Family`] that was built.
pub trait Metric: private::Shared {}

mod private {
    use super::{Arc, family};

    /// Sealed: only what this crate makes is a family.
    pub trait Shared {
        fn name(&self) -> &str;

        /// None if its name belongs to another metric.
        fn shared(&self) -> Option<&Arc<family::Family>>;
    }
}

impl Registry {
    /// Shows a metric here too: one metric may be in several registries.
    ///
    /// # Errors
    ///
    /// If another metric here has its name.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::{Registry, metrics};
    ///
    /// metrics! {
    ///     /// Pages printed.
    ///     static PAGES_PRINTED_TOTAL: Counter;
    /// }
    ///
    /// let office = Registry::new();
    /// office.register(&PAGES_PRINTED_TOTAL)?;
    /// PAGES_PRINTED_TOTAL.inc();
    /// assert!(office.render().contains("\npages_printed_total 1\n"));
    /// assert!(office.unregister(&PAGES_PRINTED_TOTAL));
    /// assert!(!office.render().contains("pages_printed_total"));
    /// # Ok::<(), metrics_core::RegisterError>(())
    /// ```
    pub fn register(&self, metric: &impl Metric) -> Result<(), RegisterError> {
        if !RECORD {
            return Ok(());
        }
        let family = metric.shared().ok_or_else(|| RegisterError::left_out(metric.name()))?;
        self.add(family).map_err(|refusal| RegisterError::refused(metric.name(), refusal))
    }

    /// Shows the metric here no longer; false if it was not here. It goes on counting, and can be registered again.
    pub fn unregister(&self, metric: &impl Metric) -> bool {
        metric.shared().is_some_and(|family| self.remove(family))
    }

    /// Asks `collector` for samples at each scrape from now on. Its failures are counted under `name`.
    ///
    /// # Errors
    ///
    /// If another collector here has that name.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::{Collection, Registry};
    ///
    /// Registry::global().register_collector("allocator", |samples: &mut Collection| {
    ///     samples.gauge("allocated_bytes", "Memory in use.", []).unit("bytes").tell([], 4_096);
    ///     Ok(())
    /// })?;
    /// assert!(metrics_core::render().contains("\nallocated_bytes 4096\n"));
    /// # Ok::<(), metrics_core::RegisterError>(())
    /// ```
    pub fn register_collector(&self, name: &str, collector: impl Collector) -> Result<(), RegisterError> {
        let added = self.add_collector(name, collector);
        added.then_some(()).ok_or_else(|| RegisterError::collector(name))
    }

    /// Asks the collector of that name no longer; false if there was none.
    pub fn unregister_collector(&self, name: &str) -> bool {
        self.remove_collector(name)
    }
}

/// Whatever a static declares.
macro_rules! metrics {
    ($($view:ident<$labels:ident>),*) => { $(
        impl<$labels> Metric for $view<$labels> {}

        impl<$labels> private::Shared for $view<$labels> {
            fn name(&self) -> &str {
                self.cell().spec.name()
            }

            fn shared(&self) -> Option<&Arc<family::Family>> {
                self.cell().family()
            }
        }
    )* };
}

#[cfg(feature = "native")]
metrics!(NativeHistogram<L>);
metrics!(Counter<L>, Gauge<L>, Histogram<L>, Summary<L>, Info<L>, StateSet<S>);

impl<H: Handle, const N: usize> Metric for Family<H, N> {}

impl<H: Handle, const N: usize> private::Shared for Family<H, N> {
    fn name(&self) -> &str {
        self.name()
    }

    fn shared(&self) -> Option<&Arc<family::Family>> {
        Some(Self::shared(self))
    }
}
