//! From `Accept` headers to a format (N-1 … N-7): the best one that whoever asks can read, and never a refusal.

use std::cmp::Reverse;

use crate::format::{Escaping, Format};

/// So many clauses are looked at: Prometheus sends six.
const MOST_CLAUSES: usize = 64;

/// One thing that is accepted.
struct Clause<'a> {
    /// Type and subtype.
    media: &'a str,
    parameters: &'a str,
    /// In thousandths.
    quality: u16,
}

/// The format of the answer to a request with these `Accept` headers.
pub(crate) fn negotiate<'a>(headers: impl IntoIterator<Item = &'a str>) -> Format {
    let clauses = headers.into_iter().flat_map(|header| split(header, ',')).filter_map(Clause::of);
    let mut clauses: Vec<Clause<'_>> = clauses.take(MOST_CLAUSES).collect();
    // Stable: of two that are wanted equally, the one that was named first.
    clauses.sort_by_key(|clause| Reverse(clause.quality));
    let (wanted, excluded): (Vec<_>, Vec<_>) = clauses.iter().partition(|clause| clause.quality > 0);
    let is_excluded =
        |format: Format| excluded.iter().any(|clause| !clause.media.contains('*') && clause.matches(format));
    let mut escaping = None;
    for clause in wanted {
        // The latest valid one up to the clause that wins, as in the Go client (N-6).
        escaping = clause.parameter("escaping").filter_map(Escaping::parse).last().or(escaping);
        let offered = Format::ALL.iter().find(|format| clause.matches(**format) && !is_excluded(**format));
        if let Some(format) = offered {
            return format.escaped(escaping.unwrap_or_default());
        }
    }
    Format::Text
}

impl<'a> Clause<'a> {
    /// None for what is no clause.
    fn of(text: &'a str) -> Option<Self> {
        let (media, parameters) = text.split_once(';').unwrap_or((text, ""));
        let mut clause = Self { media: media.trim(), parameters, quality: 1_000 };
        if !clause.media.contains('/') {
            return None;
        }
        let quality = clause.parameter("q").next();
        if let Some(quality) = quality {
            // What is no number says nothing. Some versions of Prometheus send 2.
            let quality = quality.parse::<f32>().ok().filter(|quality| !quality.is_nan()).unwrap_or(1.0);
            clause.quality = (quality.clamp(0.0, 1.0) * 1e3) as u16;
        }
        Some(clause)
    }

    /// All values of a parameter.
    fn parameter(&self, name: &str) -> impl Iterator<Item = &'a str> {
        split(self.parameters, ';').filter_map(move |pair| {
            let (key, value) = pair.split_once('=')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
        })
    }

    fn is(&self, media: &str) -> bool {
        self.media.eq_ignore_ascii_case(media)
    }

    fn has(&self, name: &str, wanted: &str) -> bool {
        self.parameter(name).any(|value| value.eq_ignore_ascii_case(wanted))
    }

    /// Whether it names this version, or none.
    fn is_version(&self, wanted: &str) -> bool {
        self.parameter("version").all(|version| version == wanted)
    }

    fn matches(&self, format: Format) -> bool {
        match format {
            Format::Text => {
                self.is("*/*") || self.is("text/*") || self.is("text/plain") && self.is_version("0.0.4")
            }
            Format::Text1(_) => self.is("text/plain") && self.has("version", "1.0.0"),
            Format::OpenMetrics(_) => {
                self.is("*/*")
                    || self.is("application/*")
                    || self.is("application/openmetrics-text") && self.is_version("1.0.0")
            }
            // Both parameters, or it is another message or another framing (N-5).
            #[cfg(feature = "protobuf")]
            Format::Protobuf(_) => {
                self.is("application/vnd.google.protobuf")
                    && self.has("proto", "io.prometheus.client.MetricFamily")
                    && self.has("encoding", "delimited")
            }
        }
    }
}

