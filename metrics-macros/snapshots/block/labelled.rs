#[cfg(feature = "http")]
#[doc = " Total number of requests."]
pub(crate) static HTTP_REQUESTS_TOTAL: ::metrics_core::Counter<__HTTP_REQUESTS_TOTAL> =
    ::metrics_core::Counter::declared(&__METRICS_CELL_HTTP_REQUESTS_TOTAL);
#[cfg(feature = "http")]
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub (crate) struct HTTP_REQUESTS_TOTAL < __L0 : :: metrics_core :: __private_0_1_0 :: LabelOf < Method > = Method , __L1 : :: metrics_core :: __private_0_1_0 :: LabelValue = & 'static :: metrics_core :: __private_0_1_0 :: primitive :: str > { # [doc (hidden)] pub (crate) method : __L0 , # [doc (hidden)] pub (crate) krate : __L1 }
#[cfg(feature = "http")]
#[automatically_derived]
impl<
    __L0: ::metrics_core::__private_0_1_0::LabelOf<Method>,
    __L1: ::metrics_core::__private_0_1_0::LabelValue,
> ::metrics_core::__private_0_1_0::Labels for HTTP_REQUESTS_TOTAL<__L0, __L1>
{
    type Family = __HTTP_REQUESTS_TOTAL;
    type Handle = ::metrics_core::CounterHandle;
    #[inline]
    fn with_values<__R>(
        &self,
        run: impl ::metrics_core::__private_0_1_0::FnOnce(
            &[&::metrics_core::__private_0_1_0::primitive::str],
        ) -> __R,
    ) -> __R {
        run(&[
            ::metrics_core::__private_0_1_0::LabelValue::text(
                &self.krate,
                &mut ::metrics_core::__private_0_1_0::Scratch::new(),
            ),
            ::metrics_core::__private_0_1_0::LabelValue::text(
                &self.method,
                &mut ::metrics_core::__private_0_1_0::Scratch::new(),
            ),
        ])
    }
}
#[cfg(feature = "http")]
#[automatically_derived]
impl<
    __L0: ::metrics_core::__private_0_1_0::LabelOf<Method>,
    __L1: ::metrics_core::__private_0_1_0::LabelValue,
> HTTP_REQUESTS_TOTAL<__L0, __L1>
{
    #[inline]
    pub fn handle(&self) -> ::metrics_core::CounterHandle {
        HTTP_REQUESTS_TOTAL.series(self)
    }
    #[doc(hidden)]
    pub fn __pinned(
        &self,
        pin: &'static ::metrics_core::__private_0_1_0::Pin,
    ) -> ::metrics_core::CounterHandle {
        HTTP_REQUESTS_TOTAL.pinned(self, pin)
    }
    pub fn remove(&self) -> ::metrics_core::__private_0_1_0::primitive::bool {
        HTTP_REQUESTS_TOTAL.remove(self)
    }
    #[inline]
    pub fn inc(&self) {
        self.handle().inc()
    }
    #[inline]
    pub fn inc_by(&self, amount: impl ::metrics_core::Increment) {
        self.handle().inc_by(amount)
    }
    pub fn inc_with_exemplar(
        &self,
        exemplar: &[(
            &::metrics_core::__private_0_1_0::primitive::str,
            &::metrics_core::__private_0_1_0::primitive::str,
        )],
    ) {
        self.handle().inc_with_exemplar(exemplar)
    }
    pub fn inc_by_with_exemplar(
        &self,
        amount: impl ::metrics_core::Increment,
        exemplar: &[(
            &::metrics_core::__private_0_1_0::primitive::str,
            &::metrics_core::__private_0_1_0::primitive::str,
        )],
    ) {
        self.handle().inc_by_with_exemplar(amount, exemplar)
    }
}
#[cfg(feature = "http")]
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub(crate) struct __HTTP_REQUESTS_TOTAL;
#[cfg(feature = "http")]
#[automatically_derived]
impl ::metrics_core::__private_0_1_0::Labels for __HTTP_REQUESTS_TOTAL {
    type Family = Self;
    type Handle = ::metrics_core::CounterHandle;
    fn with_values<__R>(
        &self,
        run: impl ::metrics_core::__private_0_1_0::FnOnce(
            &[&::metrics_core::__private_0_1_0::primitive::str],
        ) -> __R,
    ) -> __R {
        run(&[])
    }
}
#[cfg(feature = "http")]
static __METRICS_CELL_HTTP_REQUESTS_TOTAL: ::metrics_core::__private_0_1_0::Declared =
    ::metrics_core::__private_0_1_0::Declared::new(
        &::metrics_core::__private_0_1_0::Spec::counter("http_requests_total", "Total number of requests.")
            .labels(&["crate", "method"])
            .max_series(100)
            .values(&[&[], <Method as ::metrics_core::__private_0_1_0::LabelValue>::VALUES])
            .at(::metrics_core::__private_0_1_0::file!(), ::metrics_core::__private_0_1_0::line!()),
    );
#[cfg(feature = "http")]
static __METRICS_INIT_0_HTTP_REQUESTS_TOTAL: ::metrics_core::__private_0_1_0::Row<
    ::metrics_core::CounterHandle,
> = ::metrics_core::__private_0_1_0::Row::new(|__pin| {
    HTTP_REQUESTS_TOTAL { method: &(Method::Get), krate: &("a") }.__pinned(__pin)
});
:: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] # [cfg (feature = "http")] Declared __METRICS_CELL_HTTP_REQUESTS_TOTAL , # [cfg (feature = "http")] Constant __METRICS_INIT_0_HTTP_REQUESTS_TOTAL);
