//! The rules for names that a person writes. Names that the macros make are not looked at.
//!
//! The numbers PL-1 … PL-11 are the checks of Prometheus' own linter (`promtool check metrics`). Its rules of style can
//! be allowed one by one, by the rule's name; the grammar can't.

use proc_macro2::{Ident, Span};

use crate::diag::{Diag, did_you_mean, list};
use crate::model::grammar::{clean, is_camel_case, is_label_name, is_metric_name};
use crate::model::kind::Kind;
use crate::model::unit::{find_abbreviation, find_unit, replace_word};

/// A rule of style.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rule {
    /// PL-1: a metric has a help text.
    Help,
    /// PL-2, PL-3: counters end in `_total`, nothing else does.
    Total,
    /// PL-4, PL-5: `_bucket`, `_count` and `_sum` are what a histogram's samples are called.
    Suffix,
    /// PL-7: the type is told by `# TYPE`, not by the name.
    TypeInName,
    /// PL-8: colons are for recording rules.
    Colon,
    /// PL-9: `snake_case`.
    CamelCase,
    /// PL-10: units are written out.
    Abbreviation,
    /// PL-11: base units, so that two metrics can be compared; and the name tells the declared unit.
    Unit,
}

/// All rules with the word that allows to break them.
const RULES: [(&str, Rule); 8] = [
    ("help", Rule::Help),
    ("total", Rule::Total),
    ("suffix", Rule::Suffix),
    ("type_in_name", Rule::TypeInName),
    ("colon", Rule::Colon),
    ("camel_case", Rule::CamelCase),
    ("abbreviation", Rule::Abbreviation),
    ("unit", Rule::Unit),
];

impl Rule {
    fn word(self) -> &'static str {
        RULES.iter().find(|(_, rule)| *rule == self).map_or("", |(word, _)| word)
    }
}

/// The rules that a metric may break.
#[derive(Default)]
pub(crate) struct Allowed(Vec<Rule>);

impl Allowed {
    /// Whether `rule` may be broken.
    pub(crate) fn contains(&self, rule: Rule) -> bool {
        self.0.contains(&rule)
    }
}

/// The rules behind `allow(…)`.
pub(crate) fn check_allowed(words: Option<&Vec<Ident>>, diag: &mut Diag) -> Allowed {
    let choices = RULES.map(|(word, _)| word);
    let mut allowed = Allowed::default();
    for word in words.into_iter().flatten() {
        let name = word.to_string();
        if let Some((_, rule)) = RULES.iter().find(|(word, _)| *word == name) {
            allowed.0.push(*rule);
        } else {
            let hint = did_you_mean(&name, &choices);
            diag.at(word.span(), format!("unknown rule `{name}`; expected {}{hint}", list(&choices)));
        }
    }
    allowed
}

/// Where and how a name was written: complaints point there and suggest a name in the same spelling.
pub(crate) struct Written {
    /// The place of the name.
    pub(crate) span: Span,
    /// Whether it is a static of `metrics!`, which is spelt in capitals and without this prefix of the block.
    pub(crate) prefix: Option<String>,
    /// `#[metric(allow(…))]` instead of `allow(…)`.
    pub(crate) in_block: bool,
}

impl Written {
    /// `name` as the user would write it here.
    pub(crate) fn spell(&self, name: &str) -> String {
        match &self.prefix {
            Some(prefix) => name.strip_prefix(prefix.as_str()).unwrap_or(name).to_uppercase(),
            None => name.to_owned(),
        }
    }

    /// Reports that `rule` is broken, unless that is allowed.
    pub(crate) fn report(&self, rule: Rule, text: &str, allowed: &Allowed, diag: &mut Diag) {
        if allowed.contains(rule) {
            return;
        }
        let word = rule.word();
        let allow =
            if self.in_block { format!("#[metric(allow({word}))]") } else { format!("allow({word})") };
        let keep = if rule == Rule::Help { "to do without" } else { "to keep a legacy name" };
        diag.at(self.span, format!("{text}; {keep} write `{allow}`"));
    }
}

