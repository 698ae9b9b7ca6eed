#[doc = " Open files."]
pub static OPEN_FILES: ::metrics_core::Callback =
    ::metrics_core::Callback::declared(&__METRICS_CELL_OPEN_FILES);
static __METRICS_CELL_OPEN_FILES: ::metrics_core::__private_0_1_0::Declared =
    ::metrics_core::__private_0_1_0::Declared::new(
        &::metrics_core::__private_0_1_0::Spec::gauge("open_files", "Open files.")
            .callback({
                static __METRICS_CALLBACK: ::metrics_core::__private_0_1_0::Callback =
                    ::metrics_core::__private_0_1_0::Callback::new(|| {
                        ::metrics_core::Number::to_f64(files::count())
                    });
                &__METRICS_CALLBACK
            })
            .fixed(&[])
            .at(::metrics_core::__private_0_1_0::file!(), ::metrics_core::__private_0_1_0::line!()),
    );
:: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_OPEN_FILES);
