//! From a registry to the bytes of a scrape.

use crate::encode::text::Text;
use crate::global;
use crate::registry::{self, Registry};

/// All metrics of the default registry in the Prometheus text format 0.0.4.
///
/// # Examples
///
/// ```
/// use metrics_core::metrics;
///
/// metrics! {
///     /// Cups of coffee brewed.
///     static COFFEES_BREWED_TOTAL: Counter;
/// }
///
/// COFFEES_BREWED_TOTAL.inc();
/// let scrape = metrics_core::render();
/// assert!(scrape.contains("# TYPE coffees_brewed_total counter\ncoffees_brewed_total 1\n"));
/// ```
pub fn render() -> String {
    registry::DEFAULT.render()
}

impl Registry {
    /// All metrics of this registry in the Prometheus text format 0.0.4.
    pub fn render(&self) -> String {
        global::refresh();
        let mut text = Text::default();
        self.tell(&mut text);
        text.into_string()
    }
}
