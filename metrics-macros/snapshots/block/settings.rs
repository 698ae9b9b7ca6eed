#[doc = " Seconds of a request."]
#[deprecated]
static REQUEST_SECONDS: renamed::Histogram<REQUEST_SECONDS> =
    renamed::Histogram::declared(&__METRICS_CELL_REQUEST_SECONDS);
#[doc(hidden)]
#[allow(non_camel_case_types)]
struct REQUEST_SECONDS<
    __L0: renamed::__private_0_1_0::LabelValue = &'static renamed::__private_0_1_0::primitive::str,
> {
    #[doc(hidden)]
    r#type: __L0,
}
#[automatically_derived]
impl<__L0: renamed::__private_0_1_0::LabelValue> renamed::__private_0_1_0::Labels for REQUEST_SECONDS<__L0> {
    type Family = REQUEST_SECONDS;
    type Handle = renamed::HistogramHandle;
    #[inline]
    fn with_values<__R>(
        &self,
        run: impl renamed::__private_0_1_0::FnOnce(&[&renamed::__private_0_1_0::primitive::str]) -> __R,
    ) -> __R {
        run(&[renamed::__private_0_1_0::LabelValue::text(
            &self.r#type,
            &mut renamed::__private_0_1_0::Scratch::new(),
        )])
    }
}
#[allow(deprecated)]
#[automatically_derived]
impl<__L0: renamed::__private_0_1_0::LabelValue> REQUEST_SECONDS<__L0> {
    #[inline]
    pub fn handle(&self) -> renamed::HistogramHandle {
        REQUEST_SECONDS.series(self)
    }
    #[doc(hidden)]
    pub fn __pinned(&self, pin: &'static renamed::__private_0_1_0::Pin) -> renamed::HistogramHandle {
        REQUEST_SECONDS.pinned(self, pin)
    }
    pub fn remove(&self) -> renamed::__private_0_1_0::primitive::bool {
        REQUEST_SECONDS.remove(self)
    }
    #[inline]
    pub fn observe(&self, value: impl renamed::Observation) {
        self.handle().observe(value)
    }
    #[inline]
    pub fn start_timer(&self) -> renamed::Timer<renamed::HistogramHandle> {
        self.handle().start_timer()
    }
    #[inline]
    pub fn time<__R>(&self, run: impl renamed::__private_0_1_0::FnOnce() -> __R) -> __R {
        self.handle().time(run)
    }
    #[inline]
    pub fn time_future<__F: renamed::__private_0_1_0::Future>(
        &self,
        future: __F,
    ) -> renamed::Timed<__F, renamed::HistogramHandle> {
        self.handle().time_future(future)
    }
    pub fn observe_with_exemplar(
        &self,
        value: impl renamed::Observation,
        exemplar: &[(&renamed::__private_0_1_0::primitive::str, &renamed::__private_0_1_0::primitive::str)],
    ) {
        self.handle().observe_with_exemplar(value, exemplar)
    }
}
static __METRICS_CELL_REQUEST_SECONDS: renamed::__private_0_1_0::Declared =
    renamed::__private_0_1_0::Declared::new(
        &renamed::__private_0_1_0::Spec::histogram(
            "shop_request_seconds",
            "Seconds of a request.",
            &[0.001, 0.01, 0.1, 1.0],
        )
        .labels(&["type"])
        .unit("seconds")
        .registry(|| &USERS)
        .at(renamed::__private_0_1_0::file!(), renamed::__private_0_1_0::line!()),
    );
renamed :: __private_0_1_0 :: register ! ([renamed :: __private_0_1_0] Declared __METRICS_CELL_REQUEST_SECONDS);
