//! How the bytes of a scrape are compressed on their way, if they are.

use std::io;
#[cfg(any(feature = "gzip", feature = "zstd"))]
use std::io::Write as _;

use bytes::BytesMut;
#[cfg(any(feature = "gzip", feature = "zstd"))]
use bytes::{BufMut as _, buf::Writer};
use http::HeaderMap;
use http::header::ACCEPT_ENCODING;

/// A content coding at work.
pub(crate) enum Coding {
    Identity,
    #[cfg(feature = "gzip")]
    Gzip(flate2::write::ZlibEncoder<Writer<BytesMut>>),
    #[cfg(feature = "zstd")]
    Zstd(zstd::stream::write::Encoder<'static, Writer<BytesMut>>),
}

/// A name in `Accept-Encoding`, and how such a coding begins.
type Offer = (&'static str, fn() -> io::Result<Coding>);

/// What is offered, the best one first.
const OFFERED: &[Offer] = &[
    #[cfg(feature = "zstd")]
    ("zstd", zstd),
    #[cfg(feature = "gzip")]
    ("gzip", gzip),
];

/// How far both look back, as a power of two: far enough for lines that repeat those before, and with it they need a
/// few hundred kilobytes, a fraction of what they take by default.
#[cfg(feature = "gzip")]
const GZIP_WINDOW: u8 = 13;
#[cfg(feature = "zstd")]
const ZSTD_WINDOW: u32 = 15;

/// The text of a scrape shrinks to a tenth at any level; the fastest one takes the host's time least.
#[cfg(feature = "gzip")]
#[allow(clippy::unnecessary_wraps, reason = "other codings can fail to begin")]
fn gzip() -> io::Result<Coding> {
    let compress = flate2::Compress::new_gzip(flate2::Compression::fast(), GZIP_WINDOW);
    let out = BytesMut::new().writer();
    // What it is the encoder of is the header's doing, and that is gzip's here.
    Ok(Coding::Gzip(flate2::write::ZlibEncoder::new_with_compress(out, compress)))
}

#[cfg(feature = "zstd")]
fn zstd() -> io::Result<Coding> {
    let mut encoder = zstd::stream::write::Encoder::new(BytesMut::new().writer(), 1)?;
    encoder.set_parameter(zstd::zstd_safe::CParameter::WindowLog(ZSTD_WINDOW))?;
    Ok(Coding::Zstd(encoder))
}

impl Coding {
    /// What the client likes best of what is offered. What it does not name, or names with a weight that is none, is
    /// not sent.
    pub(crate) fn negotiate(headers: &HeaderMap) -> Self {
        let any = weight(headers, "*").unwrap_or(0.0);
        let mut best: (f64, Option<&Offer>) = (0.0, None);
        for offer in OFFERED {
            let weight = weight(headers, offer.0).unwrap_or(any);
            if weight > best.0 {
                best = (weight, Some(offer));
            }
        }
        let plain = weight(headers, "identity").unwrap_or(0.0);
        let begun = best.1.filter(|_| best.0 >= plain).and_then(|(_, begin)| begin().ok());
        begun.unwrap_or(Self::Identity)
    }

    /// Its name in `Content-Encoding`; none if it changes nothing.
    pub(crate) fn name(&self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            #[cfg(feature = "gzip")]
            Self::Gzip(_) => Some("gzip"),
            #[cfg(feature = "zstd")]
            Self::Zstd(_) => Some("zstd"),
        }
    }

    /// Appends what there is to send of these bytes and those before.
    #[cfg_attr(
        not(any(feature = "gzip", feature = "zstd")),
        allow(clippy::unnecessary_wraps, reason = "nothing fails where nothing is compressed")
    )]
    pub(crate) fn encode(&mut self, bytes: &[u8], out: &mut BytesMut) -> io::Result<()> {
        match self {
            Self::Identity => out.extend_from_slice(bytes),
            #[cfg(feature = "gzip")]
            Self::Gzip(encoder) => {
                encoder.write_all(bytes)?;
                drain(encoder.get_mut(), out);
            }
            #[cfg(feature = "zstd")]
            Self::Zstd(encoder) => {
                encoder.write_all(bytes)?;
                drain(encoder.get_mut(), out);
            }
        }
        Ok(())
    }

    /// Appends the rest: there are no more bytes.
    #[cfg_attr(
        not(any(feature = "gzip", feature = "zstd")),
        allow(clippy::unnecessary_wraps, reason = "nothing fails where nothing is compressed")
    )]
    pub(crate) fn finish(&mut self, out: &mut BytesMut) -> io::Result<()> {
        match self {
            Self::Identity => {}
            #[cfg(feature = "gzip")]
            Self::Gzip(encoder) => {
                encoder.try_finish()?;
                drain(encoder.get_mut(), out);
            }
            #[cfg(feature = "zstd")]
            Self::Zstd(encoder) => {
                encoder.do_finish()?;
                drain(encoder.get_mut(), out);
            }
        }
        let _ = out;
        Ok(())
    }
}

