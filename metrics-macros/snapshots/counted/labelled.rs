fn load() {
    let __metrics_guard = if ::metrics_core::__private_0_1_0::RECORD {
        static __METRICS_ROW_0: ::metrics_core::__private_0_1_0::Row<::metrics_core::CounterHandle> =
            ::metrics_core::__private_0_1_0::Row::new(|__pin| {
                LOADS_TOTAL { kind: &(Kind::Fast), source: &("disk") }.__pinned(__pin)
            });
        :: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Constant __METRICS_ROW_0);
        ::metrics_core::__private_0_1_0::Call::enter(::metrics_core::__private_0_1_0::Counted::row(
            &__METRICS_ROW_0,
        ))
    } else {
        ::metrics_core::__private_0_1_0::Call::off()
    };
    work()
}
