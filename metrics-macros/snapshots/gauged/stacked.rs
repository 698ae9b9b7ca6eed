fn load(kind: &str) {
    let __metrics_guard = if renamed::__private_0_1_0::RECORD {
        match (LOADS_TOTAL { kind: &(kind) }.handle(),) {
            __metrics_rows => {
                static __METRICS_CELL_1 : renamed :: __private_0_1_0 :: Declared = renamed :: __private_0_1_0 :: Declared :: new (& renamed :: __private_0_1_0 :: Spec :: seconds ("shop_load_duration_seconds" , renamed :: __private_0_1_0 :: sentence ! ([renamed :: __private_0_1_0] "Seconds spent in `" , "::load`.")) . function (& ["load" , renamed :: __private_0_1_0 :: module_path ! ()]) . at (renamed :: __private_0_1_0 :: file ! () , renamed :: __private_0_1_0 :: line ! ())) ;
                static __METRICS_CELL_2 : :: metrics_core :: __private_0_1_0 :: Declared = :: metrics_core :: __private_0_1_0 :: Declared :: new (& :: metrics_core :: __private_0_1_0 :: Spec :: gauge ("shop_load_in_flight" , :: metrics_core :: __private_0_1_0 :: sentence ! ([:: metrics_core :: __private_0_1_0] "Calls of `" , "::load` in flight.")) . function (& ["load" , :: metrics_core :: __private_0_1_0 :: module_path ! ()]) . at (:: metrics_core :: __private_0_1_0 :: file ! () , :: metrics_core :: __private_0_1_0 :: line ! ())) ;
                renamed :: __private_0_1_0 :: register ! ([renamed :: __private_0_1_0] Declared __METRICS_CELL_1 , Declared __METRICS_CELL_2);
                renamed::__private_0_1_0::Call::enter((
                    ::metrics_core::__private_0_1_0::Counted::new(__metrics_rows.0),
                    (
                        renamed::__private_0_1_0::Timed::fixed(&__METRICS_CELL_1),
                        ::metrics_core::__private_0_1_0::Gauged::fixed(&__METRICS_CELL_2),
                    ),
                ))
            }
        }
    } else {
        renamed::__private_0_1_0::Call::off()
    };
}
