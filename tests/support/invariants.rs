//! What holds in every scrape, whatever is written, made and removed meanwhile.

use std::collections::{BTreeMap, HashMap, HashSet};

/// One scrape in the text format, checked.
#[derive(Debug, Default)]
pub struct Scrape {
    /// Samples by name and labels, as written.
    pub samples: HashMap<String, f64>,
    types: HashMap<String, String>,
}

/// Reads a scrape and checks what holds of each: a family's lines stand together, behind its type; no series stands
/// twice; the bounds of a histogram rise and its buckets are cumulative; its last one is `+Inf` and the count.
///
/// # Errors
///
/// What does not hold, and where.
pub fn check(text: &str) -> Result<Scrape, String> {
    let mut scrape = Scrape::default();
    let mut histograms: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    let (mut family, mut seen) = (String::new(), HashSet::new());
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, word) = rest.split_once(' ').ok_or_else(|| format!("no type: {line}"))?;
            if !seen.insert(name.to_owned()) {
                return Err(format!("the family {name} stands twice"));
            }
            name.clone_into(&mut family);
            scrape.types.insert(family.clone(), word.to_owned());
        } else if !line.starts_with('#') {
            let (series, value) = line.rsplit_once(' ').ok_or_else(|| format!("no value: {line}"))?;
            let value: f64 = value.parse().map_err(|_| format!("no number: {line}"))?;
            if !series.starts_with(&family) {
                return Err(format!("behind the type of {family}: {line}"));
            }
            if scrape.samples.insert(series.to_owned(), value).is_some() {
                return Err(format!("twice: {series}"));
            }
            if let Some((series, bound)) = bucket(series, &family) {
                histograms.entry(series).or_default().push((bound, value));
            }
        }
    }
    for (series, buckets) in &histograms {
        scrape.check_buckets(series, buckets)?;
    }
    Ok(scrape)
}

/// The name and labels of the count that belongs to a bucket, and the bucket's bound.
fn bucket(series: &str, family: &str) -> Option<(String, f64)> {
    let labels = series.strip_prefix(family)?.strip_prefix("_bucket{")?;
    let (labels, bound) = labels.rsplit_once("le=\"")?;
    let bound = bound.strip_suffix("\"}")?.parse().ok()?;
    let labels = labels.trim_end_matches(',');
    let labels = if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
    Some((format!("{family}_count{labels}"), bound))
}

impl Scrape {
    fn check_buckets(&self, count: &str, buckets: &[(f64, f64)]) -> Result<(), String> {
        if !buckets.is_sorted_by(|(low, below), (high, all)| low < high && below <= all) {
            return Err(format!("not in order or not cumulative: {count} {buckets:?}"));
        }
        let last = buckets.last().copied();
        if last.is_none_or(|(bound, _)| bound != f64::INFINITY) {
            return Err(format!("without +Inf: {count}"));
        }
        let counted = self.samples.get(count).copied();
        if last.map(|(_, all)| all) != counted {
            return Err(format!("+Inf is {last:?}, and {count} {counted:?}"));
        }
        Ok(())
    }

    /// Checks that no counter, bucket or count is less than in a scrape before; series that were there and are gone are
    /// no matter.
    ///
    /// # Errors
    ///
    /// Which one went back.
    pub fn check_grown_since(&self, before: &Self) -> Result<(), String> {
        for (series, value) in &self.samples {
            let name = series.split('{').next().unwrap_or_default();
            let grows = name.ends_with("_total") || name.ends_with("_bucket") || name.ends_with("_count");
            if let Some(old) = before.samples.get(series).filter(|old| grows && *old > value) {
                return Err(format!("{series} went from {old} back to {value}"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "# HELP a A.\n# TYPE a histogram\na_bucket{l=\"}\",le=\"1\"} 1\na_bucket{l=\"}\",le=\"+Inf\"} 2\n\
                        a_sum{l=\"}\"} 3\na_count{l=\"}\"} 2\n# TYPE b_total counter\nb_total 5\n";

    #[test]
    fn a_good_scrape_is_taken() {
        let scrape = check(GOOD).unwrap();
        assert_eq!(scrape.samples["b_total"], 5.0);
        scrape.check_grown_since(&scrape).unwrap();
    }

    #[test]
    fn what_does_not_hold_is_told() {
        let cases = [
            ("b_total 5\n", "b_total 5\nb_total 5\n", "twice"),
            ("le=\"1\"} 1", "le=\"1\"} 3", "cumulative"),
            ("le=\"1\"", "le=\"+Inf\"", "twice"),
            ("a_count{l=\"}\"} 2", "a_count{l=\"}\"} 4", "+Inf is"),
            ("le=\"+Inf\"", "le=\"7\"", "without +Inf"),
            ("# TYPE b_total counter\n", "", "behind the type of a"),
            ("# TYPE b_total counter", "# TYPE a counter", "stands twice"),
            ("b_total 5", "b_total x", "no number"),
        ];
        for (good, bad, message) in cases {
            let found = check(&GOOD.replace(good, bad)).unwrap_err();
            assert!(found.contains(message), "{bad}: {found}");
        }
        let less = check(&GOOD.replace("b_total 5", "b_total 4")).unwrap();
        assert!(less.check_grown_since(&check(GOOD).unwrap()).unwrap_err().contains("went from 5 back to 4"));
    }
}