/// The parts between separators that are not in quotes.
fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut is_quoted = false;
        let is_end = |character: char| {
            is_quoted ^= character == '"';
            character == separator && !is_quoted
        };
        let end = text.find(is_end);
        rest = end.map(|end| &text[end + separator.len_utf8()..]);
        Some(text[..end.unwrap_or(text.len())].trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";
    const OPENMETRICS: &str =
        "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores";
    const OPENMETRICS_UTF8: &str =
        "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8";

    fn answer(headers: &[&str]) -> String {
        negotiate(headers.iter().copied()).content_type()
    }

    /// What scrapers really send.
    #[test]
    fn real_headers() {
        let vectors = [
            // Prometheus 2.26: of OpenMetrics it knows 0.0.1 only, which is not offered (N-4).
            ("application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", TEXT),
            // 2.42 to 2.48
            (
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,\
                 text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                OPENMETRICS,
            ),
            // 2.49.0, whose last clause beats all others: nothing but text is certain to be read.
            (
                "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,\
                 text/plain;version=0.0.4;q=0.3,*/*;q=2",
                TEXT,
            ),
            // 2.49.1 to 2.54
            (
                "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,\
                 text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                OPENMETRICS,
            ),
            // 3.0 to 3.3
            (
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,\
                 application/openmetrics-text;version=0.0.1;escaping=allow-utf-8;q=0.5,\
                 text/plain;version=1.0.0;escaping=allow-utf-8;escaping=allow-utf-8;q=0.4,\
                 text/plain;version=0.0.4;escaping=allow-utf-8;q=0.3,*/*;q=0.2",
                OPENMETRICS_UTF8,
            ),
            // 3.4 and later
            (
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,\
                 application/openmetrics-text;version=0.0.1;q=0.5,\
                 text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                OPENMETRICS_UTF8,
            ),
            // VictoriaMetrics
            ("text/plain;version=0.0.4;q=1,*/*;q=0.1", TEXT),
            // curl, and whoever says nothing
            ("*/*", TEXT),
            ("", TEXT),
            // Firefox and Chromium
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", TEXT),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,\
                 application/signed-exchange;v=b3;q=0.7",
                TEXT,
            ),
            // Python's client asks for this (N-8).
            (
                "text/plain;version=1.0.0;escaping=allow-utf-8",
                "text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8",
            ),
            ("application/openmetrics-text;version=0.0.1", TEXT),
        ];
        for (accept, expected) in vectors {
            assert_eq!(answer(&[accept]), expected, "{accept}");
        }
        assert_eq!(answer(&[]), TEXT);
    }

    /// N-5: the ones that ask for protobuf get it where there is any, and else the next best.
    #[test]
    fn protobuf() {
        let all = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,\
                   application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,\
                   text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
        let new = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,\
                   application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,\
                   application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,\
                   text/plain;version=0.0.4;q=0.2,*/*;q=0.1";
        let delimited = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; \
                         encoding=delimited; escaping=underscores";
        let here = cfg!(feature = "protobuf");
        assert_eq!(answer(&[all]), if here { delimited } else { OPENMETRICS });
        assert_eq!(answer(&[new]), if here { delimited } else { OPENMETRICS_UTF8 });
        let one_missing = [
            "application/vnd.google.protobuf;encoding=delimited",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text",
        ];
        for accept in one_missing {
            assert_eq!(answer(&[accept]), TEXT, "{accept}");
        }
    }

    #[test]
    fn what_is_wanted_most_is_answered() {
        let vectors = [
            // N-1: quality, quotes, blanks, letters of any case
            ("text/plain;q=0.5, application/openmetrics-text;q=0.6", OPENMETRICS),
            ("text/plain, application/openmetrics-text", TEXT),
            ("application/openmetrics-text, text/plain", OPENMETRICS),
            ("Application/OpenMetrics-Text ; VERSION=\"1.0.0\" ; Q=1", OPENMETRICS),
            ("application/openmetrics-text;version=\"1.0.0\";note=\"a,b;q=0\"", OPENMETRICS),
            // N-1: 0 excludes
            ("application/openmetrics-text;q=0, */*", TEXT),
            ("text/plain;q=0, */*", OPENMETRICS),
            ("text/plain;q=0", TEXT),
            // N-2: wildcards
            ("application/*", OPENMETRICS),
            ("text/*, application/openmetrics-text;q=0.9", TEXT),
            // N-3: no version is the newest; one that nobody knows is none of ours
            ("application/openmetrics-text", OPENMETRICS),
            ("application/openmetrics-text;version=2.0.0", TEXT),
            ("text/plain;version=9, application/openmetrics-text;q=0.1", OPENMETRICS),
            // N-6
            ("application/openmetrics-text;escaping=allow-utf-8;escaping=nonsense", OPENMETRICS_UTF8),
            ("text/html;escaping=allow-utf-8, application/openmetrics-text;q=0.5", OPENMETRICS_UTF8),
            ("application/openmetrics-text, text/html;q=0.5;escaping=allow-utf-8", OPENMETRICS),
            // N-7
            ("application/json", TEXT),
        ];
        for (accept, expected) in vectors {
            assert_eq!(answer(&[accept]), expected, "{accept}");
        }
        assert_eq!(answer(&["text/plain;q=0.5", "application/openmetrics-text"]), OPENMETRICS, "two headers");
    }

    #[test]
    fn nonsense_is_no_obstacle() {
        let long = "application/x,".repeat(5_000);
        let late = format!("{long}application/openmetrics-text");
        let nested = "\"".repeat(9_999);
        for accept in [
            ";;,",
            ",,,",
            "/",
            "q=1",
            "*/*;q=NaN",
            "*/*;q=inf",
            "*/*;q=-1",
            "*/*;q=",
            &long,
            &late,
            &nested,
            "ä/ß;ü=\"",
        ] {
            assert_eq!(answer(&[accept]), TEXT, "{accept}");
        }
        assert_eq!(answer(&[";;,application/openmetrics-text;;q=;=1"]), OPENMETRICS);
    }
}
