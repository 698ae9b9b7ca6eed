fn load() {
    let __metrics_guard = if ::metrics_core::__private_0_1_0::RECORD {
        match (metrics::LOADS_TOTAL.handle(),) {
            __metrics_rows => ::metrics_core::__private_0_1_0::Call::enter(
                ::metrics_core::__private_0_1_0::Counted::new(__metrics_rows.0),
            ),
        }
    } else {
        ::metrics_core::__private_0_1_0::Call::off()
    };
    work()
}
