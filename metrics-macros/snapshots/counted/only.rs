fn load(kind: &str) -> List {
    let mut __metrics_guard = if ::metrics_core::__private_0_1_0::RECORD {
        match (::metrics_core::__private_0_1_0::Kept::values(&[
            "load",
            ::metrics_core::__private_0_1_0::LabelValue::text(
                &(kind),
                &mut ::metrics_core::__private_0_1_0::Scratch::new(),
            ),
            ::metrics_core::__private_0_1_0::module_path!(),
            ::metrics_core::__private_0_1_0::LabelValue::text(
                &::metrics_core::__private_0_1_0::FromResult::<0>,
                &mut ::metrics_core::__private_0_1_0::Scratch::new(),
            ),
        ]),)
        {
            __metrics_rows => {
                static __METRICS_CELL_0 : :: metrics_core :: __private_0_1_0 :: Declared = :: metrics_core :: __private_0_1_0 :: Declared :: new (& :: metrics_core :: __private_0_1_0 :: Spec :: counter ("shop_load_failures_total" , :: metrics_core :: __private_0_1_0 :: sentence ! ([:: metrics_core :: __private_0_1_0] "Calls of `" , "::load` that failed.")) . labels (& ["function" , "kind" , "module" , "size"]) . at (:: metrics_core :: __private_0_1_0 :: file ! () , :: metrics_core :: __private_0_1_0 :: line ! ())) ;
                :: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_0);
                ::metrics_core::__private_0_1_0::Judged::enter(
                    ::metrics_core::__private_0_1_0::Tally::new(
                        ::metrics_core::__private_0_1_0::LookedUp::new(__metrics_rows.0, |__values| {
                            ::metrics_core::__private_0_1_0::Counted::found(&__METRICS_CELL_0, __values)
                        }),
                    )
                    .only(&[
                        ::metrics_core::__private_0_1_0::Outcome::Err,
                        ::metrics_core::__private_0_1_0::Outcome::Panicked,
                    ]),
                )
            }
        }
    } else {
        ::metrics_core::__private_0_1_0::Judged::off()
    };
    let __metrics_result =
        ::metrics_core::__private_0_1_0::Judged::run(&mut __metrics_guard, move || -> List { find(kind) });
    if ::metrics_core::__private_0_1_0::RECORD {
        ::metrics_core::__private_0_1_0::Judged::finish(
            __metrics_guard,
            {
                use ::metrics_core::__private_0_1_0::{ReturnedOther as _, ReturnedResult as _};
                (&::metrics_core::__private_0_1_0::Returned(&__metrics_result)).outcome()
            },
            &[::metrics_core::__private_0_1_0::LabelValue::text(
                &::metrics_core::__private_0_1_0::call(|| {
                    let list = &__metrics_result;
                    list.len()
                }),
                &mut ::metrics_core::__private_0_1_0::Scratch::new(),
            )],
        );
    }
    __metrics_result
}
