fn load() -> Pin<Box<dyn Future<Output = u8> + Send>> {
    let a = 1;
    Box::pin(async move {
        let __metrics_guard = if ::metrics_core::__private_0_1_0::RECORD {
            static __METRICS_CELL_0 : :: metrics_core :: __private_0_1_0 :: Declared = :: metrics_core :: __private_0_1_0 :: Declared :: new (& :: metrics_core :: __private_0_1_0 :: Spec :: seconds ("shop_load_duration_seconds" , :: metrics_core :: __private_0_1_0 :: sentence ! ([:: metrics_core :: __private_0_1_0] "Seconds spent in `" , "::load`.")) . function (& ["load" , :: metrics_core :: __private_0_1_0 :: module_path ! ()]) . at (:: metrics_core :: __private_0_1_0 :: file ! () , :: metrics_core :: __private_0_1_0 :: line ! ())) ;
            :: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_0);
            ::metrics_core::__private_0_1_0::Call::enter(::metrics_core::__private_0_1_0::Timed::fixed(
                &__METRICS_CELL_0,
            ))
        } else {
            ::metrics_core::__private_0_1_0::Call::off()
        };
        a
    })
}
