//! One counter, exposed.

use metrics_exporter_prometheus::PrometheusBuilder;

fn main() {
    let exporter = PrometheusBuilder::new().install_recorder().unwrap();
    metrics::describe_counter!("greetings_total", "Greetings.");
    metrics::counter!("greetings_total").increment(1);
    print!("{}", exporter.render());
}
