//! Units in names: which words are units, and what their base unit is.

/// Units that are written out instead, as Prometheus' linter lists them.
const SHORT: [(&str, &str); 14] = [
    ("s", "seconds"),
    ("ms", "seconds"),
    ("us", "seconds"),
    ("ns", "seconds"),
    ("sec", "seconds"),
    ("h", "seconds"),
    ("d", "seconds"),
    ("m", "meters"),
    ("b", "bytes"),
    ("kb", "bytes"),
    ("mb", "bytes"),
    ("gb", "bytes"),
    ("tb", "bytes"),
    ("pb", "bytes"),
];

const BASE: [&str; 10] =
    ["amperes", "bytes", "celsius", "grams", "joules", "kelvin", "meters", "metres", "seconds", "volts"];

/// `mibi` is no word, but the linter knows it.
const PREFIXES: [&str; 19] = [
    "pico", "nano", "micro", "milli", "centi", "deci", "deca", "hecto", "kilo", "kibi", "mega", "mebi",
    "mibi", "giga", "gibi", "tera", "tebi", "peta", "pebi",
];

/// The first abbreviated unit behind a `_`, with its base unit.
pub(crate) fn find_abbreviation(name: &str) -> Option<(&'static str, &'static str)> {
    name.split('_').skip(1).find_map(|word| SHORT.into_iter().find(|(short, _)| *short == word))
}

/// The first word that is a unit, with its base unit.
pub(crate) fn find_unit(name: &str) -> Option<(&str, &'static str)> {
    name.split('_').find_map(|word| base_unit(word).map(|base| (word, base)))
}

/// The base unit of `word`, if it is a unit, with or without a prefix such as `milli`.
fn base_unit(word: &str) -> Option<&'static str> {
    let bare = || PREFIXES.iter().filter_map(|prefix| word.strip_prefix(prefix)).find_map(plain_base_unit);
    plain_base_unit(word).or_else(bare)
}

fn plain_base_unit(word: &str) -> Option<&'static str> {
    match word {
        "minutes" | "hours" | "days" | "weeks" => Some("seconds"),
        "kelvins" => Some("kelvin"),
        "fahrenheit" | "rankine" => Some("celsius"),
        "inches" | "yards" | "miles" => Some("meters"),
        "bits" => Some("bytes"),
        "calories" => Some("joules"),
        "pounds" | "ounces" => Some("grams"),
        _ => BASE.into_iter().find(|base| *base == word),
    }
}

/// `name` with `by` in place of `word`; once only where it is there already.
pub(crate) fn replace_word(name: &str, word: &str, by: &str) -> String {
    let mut parts: Vec<&str> = name.split('_').map(|part| if part == word { by } else { part }).collect();
    parts.dedup();
    parts.join("_")
}
