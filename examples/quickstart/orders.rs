//! Orders, in a registry of their own: whoever reads them sees nothing else of the service.

use std::collections::HashMap;

use axum::extract::{Query, Request};
use axum::response::Response;
use metrics_core::{Body, Registry, Scrape, metrics};

use crate::service::{BadRequest, bad_request};

pub(crate) static ORDERS: Registry = Registry::new();

metrics! {
    #![registry(ORDERS)]

    /// Orders taken.
    static ORDERS_TOTAL: Counter;

    /// Items in an order.
    #[metric(buckets = [1, 2, 5, 10])]
    static ORDER_ITEMS: Histogram;
}

/// Takes an order of `?items=…`, or of one.
pub(crate) async fn order(Query(query): Query<HashMap<String, String>>) -> Result<&'static str, BadRequest> {
    let items = query.get("items").map_or("1", String::as_str);
    let items: u32 =
        items.parse().map_err(|_| bad_request(format!("items is `{items}`: expected a whole number")))?;
    ORDERS_TOTAL.inc();
    ORDER_ITEMS.observe(f64::from(items));
    Ok("Thank you for your order.\n")
}

/// What `metrics_core::handler` is for the global registry. Several registries in one answer would be
/// `Scrape::of([&ORDERS, Registry::global()])`.
pub(crate) async fn scrape(request: Request) -> Response<Body> {
    Scrape::of([&ORDERS]).respond(request).await
}