#[cfg(any(feature = "gzip", feature = "zstd"))]
fn drain(from: &mut Writer<BytesMut>, out: &mut BytesMut) {
    out.extend_from_slice(from.get_ref());
    from.get_mut().clear();
}

/// How much a coding is wanted, if it is named: 0 is not at all.
fn weight(headers: &HeaderMap, coding: &str) -> Option<f64> {
    let headers = headers.get_all(ACCEPT_ENCODING).into_iter();
    let mut clauses = headers.flat_map(|header| header.as_bytes().split(|byte| *byte == b','));
    clauses.find_map(|clause| {
        let mut parts = clause.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
        let is_named = parts.next()?.eq_ignore_ascii_case(coding.as_bytes());
        is_named.then(|| quality(parts))
    })
}

/// The weight among the parameters of a clause: 1 if there is none, 0 if it is no number; at most 1.
fn quality<'a>(mut parameters: impl Iterator<Item = &'a [u8]>) -> f64 {
    let weight = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_at_checked(2)?;
        name.eq_ignore_ascii_case(b"q=").then_some(value)
    });
    let Some(weight) = weight else { return 1.0 };
    let number = str::from_utf8(weight).ok().and_then(|text| text.parse::<f64>().ok());
    number.filter(|number| *number > 0.0).map_or(0.0, |number| number.min(1.0))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(accept: &[&str]) -> HeaderMap {
        let value = |value: &&str| (ACCEPT_ENCODING, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        accept.iter().map(value).collect()
    }

    #[test]
    fn weights_are_read() {
        let weigh = |accept| weight(&headers(&[accept]), "gzip");
        for gzip in ["gzip", "GZip", " gzip ", "br,gzip", "gzip;q=1", "gzip; q=2", "gzip;Q=1.0", "gzip;x=y"] {
            assert_eq!(weigh(gzip), Some(1.0), "{gzip}");
        }
        for none in ["gzip;q=0", "gzip;q=", "gzip;q=NaN", "gzip;q=-1", "gzip;q=0,gzip", "gzip ; q=x"] {
            assert_eq!(weigh(none), Some(0.0), "{none}");
        }
        for other in ["", "br", "*", ";;,", "gz", "gzip2", "ä", "q=1"] {
            assert_eq!(weigh(other), None, "{other}");
        }
        assert_eq!(weight(&headers(&["br", "gzip;q=0.5"]), "gzip"), Some(0.5), "in several headers");
    }

    #[test]
    fn a_list_without_end_is_read_to_its_end() {
        let bomb = "br;q=0.0,".repeat(7_000);
        assert_eq!(Coding::negotiate(&headers(&[&bomb])).name(), None);
    }

    #[cfg(all(feature = "gzip", feature = "zstd"))]
    #[test]
    fn the_best_that_both_know_is_taken() {
        for (accept, coding) in [
            ("gzip", Some("gzip")),
            ("gzip, deflate, br, zstd", Some("zstd")),
            ("gzip;q=1, zstd;q=0.9", Some("gzip")),
            ("gzip;q=0, *", Some("zstd")),
            ("gzip, identity", Some("gzip")),
            ("gzip;q=0.5, identity", None),
            ("zstd;q=0, gzip;q=NaN", None),
            ("identity", None),
            ("identity;q=0", None),
            ("*", Some("zstd")),
        ] {
            assert_eq!(Coding::negotiate(&headers(&[accept])).name(), coding, "{accept}");
        }
    }

    /// No allocator of Rust's sees what the C library takes, so it is asked itself.
    #[cfg(feature = "zstd")]
    #[test]
    fn zstd_needs_little_memory() {
        use zstd::zstd_safe::{CCtx, CParameter, InBuffer, OutBuffer};

        let mut context = CCtx::create();
        context.set_parameter(CParameter::CompressionLevel(1)).unwrap();
        context.set_parameter(CParameter::WindowLog(ZSTD_WINDOW)).unwrap();
        let text = "pages_total{number=\"1\"} 1
pages_total{number=\"22\"} 33
"
        .repeat(50_000);
        let (mut input, mut out) = (InBuffer::around(text.as_bytes()), vec![0; text.len()]);
        context.compress_stream(&mut OutBuffer::around(&mut out[..]), &mut input).unwrap();
        assert!(context.sizeof() <= 384 * 1024, "{} bytes", context.sizeof());
    }
}
