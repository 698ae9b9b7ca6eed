//! The types of other crates that are label values: nobody else could make them so.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use super::{LabelValue, Scratch};

impl<T: LabelValue + ?Sized> LabelValue for &T {
    const VALUES: &'static [&'static str] = T::VALUES;

    #[inline]
    fn index(&self) -> usize {
        (**self).index()
    }

    #[inline]
    fn text<'a>(&'a self, scratch: &'a mut Scratch) -> &'a str {
        (**self).text(scratch)
    }
}

impl<T: LabelValue> LabelValue for Option<T> {
    #[inline]
    fn text<'a>(&'a self, scratch: &'a mut Scratch) -> &'a str {
        self.as_ref().map_or("", |value| value.text(scratch))
    }
}

/// Label values that are text already.
macro_rules! texts {
    ($($type:ty => $as_str:ident),* $(,)?) => { $(
        impl LabelValue for $type {
            #[inline]
            fn text<'a>(&'a self, _: &'a mut Scratch) -> &'a str {
                self.$as_str()
            }
        }
    )* };
}

impl LabelValue for str {
    #[inline]
    fn text<'a>(&'a self, _: &'a mut Scratch) -> &'a str {
        self
    }
}

texts!(String => as_str, Cow<'_, str> => as_ref, Box<str> => as_ref, Arc<str> => as_ref, http::Method => as_str, http::StatusCode => as_str);

impl LabelValue for http::Version {
    fn text<'a>(&'a self, scratch: &'a mut Scratch) -> &'a str {
        scratch.print(format_args!("{self:?}"))
    }
}

impl LabelValue for bool {
    const VALUES: &'static [&'static str] = &["false", "true"];

    #[inline]
    fn index(&self) -> usize {
        usize::from(*self)
    }

    #[inline]
    fn text<'a>(&'a self, _: &'a mut Scratch) -> &'a str {
        if *self { "true" } else { "false" }
    }
}

/// Label values that are printed.
macro_rules! printed {
    ($($type:ty),*) => { $(
        impl LabelValue for $type {
            fn text<'a>(&'a self, scratch: &'a mut Scratch) -> &'a str {
                scratch.print(format_args!("{self}"))
            }
        }
    )* };
}

printed!(char, u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);
printed!(IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr);

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: impl LabelValue) -> String {
        value.text(&mut Scratch::new()).to_owned()
    }

    #[test]
    fn every_kind_of_value_becomes_its_text() {
        assert_eq!(text("a\"b"), "a\"b");
        assert_eq!(text(String::from("s")), "s");
        assert_eq!(text(Cow::Borrowed("c")), "c");
        assert_eq!(text(-7_i64), "-7");
        assert_eq!(text(u128::MAX), u128::MAX.to_string());
        assert_eq!(text(true), "true");
        assert_eq!(text('ß'), "ß");
        assert_eq!(text(Some("x")), "x");
        assert_eq!(text(None::<u8>), "");
        assert_eq!(text(Ipv6Addr::LOCALHOST), "::1");
        assert_eq!(text(http::Method::GET), "GET");
        assert_eq!(text(http::StatusCode::NOT_FOUND), "404");
        assert_eq!(text(http::Version::HTTP_11), "HTTP/1.1");
        assert_eq!(text(Some(&"r")), "r");
    }
}
