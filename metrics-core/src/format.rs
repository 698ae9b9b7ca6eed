//! The formats of an exposition.

use crate::encode::openmetrics::{self, OpenMetrics};
#[cfg(feature = "protobuf")]
use crate::encode::protobuf::{self, Protobuf};
use crate::encode::text::{self, Text};
use crate::sample::Encoder;

/// What a scrape is written in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Format {
    /// The text format 0.0.4, which everybody reads.
    Text,
    /// The text format 1.0.0: the same where all names are of the old kind, as ours are.
    Text1(Escaping),
    /// `OpenMetrics` 1.0.
    OpenMetrics(Escaping),
    /// Delimited protobuf.
    #[cfg(feature = "protobuf")]
    Protobuf(Escaping),
}

/// What whoever asks wants done to names that are not `[a-zA-Z_:][a-zA-Z0-9_:]*`. There are none here, so that it is
/// only repeated in the answer (N-6).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Escaping {
    AllowUtf8,
    #[default]
    Underscores,
    Dots,
    Values,
}

impl Escaping {
    const ALL: [Self; 4] = [Self::AllowUtf8, Self::Underscores, Self::Dots, Self::Values];

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|escaping| escaping.word() == word)
    }

    fn word(self) -> &'static str {
        match self {
            Self::AllowUtf8 => "allow-utf-8",
            Self::Underscores => "underscores",
            Self::Dots => "dots",
            Self::Values => "values",
        }
    }
}

impl Format {
    /// All of them, the one first that whoever does not care is answered with.
    pub(crate) const ALL: &[Self] = &[
        Self::Text,
        Self::OpenMetrics(Escaping::Underscores),
        Self::Text1(Escaping::Underscores),
        #[cfg(feature = "protobuf")]
        Self::Protobuf(Escaping::Underscores),
    ];

    /// The same, with another answer about escaping.
    pub(crate) fn escaped(self, escaping: Escaping) -> Self {
        match self {
            Self::Text => self,
            Self::Text1(_) => Self::Text1(escaping),
            Self::OpenMetrics(_) => Self::OpenMetrics(escaping),
            #[cfg(feature = "protobuf")]
            Self::Protobuf(_) => Self::Protobuf(escaping),
        }
    }

    /// The value of `Content-Type`.
    pub(crate) fn content_type(self) -> String {
        let (media, escaping) = match self {
            Self::Text => return text::CONTENT_TYPE.to_owned(),
            Self::Text1(escaping) => (text::CONTENT_TYPE_1, escaping),
            Self::OpenMetrics(escaping) => (openmetrics::CONTENT_TYPE, escaping),
            #[cfg(feature = "protobuf")]
            Self::Protobuf(escaping) => (protobuf::CONTENT_TYPE, escaping),
        };
        format!("{media}; escaping={}", escaping.word())
    }

    /// What writes it. `with_created` asks for the times at which series were made, also where each is a sample.
    pub(crate) fn encoder(self, with_created: bool) -> Box<dyn Encoder> {
        match self {
            Self::Text | Self::Text1(_) => Box::<Text>::default(),
            Self::OpenMetrics(_) => Box::new(OpenMetrics::new(with_created)),
            #[cfg(feature = "protobuf")]
            Self::Protobuf(_) => Box::<Protobuf>::default(),
        }
    }
}
