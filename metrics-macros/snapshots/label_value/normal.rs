#[automatically_derived]
impl ::metrics_core::LabelValue for Method {
    const VALUES: &'static [&'static ::core::primitive::str] = &["get", "not_found", "type"];
    #[inline]
    fn text<'__a>(&'__a self, _: &'__a mut ::metrics_core::Scratch) -> &'__a ::core::primitive::str {
        match self {
            Self::Get => "get",
            Self::NotFound => "not_found",
            Self::r#Type => "type",
        }
    }
    #[inline]
    fn index(&self) -> ::core::primitive::usize {
        match self {
            Self::Get => 0,
            Self::NotFound => 1,
            Self::r#Type => 2,
        }
    }
}
