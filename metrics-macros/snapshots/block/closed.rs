#[doc = " Requests."]
pub static REQUESTS_TOTAL: ::metrics_core::Counter<__REQUESTS_TOTAL> =
    ::metrics_core::Counter::declared(&__METRICS_CELL_REQUESTS_TOTAL);
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct REQUESTS_TOTAL<
    __L0: ::metrics_core::__private_0_1_0::LabelOf<Method> = Method,
    __L1: ::metrics_core::__private_0_1_0::LabelOf<bool> = bool,
    __L2: ::metrics_core::__private_0_1_0::LabelOf<Code> = Code,
> {
    #[doc(hidden)]
    pub method: __L0,
    #[doc(hidden)]
    pub cached: __L1,
    #[doc(hidden)]
    pub code: __L2,
}
#[automatically_derived]
impl<
    __L0: ::metrics_core::__private_0_1_0::LabelOf<Method>,
    __L1: ::metrics_core::__private_0_1_0::LabelOf<bool>,
    __L2: ::metrics_core::__private_0_1_0::LabelOf<Code>,
> ::metrics_core::__private_0_1_0::Labels for REQUESTS_TOTAL<__L0, __L1, __L2>
{
    type Family = __REQUESTS_TOTAL;
    type Handle = ::metrics_core::CounterHandle;
    const SIZE: ::metrics_core::__private_0_1_0::primitive::usize =
        ::metrics_core::__private_0_1_0::combinations(&[
            <bool as ::metrics_core::__private_0_1_0::LabelValue>::VALUES,
            <Code as ::metrics_core::__private_0_1_0::LabelValue>::VALUES,
            <Method as ::metrics_core::__private_0_1_0::LabelValue>::VALUES,
        ]);
    #[inline]
    fn index(&self) -> ::metrics_core::__private_0_1_0::primitive::usize {
        ((::metrics_core::__private_0_1_0::LabelValue::index(&self.cached))
            * <Code as ::metrics_core::__private_0_1_0::LabelValue>::VALUES.len()
            + ::metrics_core::__private_0_1_0::LabelValue::index(&self.code))
            * <Method as ::metrics_core::__private_0_1_0::LabelValue>::VALUES.len()
            + ::metrics_core::__private_0_1_0::LabelValue::index(&self.method)
    }
    #[inline]
    fn with_values<__R>(
        &self,
        run: impl ::metrics_core::__private_0_1_0::FnOnce(
            &[&::metrics_core::__private_0_1_0::primitive::str],
        ) -> __R,
    ) -> __R {
        run(&[
            ::metrics_core::__private_0_1_0::LabelValue::text(
                &self.cached,
                &mut ::metrics_core::__private_0_1_0::Scratch::new(),
            ),
            ::metrics_core::__private_0_1_0::LabelValue::text(
                &self.code,
                &mut ::metrics_core::__private_0_1_0::Scratch::new(),
            ),
            ::metrics_core::__private_0_1_0::LabelValue::text(
                &self.method,
                &mut ::metrics_core::__private_0_1_0::Scratch::new(),
            ),
        ])
    }
}
#[automatically_derived]
impl<
    __L0: ::metrics_core::__private_0_1_0::LabelOf<Method>,
    __L1: ::metrics_core::__private_0_1_0::LabelOf<bool>,
    __L2: ::metrics_core::__private_0_1_0::LabelOf<Code>,
