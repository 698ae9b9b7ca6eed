fn load(id: u8) -> impl Future<Output = u8> {
    use a::b;
    let __metrics_parts = if ::metrics_core::__private_0_1_0::RECORD {
        match ((&(id),),) {
            __metrics_rows => {
                static __METRICS_CELL_0 : :: metrics_core :: __private_0_1_0 :: Declared = :: metrics_core :: __private_0_1_0 :: Declared :: new (& :: metrics_core :: __private_0_1_0 :: Spec :: seconds ("shop_load_duration_seconds" , :: metrics_core :: __private_0_1_0 :: sentence ! ([:: metrics_core :: __private_0_1_0] "Seconds spent in `" , "::load`.")) . labels (& ["function" , "id" , "module"]) . at (:: metrics_core :: __private_0_1_0 :: file ! () , :: metrics_core :: __private_0_1_0 :: line ! ())) ;
                :: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_0);
                static __METRICS_ROWS_0: ::metrics_core::__private_0_1_0::Rows<3usize> =
                    ::metrics_core::__private_0_1_0::Rows::new(|__row, __values| {
                        __row.add(
                            &__METRICS_CELL_0,
                            &["load", __values[0usize], ::metrics_core::__private_0_1_0::module_path!()],
                        );
                    });
                let __metrics_row_0 =
                    __METRICS_ROWS_0.find([::metrics_core::__private_0_1_0::LabelValue::text(
                        __metrics_rows.0.0,
                        &mut ::metrics_core::__private_0_1_0::Scratch::new(),
                    )]);
                ::metrics_core::__private_0_1_0::Recorded::enter(::metrics_core::__private_0_1_0::Timed::at(
                    &__METRICS_CELL_0,
                    &__metrics_row_0,
                    0usize,
                ))
            }
        }
    } else {
        ::metrics_core::__private_0_1_0::Recorded::off()
    };
    let id = b(id);
    async {
        let __metrics_guard = ::metrics_core::__private_0_1_0::Call::begin(__metrics_parts);
        id
    }
}
