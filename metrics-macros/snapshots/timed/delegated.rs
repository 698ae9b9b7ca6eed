fn load(id: String) -> Pin<Box<dyn Future<Output = u8>>> {
    let __metrics_parts = if ::metrics_core::__private_0_1_0::RECORD {
        match (LOAD_SECONDS.handle(),) {
            __metrics_rows => ::metrics_core::__private_0_1_0::Recorded::enter(
                ::metrics_core::__private_0_1_0::Observed::new(__metrics_rows.0),
            ),
        }
    } else {
        ::metrics_core::__private_0_1_0::Recorded::off()
    };
    let __metrics_future =
        ::metrics_core::__private_0_1_0::call(move || -> Pin<Box<dyn Future<Output = u8>>> {
            let a = id;
            Box::pin(find(a))
        });
    if !::metrics_core::__private_0_1_0::RECORD {
        return __metrics_future;
    }
    ::metrics_core::__private_0_1_0::Box::pin(async move {
        let __metrics_guard = ::metrics_core::__private_0_1_0::Call::begin(__metrics_parts);
        __metrics_future.await
    })
}
