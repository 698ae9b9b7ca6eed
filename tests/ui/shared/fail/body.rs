//! Mistakes in a body are shown in the body, as without the attributes.
use metrics_core::{counted, gauged, timed};

#[counted]
#[timed]
async fn wrong_tail() -> Result<u8, String> {
    if true {
        return Err(5);
    }
    "text"
}

#[gauged]
fn missing_tail() -> u8 {
    let value = 5;
}

#[timed]
fn unused(argument: u8) -> u8 {
    let mut variable = 5;
    variable
}

#[counted]
fn syntax() {
    let = 5;
}

fn main() {
    drop(wrong_tail());
    missing_tail();
}
