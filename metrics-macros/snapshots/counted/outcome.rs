pub fn load(&mut self) -> Result<impl Debug, Box<dyn Error>> {
    use a::b;
    let mut __metrics_guard = if ::metrics_core::__private_0_1_0::RECORD {
        static __METRICS_CELL_0 : :: metrics_core :: __private_0_1_0 :: Declared = :: metrics_core :: __private_0_1_0 :: Declared :: new (& :: metrics_core :: __private_0_1_0 :: Spec :: counter ("shop_load_calls_total" , :: metrics_core :: __private_0_1_0 :: sentence ! ([:: metrics_core :: __private_0_1_0] "Calls of `" , "::load`.")) . labels (& ["function" , "module" , "outcome"]) . at (:: metrics_core :: __private_0_1_0 :: file ! () , :: metrics_core :: __private_0_1_0 :: line ! ())) ;
        static __METRICS_ROW_0: ::metrics_core::__private_0_1_0::Outcomes<::metrics_core::CounterHandle> =
            ::metrics_core::__private_0_1_0::Outcomes::new(|__outcome, __pin| {
                ::metrics_core::__private_0_1_0::Counted::pinned(
                    &__METRICS_CELL_0,
                    &[
                        "load",
                        ::metrics_core::__private_0_1_0::module_path!(),
                        ::metrics_core::__private_0_1_0::LabelValue::text(
                            &__outcome,
                            &mut ::metrics_core::__private_0_1_0::Scratch::new(),
                        ),
                    ],
                    __pin,
                )
            });
        :: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_0 , Constant __METRICS_ROW_0);
        ::metrics_core::__private_0_1_0::Judged::enter(::metrics_core::__private_0_1_0::Tally::new(
            &__METRICS_ROW_0,
        ))
    } else {
        ::metrics_core::__private_0_1_0::Judged::off()
    };
    let __metrics_result = ::metrics_core::__private_0_1_0::Judged::run(
        &mut __metrics_guard,
        move || -> Result<_, Box<dyn Error>> { find(self) },
    );
    if ::metrics_core::__private_0_1_0::RECORD {
        ::metrics_core::__private_0_1_0::Judged::finish(
            __metrics_guard,
            {
                use ::metrics_core::__private_0_1_0::{ReturnedOther as _, ReturnedResult as _};
                (&::metrics_core::__private_0_1_0::Returned(&__metrics_result)).outcome()
            },
            &[],
        );
    }
    __metrics_result
}
