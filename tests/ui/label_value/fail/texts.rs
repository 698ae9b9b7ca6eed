//! Texts that don't tell the values apart.
use metrics_core::LabelValue;

#[derive(LabelValue)]
enum Twice {
    Get,
    #[label(rename = "get")]
    Fetch,
    GET,
}

#[derive(LabelValue)]
#[label(rename_all = "lowercase")]
enum Joined {
    NotFound,
    Notfound,
}

#[derive(LabelValue)]
enum Empty {
    #[label(rename = "")]
    None,
    __,
}

fn main() {}
