//! The routes, and what is counted about them.

use std::collections::HashMap;
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{get, post};
use metrics_core::{counted, gauged, timed};

use crate::task::{self, TaskType};
use crate::{answers, latency, login, orders};

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
        .route_layer(middleware::from_fn(answers::count))
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
