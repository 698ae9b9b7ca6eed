//! The spellings of a name that consists of words.

use crate::diag::{did_you_mean, list};

/// A spelling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

/// The spellings by name, which is spelt so.
const CASES: [(&str, Case); 8] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

impl Case {
    /// The spelling called `name`, or what to write instead.
    pub(crate) fn named(name: &str) -> Result<Self, String> {
        let known = CASES.iter().find(|(known, _)| *known == name).map(|(_, case)| *case);
        let choices = CASES.map(|(name, _)| name);
        let hint = || did_you_mean(name, &choices);
        known.ok_or_else(|| format!("unknown spelling `{name}`; expected {}{}", list(&choices), hint()))
    }

    /// `name`, which is spelt in any way, spelt so.
    pub(crate) fn spell(self, name: &str) -> String {
        let words = words(name);
        let all = |spell: fn(&str) -> String| words.iter().map(|word| spell(word)).collect::<Vec<_>>();
        match self {
            Self::Lower => all(str::to_lowercase).concat(),
            Self::Upper => all(str::to_uppercase).concat(),
            Self::Pascal => all(capital).concat(),
            Self::Camel => {
                let first = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
                first + &all(capital).get(1..).map(<[String]>::concat).unwrap_or_default()
            }
            Self::Snake => all(str::to_lowercase).join("_"),
            Self::ScreamingSnake => all(str::to_uppercase).join("_"),
            Self::Kebab => all(str::to_lowercase).join("-"),
            Self::ScreamingKebab => all(str::to_uppercase).join("-"),
        }
    }
}

/// `Word`
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + &letters.as_str().to_lowercase()
}

/// The words of a name: `HTTPGet2Go` is `HTTP`, `Get2`, `Go`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = '_';
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let starts = letter.is_uppercase()
            && (!before.is_uppercase() || letters.peek().is_some_and(|next| next.is_lowercase()));
        if starts || letter == '_' {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter != '_') {
            word.push(letter);
        }
        before = letter;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{CASES, Case};

    #[test]
    fn each_spelling_spells_its_own_name() {
        for (name, case) in CASES {
            let words =
                if matches!(case, Case::Lower | Case::Upper) { name } else { &name.replace('-', "_") };
            assert_eq!(case.spell(words), name);
        }
    }

    #[test]
    fn words_begin_with_a_capital() {
        let cases = [
            ("Get", "get"),
            ("NotFound", "not_found"),
            ("HTTPGet", "http_get"),
            ("GetHTTP", "get_http"),
            ("V1Beta2", "v1_beta2"),
            ("Http2", "http2"),
            ("A", "a"),
            ("ABTest", "ab_test"),
            ("already_snake", "already_snake"),
            ("Mixed_Up", "mixed_up"),
            ("ÄrgerÜber", "ärger_über"),
            ("__", ""),
        ];
        for (name, snake) in cases {
            assert_eq!(Case::Snake.spell(name), snake, "{name}");
        }
    }

    #[test]
    fn a_misspelt_spelling_is_guessed() {
        let message = Case::named("kebap-case").expect_err("unknown");
        assert!(message.ends_with("did you mean `kebab-case`?"), "{message}");
    }
}
