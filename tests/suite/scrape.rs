//! Reading single samples out of an exposition.

/// The value of the sample with this name and these labels, as they are written.
pub(crate) fn sample(text: &str, series: &str) -> Option<f64> {
    text.lines().find_map(|line| {
        let value = line.strip_prefix(series)?.strip_prefix(' ')?;
        value.parse().ok()
    })
}

/// The value of a sample of the default registry.
pub(crate) fn scraped(series: &str) -> Option<f64> {
    sample(&metrics_core::render(), series)
}

/// The lines about one family, metadata included.
pub(crate) fn family(text: &str, name: &str) -> String {
    let belongs = |line: &&str| {
        let rest = line.strip_prefix("# HELP ").or_else(|| line.strip_prefix("# TYPE ")).unwrap_or(line);
        let word = rest.split(['{', ' ']).next().unwrap_or_default();
        word.strip_prefix(name).is_some_and(|suffix| ["", "_bucket", "_sum", "_count"].contains(&suffix))
    };
    text.lines().filter(belongs).flat_map(|line| [line, "\n"]).collect()
}
