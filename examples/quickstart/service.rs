//! The routes, and what is counted about them.

use std::collections::HashMap;
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::extract::{MatchedPath, Query, Request};
use axum::http::{Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use metrics_core::{counted, gauged, metrics, timed};

use crate::task::{self, TaskType};
use crate::{latency, login, orders};

metrics! {
    /// HTTP requests answered, by method, endpoint and status.
    static HTTP_REQUESTS_TOTAL: Counter<method, endpoint, status>;
}

/// The whole service.
pub(crate) fn router() -> Router {
    Router::new()
        .route("/api/hello", get(hello))
        .route("/api/task", get(task))
        .route("/api/slow", get(latency::slow))
        .route("/api/fast", get(latency::fast))
        .route("/api/login", post(login::login))
        .route("/api/order", post(orders::order))
        // Counts what stands above it only: a scrape should not move the numbers that it reads.
        .route_layer(middleware::from_fn(count_request))
        .route("/metrics", get(metrics_core::handler))
        .route("/metrics/orders", get(orders::scrape))
}

/// Says hello.
///
/// Three attributes, three metrics, no declaration: `quickstart_hello_calls_total`,
/// `quickstart_hello_duration_seconds` and `quickstart_hello_in_flight`.
#[counted]
#[timed]
#[gauged]
async fn hello() -> &'static str {
    tokio::time::sleep(Duration::from_millis(5)).await;
    "Hello!\n"
}

/// Runs the task that `?task_type=…` names.
///
/// Every way out is recorded: the answer, the early return of `?`, and a client that hangs up in between.
#[counted]
#[timed]
#[gauged]
async fn task(Query(query): Query<HashMap<String, String>>) -> Result<String, BadRequest> {
    let asked = query.get("task_type").map_or("", String::as_str);
    let task_type: TaskType = asked.parse().map_err(bad_request)?;
    task::execute(task_type).await;
    Ok(format!("A {} task has run.\n", task_type.name()))
}

/// The answer to a request that can't be understood: `{"error": "…"}`.
pub(crate) type BadRequest = (StatusCode, Json<HashMap<&'static str, String>>);

pub(crate) fn bad_request(reason: String) -> BadRequest {
    (StatusCode::BAD_REQUEST, Json(HashMap::from([("error", reason)])))
}

/// Counts a request when its status is known.
///
/// The endpoint is the route as declared above, never the path as the client wrote it: each value of a label
/// is a series of its own, so its values should be few, and not for strangers to choose. (Of the methods that
/// they may invent, the ceiling of 2 000 series for a metric takes care.)
async fn count_request(method: Method, route: MatchedPath, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    HTTP_REQUESTS_TOTAL { method, endpoint: route.as_str(), status: response.status() }.inc();
    response
}
