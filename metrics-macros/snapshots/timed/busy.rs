fn load() -> impl Future<Output = u8> {
    let a = 1;
    async {
        let mut __metrics_guard = if ::metrics_core::__private_0_1_0::RECORD {
            static __METRICS_CELL_0 : :: metrics_core :: __private_0_1_0 :: Declared = :: metrics_core :: __private_0_1_0 :: Declared :: new (& :: metrics_core :: __private_0_1_0 :: Spec :: seconds ("shop_load_duration_seconds" , :: metrics_core :: __private_0_1_0 :: sentence ! ([:: metrics_core :: __private_0_1_0] "Seconds spent in `" , "::load`.")) . labels (& ["function" , "module" , "outcome"]) . at (:: metrics_core :: __private_0_1_0 :: file ! () , :: metrics_core :: __private_0_1_0 :: line ! ())) ;
            static __METRICS_ROW_0: ::metrics_core::__private_0_1_0::Outcomes<
                ::metrics_core::HistogramHandle,
            > = ::metrics_core::__private_0_1_0::Outcomes::new(|__outcome, __pin| {
                ::metrics_core::__private_0_1_0::Timed::pinned(
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
            static __METRICS_CELL_1 : :: metrics_core :: __private_0_1_0 :: Declared = :: metrics_core :: __private_0_1_0 :: Declared :: new (& :: metrics_core :: __private_0_1_0 :: Spec :: seconds ("shop_load_busy_seconds" , :: metrics_core :: __private_0_1_0 :: sentence ! ([:: metrics_core :: __private_0_1_0] "Seconds spent inside `poll` of `" , "::load`.")) . labels (& ["function" , "module" , "outcome"]) . at (:: metrics_core :: __private_0_1_0 :: file ! () , :: metrics_core :: __private_0_1_0 :: line ! ())) ;
            static __METRICS_ROW_1: ::metrics_core::__private_0_1_0::Outcomes<
                ::metrics_core::HistogramHandle,
            > = ::metrics_core::__private_0_1_0::Outcomes::new(|__outcome, __pin| {
                ::metrics_core::__private_0_1_0::Timed::pinned(
                    &__METRICS_CELL_1,
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
            :: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_0 , Constant __METRICS_ROW_0 , Declared __METRICS_CELL_1 , Constant __METRICS_ROW_1);
            ::metrics_core::__private_0_1_0::Judged::enter((
                ::metrics_core::__private_0_1_0::Measured::new(&__METRICS_ROW_0),
                ::metrics_core::__private_0_1_0::Busy::new(&__METRICS_ROW_1),
            ))
        } else {
            ::metrics_core::__private_0_1_0::Judged::off()
        };
        let __metrics_result = ::metrics_core::__private_0_1_0::Judged::watch(&mut __metrics_guard, async {
            if false {
                return ::metrics_core::__private_0_1_0::never::<u8>();
            }
            a
        })
        .await;
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
}
