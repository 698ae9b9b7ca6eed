#[doc = " What it does."]
pub static MODE: ::metrics_core::StateSet<crate::Mode> =
    ::metrics_core::StateSet::declared(&__METRICS_CELL_MODE);
static __METRICS_CELL_MODE: ::metrics_core::__private_0_1_0::Declared =
    ::metrics_core::__private_0_1_0::Declared::new(
        &::metrics_core::__private_0_1_0::Spec::state_set(
            "mode",
            "What it does.",
            <crate::Mode as ::metrics_core::__private_0_1_0::LabelValue>::VALUES,
        )
        .fixed(&[])
        .at(::metrics_core::__private_0_1_0::file!(), ::metrics_core::__private_0_1_0::line!()),
    );
:: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_MODE);
