#[automatically_derived]
impl renamed::LabelValue for Method {
    const VALUES: &'static [&'static ::core::primitive::str] = &["get-all", "*"];
    #[inline]
    fn text<'__a>(&'__a self, _: &'__a mut renamed::Scratch) -> &'__a ::core::primitive::str {
        match self {
            Self::GetAll => "get-all",
            Self::Any { .. } => "*",
        }
    }
    #[inline]
    fn index(&self) -> ::core::primitive::usize {
        match self {
            Self::GetAll => 0,
            Self::Any { .. } => 1,
        }
    }
}
