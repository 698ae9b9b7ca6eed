#[doc = " Tasks in the queue."]
pub static QUEUE_LENGTH: ::metrics_core::Gauge =
    ::metrics_core::Gauge::declared(&__METRICS_CELL_QUEUE_LENGTH);
static __METRICS_CELL_QUEUE_LENGTH: ::metrics_core::__private_0_1_0::Declared =
    ::metrics_core::__private_0_1_0::Declared::new(
        &::metrics_core::__private_0_1_0::Spec::gauge("queue_length", "Tasks in the queue.")
            .fixed(&[])
            .at(::metrics_core::__private_0_1_0::file!(), ::metrics_core::__private_0_1_0::line!()),
    );
:: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_QUEUE_LENGTH);
