fn load() -> ! {
    let __metrics_guard = if crate::renamed::__private_0_1_0::RECORD {
        static __METRICS_CELL_0 : crate :: renamed :: __private_0_1_0 :: Declared = crate :: renamed :: __private_0_1_0 :: Declared :: new (& crate :: renamed :: __private_0_1_0 :: Spec :: gauge ("shop_load_in_flight" , crate :: renamed :: __private_0_1_0 :: sentence ! ([crate :: renamed :: __private_0_1_0] "Calls of `" , "::load` in flight.")) . function (& ["load" , crate :: renamed :: __private_0_1_0 :: module_path ! ()]) . at (crate :: renamed :: __private_0_1_0 :: file ! () , crate :: renamed :: __private_0_1_0 :: line ! ())) ;
        crate :: renamed :: __private_0_1_0 :: register ! ([crate :: renamed :: __private_0_1_0] Declared __METRICS_CELL_0);
        crate::renamed::__private_0_1_0::Call::enter(crate::renamed::__private_0_1_0::Gauged::fixed(
            &__METRICS_CELL_0,
        ))
    } else {
        crate::renamed::__private_0_1_0::Call::off()
    };
    loop {}
}
