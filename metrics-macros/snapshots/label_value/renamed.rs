#[automatically_derived]
impl renamed::LabelValue for Method {
    const VALUES: &'static [&'static renamed::__private_0_1_0::primitive::str] = &["get-all", "*"];
    #[inline]
    fn text<'__a>(
        &'__a self,
        _: &'__a mut renamed::Scratch,
    ) -> &'__a renamed::__private_0_1_0::primitive::str {
        match self {
            Self::GetAll => "get-all",
            Self::Any { .. } => "*",
        }
    }
    #[inline]
    fn index(&self) -> renamed::__private_0_1_0::primitive::usize {
        match self {
            Self::GetAll => 0,
            Self::Any { .. } => 1,
        }
    }
}
