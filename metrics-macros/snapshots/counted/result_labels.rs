async fn load(kind: &str) -> Response {
    let mut __metrics_guard = if ::metrics_core::__private_0_1_0::RECORD {
        match (::metrics_core::__private_0_1_0::Kept::labels(&LOADS_TOTAL {
            kind: &(kind),
            outcome: ::metrics_core::__private_0_1_0::FromOutcome,
            status: ::metrics_core::__private_0_1_0::FromResult::<0>,
        }),)
        {
            __metrics_rows => ::metrics_core::__private_0_1_0::Judged::enter(
                ::metrics_core::__private_0_1_0::Tally::new(::metrics_core::__private_0_1_0::LookedUp::new(
                    __metrics_rows.0,
                    |__values| LOADS_TOTAL.series(&::metrics_core::__private_0_1_0::Resolved::new(__values)),
                )),
            ),
        }
    } else {
        ::metrics_core::__private_0_1_0::Judged::off()
    };
    let __metrics_result = ::metrics_core::__private_0_1_0::Judged::watch(&mut __metrics_guard, async move {
        if false {
            return ::metrics_core::__private_0_1_0::never::<Response>();
        }
        find(kind).await
    })
    .await;
    if ::metrics_core::__private_0_1_0::RECORD {
        ::metrics_core::__private_0_1_0::Judged::finish(
            __metrics_guard,
            ::metrics_core::__private_0_1_0::Outcome::err_if(::metrics_core::__private_0_1_0::call(
                || -> ::metrics_core::__private_0_1_0::primitive::bool {
                    let Response { status, .. } = &__metrics_result;
                    *status > 499
                },
            )),
            &[::metrics_core::__private_0_1_0::LabelValue::text(
                &::metrics_core::__private_0_1_0::call(|| {
                    let response = &__metrics_result;
                    response.status()
                }),
                &mut ::metrics_core::__private_0_1_0::Scratch::new(),
            )],
        );
    }
    __metrics_result
}
