//! The grammar of names, for those that no macro has checked.

/// The prefix of the library's own metrics; nobody else's name may begin with it.
pub(crate) const OWN_PREFIX: &str = "metrics_core_";

/// Whether `name` is a metric name that every scraper reads (DM-1), and none that `OpenMetrics` reserves (O-20):
/// `[a-zA-Z:][a-zA-Z0-9_:]*`.
pub(crate) const fn is_metric_name(name: &str) -> bool {
    matches(name, true)
}

/// Whether `name` is a label name that a user may choose: `[a-zA-Z][a-zA-Z0-9_]*`, as what begins with `_` is reserved
/// (DM-2, O-21), without the two names that histograms and summaries need (CL-8, CL-9).
pub(crate) fn is_label_name(name: &str) -> bool {
    matches(name, false) && !["le", "quantile"].contains(&name)
}

const fn matches(name: &str, colons: bool) -> bool {
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let fits = match bytes[at] {
            b'a'..=b'z' | b'A'..=b'Z' => true,
            b'0'..=b'9' | b'_' => at > 0,
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

    /// DM-1, O-20
    #[test]
    fn metric_names() {
        for good in ["a", "a:b", "http_requests_total", "A9"] {
            assert!(is_metric_name(good), "{good}");
        }
        for bad in ["", "9a", "_a", "_", "a-b", "a b", "a.b", "größe"] {
            assert!(!is_metric_name(bad), "{bad}");
        }
    }

    /// DM-2, O-21, CL-8, CL-9
    #[test]
    fn label_names() {
        for good in ["a", "a_", "a9", "less"] {
            assert!(is_label_name(good), "{good}");
        }
        for bad in ["", "9a", "a:b", "_a", "__a", "le", "quantile", "größe"] {
            assert!(!is_label_name(bad), "{bad}");
        }
    }
}
