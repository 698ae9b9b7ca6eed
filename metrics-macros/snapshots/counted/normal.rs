#[doc = " Loads a user."]
pub async fn load(id: u64) -> Result<User, Error> {
    let __metrics_guard = if ::metrics_core::__private_0_1_0::RECORD {
        static __METRICS_CELL_0: ::metrics_core::__private_0_1_0::Declared =
            ::metrics_core::__private_0_1_0::Declared::new(
                &::metrics_core::__private_0_1_0::Spec::counter("shop_load_calls_total", "Loads a user.")
                    .function(&["load", ::metrics_core::__private_0_1_0::module_path!()])
                    .at(::metrics_core::__private_0_1_0::file!(), ::metrics_core::__private_0_1_0::line!()),
            );
        :: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_0);
        ::metrics_core::__private_0_1_0::Call::enter(::metrics_core::__private_0_1_0::Counted::fixed(
            &__METRICS_CELL_0,
        ))
    } else {
        ::metrics_core::__private_0_1_0::Call::off()
    };
    find(id).await
}
