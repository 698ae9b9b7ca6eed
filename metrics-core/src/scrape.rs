//! From registries to the bytes of a scrape.

use crate::encode::text::Text;
use crate::exposition::Exposition;
use crate::exposition::walk::Walk;
use crate::filter::Filter;
use crate::format::Format;
use crate::global;
use crate::record::RECORD;
use crate::registry::Registry;
use crate::sample::Encoder;
use crate::traces;

/// All metrics of the global registry in the Prometheus text format 0.0.4.
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
    Registry::global().render()
}

impl Registry {
    /// All metrics of this registry in the Prometheus text format 0.0.4.
    pub fn render(&self) -> String {
        Scrape::of([self]).render()
    }
}

/// One or several registries that are scraped together.
///
/// Metrics of one name become one if they describe the same; where their series have the same labels, and where the
/// metrics differ, what comes from the registry that is named first is told and the other left out
/// (`metrics_core_left_out_families` says how many).
///
/// # Examples
///
/// ```
/// use metrics_core::{Registry, Scrape};
///
/// static USERS: Registry = Registry::new();
/// static ORDERS: Registry = Registry::new();
///
/// mod users {
///     metrics_core::metrics! {
///         #![registry(super::USERS)]
///
///         /// Events by what they are about.
///         pub static EVENTS_TOTAL: Counter<about>;
///     }
/// }
///
/// mod orders {
///     metrics_core::metrics! {
///         #![registry(super::ORDERS)]
///
///         /// Events by what they are about.
///         pub static EVENTS_TOTAL: Counter<about>;
///     }
/// }
///
/// // Mounted beside the handler of the global registry.
/// async fn shop(request: axum::extract::Request) -> http::Response<metrics_core::Body> {
///     Scrape::of([&USERS, &ORDERS]).respond(request).await
/// }
///
/// fn main() {
///     let app: axum::Router = axum::Router::new()
///         .route("/metrics", axum::routing::get(metrics_core::handler))
///         .route("/metrics/shop", axum::routing::get(shop));
///
///     users::EVENTS_TOTAL { about: "users" }.inc();
///     orders::EVENTS_TOTAL { about: "orders" }.inc();
///     let text = Scrape::of([&USERS, &ORDERS]).render();
///     assert!(text.contains("events_total{about=\"orders\"} 1\nevents_total{about=\"users\"} 1\n"));
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Scrape<'a> {
    registries: Vec<&'a Registry>,
    with_created: bool,
    most: u64,
}

/// How many scrapes may be under way at once, as in Prometheus' own node exporter.
const MOST: u64 = 40;

impl<'a> Scrape<'a> {
    /// The registries to scrape, the most important one first.
    pub fn of(registries: impl IntoIterator<Item = &'a Registry>) -> Self {
        Self { registries: registries.into_iter().collect(), with_created: false, most: MOST }
    }

    /// Also tells in `OpenMetrics` when each counter, histogram and summary was made, as a sample `…_created` (O-41).
    ///
    /// That is one more series each for a Prometheus that does not expect them, so it is off by default. Protobuf
    /// carries these times always, at no such price.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::Scrape;
    ///
    /// async fn metrics(request: axum::extract::Request) -> http::Response<metrics_core::Body> {
    ///     Scrape::default().with_created().respond(request).await
    /// }
    /// ```
    #[must_use]
    pub fn with_created(self) -> Self {
        Self { with_created: true, ..self }
    }

    /// Answers 503 when so many scrapes of the process, of whatever registries, are under way; 40 by default.
    ///
    /// # Examples
    ///
    /// ```
    /// use metrics_core::Scrape;
    ///
    /// async fn metrics(request: axum::extract::Request) -> http::Response<metrics_core::Body> {
    ///     Scrape::default().at_most(4).respond(request).await
    /// }
    /// ```
    #[must_use]
    pub fn at_most(self, scrapes: u32) -> Self {
        Self { most: scrapes.into(), ..self }
    }

    /// All their metrics in the Prometheus text format 0.0.4.
    pub fn render(&self) -> String {
        let mut text = Text::default();
        let mut walk = self.walk(Filter::default());
        while walk.step(&mut text) {}
        text.into_string()
    }

    /// Begins to tell what the filter asks for.
    pub(crate) fn walk(&self, filter: Filter) -> Walk {
        if !RECORD {
            return Walk::nothing();
        }
        global::refresh();
        Walk::of(Exposition::of(&self.registries, filter))
    }

    /// What writes it in a format.
    pub(crate) fn encoder(&self, format: Format) -> Box<dyn Encoder> {
        let encoder = format.encoder(self.with_created);
        if encoder.wants_details() {
            traces::begin_round();
        }
        encoder
    }

    /// How many scrapes may be under way at once.
    pub(crate) fn most(&self) -> u64 {
        self.most
    }
}

/// Scrapes the global registry.
impl Default for Scrape<'_> {
    fn default() -> Self {
        Self::of([Registry::global()])
    }
}
