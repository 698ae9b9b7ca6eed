fn load() {
    let __metrics_guard = if ::metrics_core::__private_0_1_0::RECORD {
        static __METRICS_CELL_0 : :: metrics_core :: __private_0_1_0 :: Declared = :: metrics_core :: __private_0_1_0 :: Declared :: new (& :: metrics_core :: __private_0_1_0 :: Spec :: summary ("shop_load_duration_seconds" , :: metrics_core :: __private_0_1_0 :: sentence ! ([:: metrics_core :: __private_0_1_0] "Seconds spent in `" , "::load`.")) . window (& [(0.5 , 0.05) , (0.99 , 0.001)] , 60000 , 5) . labels (& ["function" , "kind" , "module"]) . unit ("seconds") . at (:: metrics_core :: __private_0_1_0 :: file ! () , :: metrics_core :: __private_0_1_0 :: line ! ())) ;
        static __METRICS_ROW_0: ::metrics_core::__private_0_1_0::Row<::metrics_core::SummaryHandle> =
            ::metrics_core::__private_0_1_0::Row::new(|__pin| {
                ::metrics_core::__private_0_1_0::Summarized::pinned(
                    &__METRICS_CELL_0,
                    &[
                        "load",
                        ::metrics_core::__private_0_1_0::LabelValue::text(
                            &(KIND),
                            &mut ::metrics_core::__private_0_1_0::Scratch::new(),
                        ),
                        ::metrics_core::__private_0_1_0::module_path!(),
                    ],
                    __pin,
                )
            });
        :: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_0 , Constant __METRICS_ROW_0);
        ::metrics_core::__private_0_1_0::Call::enter(::metrics_core::__private_0_1_0::Summarized::row(
            &__METRICS_ROW_0,
        ))
    } else {
        ::metrics_core::__private_0_1_0::Call::off()
    };
    work()
}