> REQUESTS_TOTAL<__L0, __L1, __L2>
{
    #[inline]
    pub fn handle(&self) -> ::metrics_core::CounterHandle {
        REQUESTS_TOTAL.series(self)
    }
    #[doc(hidden)]
    pub fn __pinned(
        &self,
        pin: &'static ::metrics_core::__private_0_1_0::Pin,
    ) -> ::metrics_core::CounterHandle {
        REQUESTS_TOTAL.pinned(self, pin)
    }
    pub fn remove(&self) -> ::metrics_core::__private_0_1_0::primitive::bool {
        REQUESTS_TOTAL.remove(self)
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
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct __REQUESTS_TOTAL;
#[automatically_derived]
impl ::metrics_core::__private_0_1_0::Labels for __REQUESTS_TOTAL {
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
#[doc = " Users."]
static USERS: ::metrics_core::Gauge<__USERS> = ::metrics_core::Gauge::declared(&__METRICS_CELL_USERS);
#[doc(hidden)]
#[allow(non_camel_case_types)]
struct USERS < __L0 : :: metrics_core :: __private_0_1_0 :: LabelOf < Role > = Role , __L1 : :: metrics_core :: __private_0_1_0 :: LabelValue = & 'static :: metrics_core :: __private_0_1_0 :: primitive :: str > { # [doc (hidden)] role : __L0 , # [doc (hidden)] name : __L1 }
#[automatically_derived]
impl<__L0: ::metrics_core::__private_0_1_0::LabelOf<Role>, __L1: ::metrics_core::__private_0_1_0::LabelValue>
    ::metrics_core::__private_0_1_0::Labels for USERS<__L0, __L1>
{
    type Family = __USERS;
    type Handle = ::metrics_core::GaugeHandle;
    #[inline]
    fn with_values<__R>(
        &self,
        run: impl ::metrics_core::__private_0_1_0::FnOnce(
            &[&::metrics_core::__private_0_1_0::primitive::str],
        ) -> __R,
    ) -> __R {
        run(&[
            ::metrics_core::__private_0_1_0::LabelValue::text(
                &self.name,
                &mut ::metrics_core::__private_0_1_0::Scratch::new(),
            ),
            ::metrics_core::__private_0_1_0::LabelValue::text(
                &self.role,
                &mut ::metrics_core::__private_0_1_0::Scratch::new(),
            ),
        ])
    }
}
#[automatically_derived]
impl<__L0: ::metrics_core::__private_0_1_0::LabelOf<Role>, __L1: ::metrics_core::__private_0_1_0::LabelValue>
    USERS<__L0, __L1>
{
    #[inline]
    pub fn handle(&self) -> ::metrics_core::GaugeHandle {
        USERS.series(self)
    }
    #[doc(hidden)]
    pub fn __pinned(
        &self,
        pin: &'static ::metrics_core::__private_0_1_0::Pin,
    ) -> ::metrics_core::GaugeHandle {
        USERS.pinned(self, pin)
    }
    pub fn remove(&self) -> ::metrics_core::__private_0_1_0::primitive::bool {
        USERS.remove(self)
    }
    #[inline]
    pub fn inc(&self) {
        self.handle().inc()
    }
    #[inline]
    pub fn dec(&self) {
        self.handle().dec()
    }
    #[inline]
    pub fn inc_by(&self, amount: impl ::metrics_core::Number) {
        self.handle().inc_by(amount)
    }
    #[inline]
    pub fn dec_by(&self, amount: impl ::metrics_core::Number) {
        self.handle().dec_by(amount)
    }
    #[inline]
    pub fn set(&self, value: impl ::metrics_core::Number) {
        self.handle().set(value)
    }
    #[inline]
    pub fn set_to_current_time(&self) {
        self.handle().set_to_current_time()
    }
    #[inline]
    pub fn in_flight(&self) -> ::metrics_core::InFlight {
        self.handle().in_flight()
    }
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
struct __USERS;
#[automatically_derived]
impl ::metrics_core::__private_0_1_0::Labels for __USERS {
    type Family = Self;
    type Handle = ::metrics_core::GaugeHandle;
    fn with_values<__R>(
        &self,
        run: impl ::metrics_core::__private_0_1_0::FnOnce(
            &[&::metrics_core::__private_0_1_0::primitive::str],
        ) -> __R,
    ) -> __R {
        run(&[])
    }
}
static __METRICS_CELL_REQUESTS_TOTAL: ::metrics_core::__private_0_1_0::Declared =
    ::metrics_core::__private_0_1_0::Declared::new(
        &::metrics_core::__private_0_1_0::Spec::counter("requests_total", "Requests.")
            .labels(&["cached", "code", "method"])
            .max_series(10)
            .values(&[
                <bool as ::metrics_core::__private_0_1_0::LabelValue>::VALUES,
                <Code as ::metrics_core::__private_0_1_0::LabelValue>::VALUES,
                <Method as ::metrics_core::__private_0_1_0::LabelValue>::VALUES,
            ])
            .at(::metrics_core::__private_0_1_0::file!(), ::metrics_core::__private_0_1_0::line!()),
    );
static __METRICS_CELL_USERS: ::metrics_core::__private_0_1_0::Declared =
    ::metrics_core::__private_0_1_0::Declared::new(
        &::metrics_core::__private_0_1_0::Spec::gauge("users", "Users.")
            .labels(&["name", "role"])
            .values(&[&[], <Role as ::metrics_core::__private_0_1_0::LabelValue>::VALUES])
            .at(::metrics_core::__private_0_1_0::file!(), ::metrics_core::__private_0_1_0::line!()),
    );
:: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_REQUESTS_TOTAL , Declared __METRICS_CELL_USERS);
