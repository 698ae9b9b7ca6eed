//! Exemplars from traces: a number in a dashboard leads to one of the requests that it counts.
//!
//! ```text
//! cargo run --example traces
//! ```

use http::Request;
use http_body_util::BodyExt;
use metrics_core::{counted, timed};
use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// The span's attribute stands below ours: a call is counted and timed within its span.
#[counted(labels { shop })]
#[timed(buckets = [0.1, 1.0], labels { shop })]
#[tracing::instrument]
async fn checkout(shop: &str) {
    let seconds = if shop == "slow" { 0.2 } else { 0.01 };
    tokio::time::sleep(std::time::Duration::from_secs_f64(seconds)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // A real program has an exporter too: what is traced must be found by whoever reads the exemplar.
    let tracer = SdkTracerProvider::builder().build().tracer("shop");
    tracing_subscriber::registry().with(tracing_opentelemetry::layer().with_tracer(tracer)).init();

    checkout("fast").await;
    checkout("slow").await;

    // As Prometheus asks with `--enable-feature=exemplar-storage`.
    let request = Request::builder().header("accept", "application/openmetrics-text").body(());
    let response = metrics_core::handler(request.expect("a request")).await;
    let body = response.into_body().collect().await.expect("a body").to_bytes();
    for line in String::from_utf8_lossy(&body).lines().filter(|line| line.contains(" # {trace_id=")) {
        println!("{line}");
    }
}
