//! Expansions of `metrics!` and of the derive.

use proc_macro2::TokenStream;

use super::compare;
use crate::pipeline::{expand_block, expand_label_value};

fn block(input: &str) -> TokenStream {
    expand_block(input.parse().expect("tokens"))
}

#[test]
fn block_normal() {
    compare("block/normal", &block("/// Tasks in the queue.\n pub static QUEUE_LENGTH: Gauge;"));
}

#[test]
fn block_labelled() {
    let metric = "/// Total number of requests.\n\
        #[cfg(feature = \"http\")]\n\
        #[metric(max_series = 100, init = [{ method: Method::Get, krate: \"a\" }])]\n\
        pub(crate) static HTTP_REQUESTS_TOTAL: Counter<method: Method, \"crate\" as krate>;";
    compare("block/labelled", &block(metric));
}

#[test]
fn block_settings() {
    let metrics = "#![registry(USERS)] #![prefix = \"shop_\"] #![crate(renamed)]\n\
        /// Seconds of a request.\n\
        #[metric(unit = \"seconds\", buckets = exponential(0.001, 10, 4))]\n\
        #[deprecated]\n\
        static REQUEST_SECONDS: Histogram<r#type>;";
    compare("block/settings", &block(metrics));
}

#[test]
fn block_closed() {
    let metrics = "/// Requests.\n\
        #[metric(max_series = 10)]\n\
        pub static REQUESTS_TOTAL: Counter<method: Method, cached: bool, code: Code>;\n\
        /// Users.\n\
        static USERS: Gauge<role: Role, name>;";
    compare("block/closed", &block(metrics));
}

#[test]
fn block_summary() {
    let metrics = "/// Seconds.\n\
        #[metric(quantiles = [0.99 => 0.001, 0.5 => 0.05], max_age = \"1h30m\", age_buckets = 6)]\n\
        pub static REQUEST_SECONDS: Summary;\n\
        /// Sizes.\n\
        static SIZE_BYTES: Summary<kind>;";
    compare("block/summary", &block(metrics));
}

#[test]
fn block_info() {
    compare("block/info", &block("/// What was built.\n pub static BUILD_INFO: Info<version, debug: bool>;"));
}

#[test]
fn block_state_set() {
    compare("block/state_set", &block("/// What it does.\n pub static MODE: StateSet<crate::Mode>;"));
}

#[test]
fn block_callback() {
    let metrics = "/// Open files.\n#[metric(callback = files::count)]\n pub static OPEN_FILES: Gauge;";
    compare("block/callback", &block(metrics));
}

fn label_value(item: &str) -> TokenStream {
    expand_label_value(item.parse().expect("tokens"))
}

#[test]
fn label_value_normal() {
    compare("label_value/normal", &label_value("enum Method { Get, NotFound, r#Type }"));
}

#[test]
fn label_value_renamed() {
    let item = "#[label(rename_all = \"kebab-case\", crate = renamed)]\n\
        pub enum Method { GetAll, #[label(rename = \"*\")] Any {} }";
    compare("label_value/renamed", &label_value(item));
}
