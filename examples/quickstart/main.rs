//! An async service whose functions are metrics.
//!
//! ```text
//! cargo run --example quickstart
//! curl http://127.0.0.1:9464/metrics
//! ```
//!
//! Where to read on:
//!
//! - `service.rs`: the routes; three attributes on a handler, and one counter for all requests
//! - `task.rs`: a histogram with a label that comes from an argument
//! - `queue.rs`: a gauge that is set by hand
//! - `latency.rs`: quantiles, as a summary
//! - `login.rs`: labels whose values are all known, as enums
//! - `orders.rs`: a registry of its own, read at `/metrics/orders`
//! - `answers.rs`: a native histogram, and exemplars: which request was one of those that were counted
//! - `about.rs`: the version that runs, and what it is doing
//! - `machine.rs`: numbers that are read when Prometheus asks for them
//! - `traffic.rs` and `options.rs` have nothing to do with metrics
//!
//! No file sets anything up: a metric that is declared anywhere in the program is in the first scrape.

mod about;
mod answers;
mod latency;
mod login;
mod machine;
mod options;
mod orders;
mod queue;
mod service;
mod task;
mod traffic;

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::about::{BUILD, SERVICE_STATE, State};
use crate::options::{Options, USAGE};
use crate::queue::Queue;

#[tokio::main]
async fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(mistake) => {
            eprintln!("quickstart: {mistake}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    if options.help {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    match run(&options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("quickstart: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> Result<(), String> {
    SERVICE_STATE.set(State::Starting);
    let version = env!("CARGO_PKG_VERSION");
    BUILD { version }.set();
    machine::register().map_err(|error| error.to_string())?;

    let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    let cannot_listen = |error| format!("cannot listen on {wanted}: {error}; `--port N` takes another port");
    let listener = TcpListener::bind(wanted).await.map_err(cannot_listen)?;
    // Port 0 was a wish for any free port: from here on the real one counts.
    let address = listener.local_addr().map_err(cannot_listen)?;

    let queue = Arc::new(Queue::default());
    let mut background = JoinSet::new();
    if options.quiet {
        queue.fill();
    } else {
        background.spawn(queue::produce(Arc::clone(&queue)));
        background.spawn(queue::consume(Arc::clone(&queue)));
        background.spawn(traffic::generate(address));
    }

    SERVICE_STATE.set(State::Running);
    say_where_to_look(address, options.quiet);
    axum::serve(listener, service::router())
        .with_graceful_shutdown(interrupted())
        .await
        .map_err(|error| format!("the server on {address} ended: {error}"))?;

    background.shutdown().await;
    queue.drain_on_shutdown().await;
    Ok(())
}

/// Ends when somebody presses Ctrl-C.
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without the signal there is nothing to wait for: the service runs until it is killed.
        std::future::pending::<()>().await;
    }
    SERVICE_STATE.set(State::Draining);
}

fn say_where_to_look(address: SocketAddr, quiet: bool) {
    println!(
        r#"quickstart listens on http://{address}

  http://{address}/metrics                     what Prometheus reads
  http://{address}/metrics?name[]=build        one metric of them
  http://{address}/metrics/orders              the same for the orders, which have a registry of their own
  http://{address}/api/hello
  http://{address}/api/task?task_type=light    or medium, or heavy; anything else is a 400
  http://{address}/api/slow                    and fast
  curl -H 'x-request-id: 7' http://{address}/api/hello
  curl -H 'accept: application/openmetrics-text; version=1.0.0' http://{address}/metrics
                                               where request 7 is an example of those that were counted

  curl -d '{{"user_type": "member", "platform": "ios"}}' http://{address}/api/login
  curl -X POST 'http://{address}/api/order?items=3'

To have Prometheus read it, write this into prometheus.yml:

  scrape_configs:
    - job_name: quickstart
      scrape_interval: 5s
      static_configs:
        - targets: ["{address}"]
    - job_name: orders
      scrape_interval: 5s
      metrics_path: /metrics/orders
      static_configs:
        - targets: ["{address}"]
"#
    );
    if quiet {
        println!("It waits for your requests (--quiet). Ctrl-C ends it.");
    } else {
        println!("It sends itself a few requests a second, so the numbers move. Ctrl-C ends it.");
    }
}
