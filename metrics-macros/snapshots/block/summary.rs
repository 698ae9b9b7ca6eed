#[doc = " Seconds."]
pub static REQUEST_SECONDS: ::metrics_core::Summary =
    ::metrics_core::Summary::declared(&__METRICS_CELL_REQUEST_SECONDS);
#[doc = " Sizes."]
static SIZE_BYTES: ::metrics_core::Summary<SIZE_BYTES> =
    ::metrics_core::Summary::declared(&__METRICS_CELL_SIZE_BYTES);
#[doc(hidden)]
#[allow(non_camel_case_types)]
struct SIZE_BYTES < __L0 : :: metrics_core :: __private_0_1_0 :: LabelValue = & 'static :: metrics_core :: __private_0_1_0 :: primitive :: str > { # [doc (hidden)] kind : __L0 }
#[automatically_derived]
impl<__L0: ::metrics_core::__private_0_1_0::LabelValue> ::metrics_core::__private_0_1_0::Labels
    for SIZE_BYTES<__L0>
{
    type Family = SIZE_BYTES;
    type Handle = ::metrics_core::SummaryHandle;
    #[inline]
    fn with_values<__R>(
        &self,
        run: impl ::metrics_core::__private_0_1_0::FnOnce(
            &[&::metrics_core::__private_0_1_0::primitive::str],
        ) -> __R,
    ) -> __R {
        run(&[::metrics_core::__private_0_1_0::LabelValue::text(
            &self.kind,
            &mut ::metrics_core::__private_0_1_0::Scratch::new(),
        )])
    }
}
#[automatically_derived]
impl<__L0: ::metrics_core::__private_0_1_0::LabelValue> SIZE_BYTES<__L0> {
    #[inline]
    pub fn handle(&self) -> ::metrics_core::SummaryHandle {
        SIZE_BYTES.series(self)
    }
    #[doc(hidden)]
    pub fn __pinned(
        &self,
        pin: &'static ::metrics_core::__private_0_1_0::Pin,
    ) -> ::metrics_core::SummaryHandle {
        SIZE_BYTES.pinned(self, pin)
    }
    pub fn remove(&self) -> ::metrics_core::__private_0_1_0::primitive::bool {
        SIZE_BYTES.remove(self)
    }
    #[inline]
    pub fn observe(&self, value: impl ::metrics_core::Observation) {
        self.handle().observe(value)
    }
    #[inline]
    pub fn start_timer(&self) -> ::metrics_core::Timer<::metrics_core::SummaryHandle> {
        self.handle().start_timer()
    }
    #[inline]
    pub fn time<__R>(&self, run: impl ::metrics_core::__private_0_1_0::FnOnce() -> __R) -> __R {
        self.handle().time(run)
    }
    #[inline]
    pub fn time_future<__F: ::metrics_core::__private_0_1_0::Future>(
        &self,
        future: __F,
    ) -> ::metrics_core::Timed<__F, ::metrics_core::SummaryHandle> {
        self.handle().time_future(future)
    }
}
static __METRICS_CELL_REQUEST_SECONDS: ::metrics_core::__private_0_1_0::Declared =
    ::metrics_core::__private_0_1_0::Declared::new(
        &::metrics_core::__private_0_1_0::Spec::summary("request_seconds", "Seconds.")
            .window(&[(0.5, 0.05), (0.99, 0.001)], 5400000, 6)
            .fixed(&[])
            .at(::metrics_core::__private_0_1_0::file!(), ::metrics_core::__private_0_1_0::line!()),
    );
static __METRICS_CELL_SIZE_BYTES: ::metrics_core::__private_0_1_0::Declared =
    ::metrics_core::__private_0_1_0::Declared::new(
        &::metrics_core::__private_0_1_0::Spec::summary("size_bytes", "Sizes.")
            .labels(&["kind"])
            .at(::metrics_core::__private_0_1_0::file!(), ::metrics_core::__private_0_1_0::line!()),
    );
:: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_REQUEST_SECONDS , Declared __METRICS_CELL_SIZE_BYTES);
