fn load() {
    let __metrics_guard = if ::metrics_core::__private_0_1_0::RECORD {
        static __METRICS_CELL_0 : :: metrics_core :: __private_0_1_0 :: Declared = :: metrics_core :: __private_0_1_0 :: Declared :: new (& :: metrics_core :: __private_0_1_0 :: Spec :: summary ("shop_load_duration_seconds" , :: metrics_core :: __private_0_1_0 :: sentence ! ([:: metrics_core :: __private_0_1_0] "Seconds spent in `" , "::load`.")) . function (& ["load" , :: metrics_core :: __private_0_1_0 :: module_path ! ()]) . unit ("seconds") . at (:: metrics_core :: __private_0_1_0 :: file ! () , :: metrics_core :: __private_0_1_0 :: line ! ())) ;
        static __METRICS_ROW_1: ::metrics_core::__private_0_1_0::Row<
            <LOAD_SECONDS as ::metrics_core::__private_0_1_0::Labels>::Handle,
        > = ::metrics_core::__private_0_1_0::Row::new(|__pin| {
            LOAD_SECONDS { kind: &(Kind::Fast) }.__pinned(__pin)
        });
        :: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_0 , Constant __METRICS_ROW_1);
        ::metrics_core::__private_0_1_0::Call::enter((
            ::metrics_core::__private_0_1_0::Summarized::fixed(&__METRICS_CELL_0),
            ::metrics_core::__private_0_1_0::Observed::row(&__METRICS_ROW_1),
        ))
    } else {
        ::metrics_core::__private_0_1_0::Call::off()
    };
    work()
}
