//! What the machine says of itself, asked at each scrape: numbers that nobody in this program counts.

use std::fs;

use metrics_core::{Collection, CollectorError, RegisterError, Registry};

/// Tells how busy the machine is, with each scrape.
pub(crate) fn register() -> Result<(), RegisterError> {
    Registry::global().register_collector("machine", load)
}

/// Tasks that are ready to run, on average over three windows of time. What goes wrong costs these samples, and no others.
fn load(samples: &mut Collection) -> Result<(), CollectorError> {
    // Other systems than Linux do not tell it in a file: there is nothing to tell, then.
    let Ok(text) = fs::read_to_string("/proc/loadavg") else { return Ok(()) };
    let mut load = samples.gauge("machine_load_tasks", "Tasks ready to run, by window.", ["window"]);
    for (window, value) in ["1m", "5m", "15m"].into_iter().zip(text.split(' ')) {
        load.tell([window], value.parse::<f64>()?);
    }
    Ok(())
}
