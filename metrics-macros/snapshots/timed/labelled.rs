fn load() {
    let __metrics_guard = if ::metrics_core::__private_0_1_0::RECORD {
        static __METRICS_CELL_0: ::metrics_core::__private_0_1_0::Declared =
            ::metrics_core::__private_0_1_0::Declared::new(
                &::metrics_core::__private_0_1_0::Spec::histogram(
                    "load_seconds",
                    "Loading.",
                    &[0.1, 0.2, 0.3],
                )
                .labels(&["code", "source"])
                .unit("seconds")
                .at(::metrics_core::__private_0_1_0::file!(), ::metrics_core::__private_0_1_0::line!()),
            );
        static __METRICS_ROW_0: ::metrics_core::__private_0_1_0::Row<::metrics_core::HistogramHandle> =
            ::metrics_core::__private_0_1_0::Row::new(|__pin| {
                ::metrics_core::__private_0_1_0::Timed::pinned(
                    &__METRICS_CELL_0,
                    &[
                        ::metrics_core::__private_0_1_0::LabelValue::text(
                            &(200),
                            &mut ::metrics_core::__private_0_1_0::Scratch::new(),
                        ),
                        ::metrics_core::__private_0_1_0::LabelValue::text(
                            &(SOURCE),
                            &mut ::metrics_core::__private_0_1_0::Scratch::new(),
                        ),
                    ],
                    __pin,
                )
            });
        :: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_0 , Constant __METRICS_ROW_0);
        ::metrics_core::__private_0_1_0::Call::enter(::metrics_core::__private_0_1_0::Timed::row(
            &__METRICS_ROW_0,
        ))
    } else {
        ::metrics_core::__private_0_1_0::Call::off()
    };
    work()
}