/// Checks the name of a metric.
pub(crate) fn check_metric(name: &str, kind: Kind, written: &Written, allowed: &Allowed, diag: &mut Diag) {
    let grammar = is_metric_name(name);
    if !grammar {
        let fit = written.spell(&clean(name));
        let text = format!(
            "`{name}` is no metric name: expected letters, digits and `_`, and no digit first; write `{fit}`"
        );
        return diag.at(written.span, text);
    }
    if name.starts_with('_') {
        let fit = written.spell(&clean(name));
        diag.at(written.span, format!("names that begin with `_` are reserved; write `{fit}`"));
    }
    if name.starts_with("metrics_core_") {
        diag.at(
            written.span,
            "names that begin with `metrics_core_` belong to the library; choose another prefix",
        );
    }
    for (rule, text) in findings(name, kind, written) {
        written.report(rule, &text, allowed, diag);
    }
}

/// A rule: what it finds in the name of a metric.
type Check = fn(&str, Kind, &Written) -> Option<(Rule, String)>;

/// What breaks a rule of style in `name`.
fn findings(name: &str, kind: Kind, written: &Written) -> Vec<(Rule, String)> {
    let rules: [Check; 7] = [
        check_total,
        check_suffix,
        check_type_in_name,
        check_colon,
        check_camel_case,
        check_abbreviation,
        check_unit,
    ];
    rules.iter().filter_map(|rule| rule(name, kind, written)).collect()
}

fn check_total(name: &str, kind: Kind, written: &Written) -> Option<(Rule, String)> {
    let text = match (name.strip_suffix("_total"), kind) {
        (None, Kind::Counter) => {
            let fit = format!("{}_total", name.strip_suffix("_count").unwrap_or(name));
            format!("a counter's name ends in `_total`; write `{}`", written.spell(&fit))
        }
        (Some(front), kind) if kind != Kind::Counter => {
            format!("only a counter's name ends in `_total`; write `{}`", written.spell(front))
        }
        _ => return None,
    };
    Some((Rule::Total, text))
}

/// A histogram may end in any of them for the linter, and a summary in `_count` or `_sum`; nothing else may.
fn check_suffix(name: &str, kind: Kind, written: &Written) -> Option<(Rule, String)> {
    let suffix = ["_bucket", "_count", "_sum"].into_iter().find(|suffix| name.ends_with(suffix))?;
    let front = name.strip_suffix(suffix)?;
    let fit = if kind == Kind::Counter { format!("{front}_total") } else { front.to_owned() };
    let text = format!("`{suffix}` is what a histogram's samples end in; write `{}`", written.spell(&fit));
    let may = kind.has_buckets() || (kind == Kind::Summary && suffix != "_bucket");
    (!may).then_some((Rule::Suffix, text))
}

fn check_type_in_name(name: &str, _: Kind, written: &Written) -> Option<(Rule, String)> {
    let lower = name.to_lowercase();
    let mut words = lower.split('_').skip(1);
    let word = words.find(|word| ["counter", "gauge", "histogram", "summary"].contains(word))?;
    let fit: Vec<&str> = name.split('_').filter(|part| part.to_lowercase() != word).collect();
    let text =
        format!("a name doesn't tell its type, found `{word}`; write `{}`", written.spell(&fit.join("_")));
    Some((Rule::TypeInName, text))
}

fn check_colon(name: &str, _: Kind, written: &Written) -> Option<(Rule, String)> {
    let text = format!(
        "colons are for the names of recording rules; write `{}`",
        written.spell(&name.replace(':', "_"))
    );
    name.contains(':').then_some((Rule::Colon, text))
}

fn check_camel_case(name: &str, _: Kind, written: &Written) -> Option<(Rule, String)> {
    is_camel_case(name).then(|| (Rule::CamelCase, camel_case_text(name, |name| written.spell(name))))
}

fn camel_case_text(name: &str, spell: impl Fn(&str) -> String) -> String {
    format!("names are written in `snake_case`, found `{name}`; write `{}`", spell(&clean(name)))
}

