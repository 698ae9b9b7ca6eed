//! The grammar of names, for those that no macro has checked.

/// The prefix of the library's own metrics; nobody else's name may begin with it.
pub(crate) const OWN_PREFIX: &str = "metrics_core_";

/// Whether `name` is a metric name that every scraper reads: `[a-zA-Z_:][a-zA-Z0-9_:]*` (DM-1).
pub(crate) const fn is_metric_name(name: &str) -> bool {
    matches(name, true)
}

/// Whether `name` is a label name that a user may choose: `[a-zA-Z_][a-zA-Z0-9_]*`, without the reserved prefix `__`
/// (DM-2) and the two names that histograms and summaries need (CL-8, CL-9).
pub(crate) fn is_label_name(name: &str) -> bool {
    matches(name, false) && !name.starts_with("__") && !["le", "quantile"].contains(&name)
}

const fn matches(name: &str, colons: bool) -> bool {
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let fits = match bytes[at] {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => true,
            b'0'..=b'9' => at > 0,
            b':' => colons,
            _ => false,
        };
        if !fits {
            return false;
        }
        at += 1;
    }
    !bytes.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metric_names() {
        for good in ["a", "_a", "a:b", "http_requests_total", "A9"] {
            assert!(is_metric_name(good), "{good}");
        }
        for bad in ["", "9a", "a-b", "a b", "a.b", "größe"] {
            assert!(!is_metric_name(bad), "{bad}");
        }
    }

    #[test]
    fn label_names() {
        for good in ["a", "_a", "a9", "less"] {
            assert!(is_label_name(good), "{good}");
        }
        for bad in ["", "9a", "a:b", "__a", "le", "quantile", "größe"] {
            assert!(!is_label_name(bad), "{bad}");
        }
    }
}
