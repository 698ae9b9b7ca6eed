#[doc = " What was built."]
pub static BUILD_INFO: ::metrics_core::Info<__BUILD_INFO> =
    ::metrics_core::Info::declared(&__METRICS_CELL_BUILD_INFO);
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct BUILD_INFO < __L0 : :: metrics_core :: __private_0_1_0 :: LabelValue = & 'static :: metrics_core :: __private_0_1_0 :: primitive :: str , __L1 : :: metrics_core :: __private_0_1_0 :: LabelOf < bool > = bool > { # [doc (hidden)] pub version : __L0 , # [doc (hidden)] pub debug : __L1 }
#[automatically_derived]
impl<__L0: ::metrics_core::__private_0_1_0::LabelValue, __L1: ::metrics_core::__private_0_1_0::LabelOf<bool>>
    ::metrics_core::__private_0_1_0::Labels for BUILD_INFO<__L0, __L1>
{
    type Family = __BUILD_INFO;
    type Handle = ();
    #[inline]
    fn with_values<__R>(
        &self,
        run: impl ::metrics_core::__private_0_1_0::FnOnce(
            &[&::metrics_core::__private_0_1_0::primitive::str],
        ) -> __R,
    ) -> __R {
        run(&[
            ::metrics_core::__private_0_1_0::LabelValue::text(
                &self.debug,
                &mut ::metrics_core::__private_0_1_0::Scratch::new(),
            ),
            ::metrics_core::__private_0_1_0::LabelValue::text(
                &self.version,
                &mut ::metrics_core::__private_0_1_0::Scratch::new(),
            ),
        ])
    }
}
#[automatically_derived]
impl<__L0: ::metrics_core::__private_0_1_0::LabelValue, __L1: ::metrics_core::__private_0_1_0::LabelOf<bool>>
    BUILD_INFO<__L0, __L1>
{
    pub fn set(&self) {
        BUILD_INFO.set(self)
    }
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct __BUILD_INFO;
#[automatically_derived]
impl ::metrics_core::__private_0_1_0::Labels for __BUILD_INFO {
    type Family = Self;
    type Handle = ();
    fn with_values<__R>(
        &self,
        run: impl ::metrics_core::__private_0_1_0::FnOnce(
            &[&::metrics_core::__private_0_1_0::primitive::str],
        ) -> __R,
    ) -> __R {
        run(&[])
    }
}
static __METRICS_CELL_BUILD_INFO: ::metrics_core::__private_0_1_0::Declared =
    ::metrics_core::__private_0_1_0::Declared::new(
        &::metrics_core::__private_0_1_0::Spec::info("build", "What was built.")
            .labels(&["debug", "version"])
            .at(::metrics_core::__private_0_1_0::file!(), ::metrics_core::__private_0_1_0::line!()),
    );
:: metrics_core :: __private_0_1_0 :: register ! ([:: metrics_core :: __private_0_1_0] Declared __METRICS_CELL_BUILD_INFO);