fn check_abbreviation(name: &str, _: Kind, written: &Written) -> Option<(Rule, String)> {
    let (short, base) = find_abbreviation(name)?;
    let fit = written.spell(&replace_word(name, short, base));
    Some((Rule::Abbreviation, format!("a name has no abbreviated unit, found `{short}`; write `{fit}`")))
}

fn check_unit(name: &str, _: Kind, written: &Written) -> Option<(Rule, String)> {
    let (word, base) = find_unit(name).filter(|(word, base)| word != base)?;
    let fit = written.spell(&replace_word(name, word, base));
    Some((Rule::Unit, format!("a name has base units, found `{word}`; write `{fit}`")))
}

/// Checks the name of a label; `le` and `quantile` are what the buckets and quantiles of a family use (PL-6).
pub(crate) fn check_label(name: &str, span: Span, in_block: bool, allowed: &Allowed, diag: &mut Diag) {
    let written = Written { span, prefix: None, in_block };
    if !is_label_name(name) {
        let text = format!(
            "`{name}` is no label name: expected letters, digits and `_`, and no digit first; write `{}`",
            clean(name)
        );
        diag.at(span, text);
    } else if name.starts_with('_') {
        diag.at(span, format!("labels that begin with `_` are reserved; write `{}`", clean(name)));
    } else if name == "le" || name == "quantile" {
        let user = if name == "le" { "histograms" } else { "summaries" };
        diag.at(span, format!("the label `{name}` is reserved for {user}; write another name"));
    } else if is_camel_case(name) {
        written.report(Rule::CamelCase, &camel_case_text(name, str::to_owned), allowed, diag);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(name: &str, kind: Kind) -> Vec<&'static str> {
        let written = Written { span: Span::call_site(), prefix: None, in_block: true };
        findings(name, kind, &written).into_iter().map(|(rule, _)| rule.word()).collect()
    }

    #[test]
    fn good_names_break_no_rule() {
        let cases = [
            ("http_requests_total", Kind::Counter),
            ("process_cpu_seconds_total", Kind::Counter),
            ("queue_length", Kind::Gauge),
            ("request_duration_seconds", Kind::Histogram),
            ("request_duration_seconds", Kind::Summary),
            ("build", Kind::Info),
            ("service_mode", Kind::StateSet),
            ("gauge_pressure_volts", Kind::Gauge),
            ("s_total", Kind::Counter),
            ("build_info", Kind::Gauge),
        ];
        for (name, kind) in cases {
            assert!(broken(name, kind).is_empty(), "{name}: {:?}", broken(name, kind));
        }
    }

    /// PL-2 … PL-11
    #[test]
    fn each_rule_has_its_names() {
        let cases: [(&str, Kind, &[&str]); 19] = [
            ("requests", Kind::Counter, &["total"]),
            ("requests_count", Kind::Counter, &["total", "suffix"]),
            ("queue_total", Kind::Gauge, &["total"]),
            ("queue_bucket", Kind::Gauge, &["suffix"]),
            ("queue_count", Kind::Histogram, &[]),
            ("queue_sum", Kind::Gauge, &["suffix"]),
            ("queue_sum", Kind::Summary, &[]),
            ("queue_bucket", Kind::Summary, &["suffix"]),
            ("request_summary_seconds", Kind::Summary, &["type_in_name"]),
            ("mode_total", Kind::StateSet, &["total"]),
            ("queue_gauge", Kind::Gauge, &["type_in_name"]),
            ("a_histogram_size", Kind::Gauge, &["type_in_name"]),
            ("job:rate", Kind::Gauge, &["colon"]),
            ("queueLength", Kind::Gauge, &["camel_case"]),
            ("wait_ms", Kind::Gauge, &["abbreviation"]),
            ("wait_ms_total", Kind::Counter, &["abbreviation"]),
            ("wait_milliseconds", Kind::Gauge, &["unit"]),
            ("memory_kilobytes", Kind::Gauge, &["unit"]),
            ("minutes_of_seconds", Kind::Gauge, &["unit"]),
        ];
        for (name, kind, rules) in cases {
            assert_eq!(broken(name, kind), rules, "{name}");
        }
    }
}
