#[automatically_derived]
impl ::metrics_core::LabelValue for Method {
    const VALUES: &'static [&'static ::metrics_core::__private_0_1_0::primitive::str] =
        &["get", "not_found", "type"];
    #[inline]
    fn text<'__a>(
        &'__a self,
        _: &'__a mut ::metrics_core::Scratch,
    ) -> &'__a ::metrics_core::__private_0_1_0::primitive::str {
        match self {
            Self::Get => "get",
            Self::NotFound => "not_found",
            Self::r#Type => "type",
        }
    }
    #[inline]
    fn index(&self) -> ::metrics_core::__private_0_1_0::primitive::usize {
        match self {
            Self::Get => 0,
            Self::NotFound => 1,
            Self::r#Type => 2,
        }
    }
}
