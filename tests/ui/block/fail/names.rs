//! The rules for names, and how to break them.
use metrics_core::metrics;

metrics! {
    static NO_HELP: Gauge;

    /// No total: PL-2.
    static REQUESTS: Counter;

    /// A total: PL-3.
    static QUEUE_TOTAL: Gauge;

    /// Suffixes: PL-4.
    static QUEUE_BUCKET: Gauge;

    /// Suffixes: PL-5.
    static QUEUE_SUM: Gauge;

    /// A type: PL-7.
    static LENGTH_GAUGE: Gauge;

    /// A colon: PL-8.
    #[metric(name = "a:b")]
    static COLON: Gauge;

    /// Camels: PL-9.
    #[metric(name = "queueLength")]
    static CAMEL: Gauge;

    /// Short: PL-10.
    static WAIT_MS: Histogram;

    /// Not the base unit: PL-11.
    static WAIT_MILLISECONDS: Histogram;

    /// Not in the name.
    #[metric(unit = "seconds")]
    static WAIT: Histogram;

    /// Behind the unit.
    #[metric(unit = "bytes")]
    static SENT_TOTAL: Counter;

    /// No unit.
    #[metric(unit = "KB")]
    static RECEIVED_TOTAL: Counter;

    /// No name.
    #[metric(name = "9 lives")]
    static LIVES: Gauge;

    /// Reserved.
    static _RESERVED: Gauge;

    /// Ours.
    static METRICS_CORE_SIZE: Gauge;

    /// Wrong rule.
    #[metric(allow(unti))]
    static RULE: Gauge;

    /// Several mistakes.
    #[metric(unit = "seconds", max_series = 0)]
    static HTTP_COUNTER: Counter;

    /// A type.
    static WAIT_SUMMARY: Summary;

    /// A suffix.
    static SIZE_BYTES_BUCKET: Summary;

    /// A suffix that is fine.
    static SIZE_BYTES_COUNT: Summary;

    #[metric(allow(help, total, unit))]
    static OLD_MILLISECONDS: Counter;
}

mod shop {
    metrics_core::metrics! {
        #![prefix = "shop_"]

        /// Prefixed.
        static SALES: Counter;
    }
}

fn main() {}
