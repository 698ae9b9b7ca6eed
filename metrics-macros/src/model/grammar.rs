//! What a name is made of.

/// `[a-zA-Z_:][a-zA-Z0-9_:]*`
pub(crate) fn is_metric_name(name: &str) -> bool {
    is_label_name(&name.replace(':', "_"))
}

/// `[a-zA-Z_][a-zA-Z0-9_]*`
pub(crate) fn is_label_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    !name.is_empty() && name.chars().all(fits) && !name.starts_with(|first: char| first.is_ascii_digit())
}

/// Whether `[a-z][A-Z]` occurs.
pub(crate) fn is_camel_case(name: &str) -> bool {
    name.as_bytes()
        .windows(2)
        .any(|pair| matches!(pair, [left, right] if left.is_ascii_lowercase() && right.is_ascii_uppercase()))
}

/// Makes a name that needs no lint: `snake_case`, letters, digits and single `_` only, a letter first.
pub(crate) fn clean(name: &str) -> String {
    let mut cleaned = String::new();
    let mut before = '_';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            cleaned.push('_');
        }
        let fit = if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' };
        if fit != '_' || !cleaned.ends_with('_') {
            cleaned.push(fit);
        }
        before = letter;
    }
    let cleaned = cleaned.trim_matches('_');
    if cleaned.starts_with(|first: char| first.is_ascii_digit()) {
        format!("n{cleaned}")
    } else {
        cleaned.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn cleaned_names_are_names() {
        let cases = [
            ("loadUser", "load_user"),
            ("_private", "private"),
            ("größe", "gr_e"),
            ("a--b", "a_b"),
            ("HTTPGet", "httpget"),
            ("9lives", "n9lives"),
            ("shop_load_calls_total", "shop_load_calls_total"),
        ];
        for (name, cleaned) in cases {
            assert_eq!(clean(name), cleaned);
        }
    }
}
