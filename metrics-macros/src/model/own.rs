//! The metric of an attribute: a declared one, or one that the attribute declares by itself.

use proc_macro2::{Ident, Span};
use syn::{Expr, LitStr};

use crate::diag::Diag;
use crate::model::ending::{Ending, check_no_outcome, check_reading};
use crate::model::function::Subject;
use crate::model::grammar::clean;
use crate::model::kind::Kind;
use crate::model::label::{OwnLabel, Value, check_labels, is_constant};
use crate::model::metric::{Detail, Help, Metric, Named, check_given_unit, check_max_series, check_unit};
use crate::model::name::{Allowed, Rule, Written, check_allowed, check_metric};
use crate::model::part::{ResultLabel, Source};
use crate::syntax::labels::LabelArg;
use crate::syntax::site::{MetricUse, Site};

/// What the attributes differ in.
pub(crate) struct Plan {
    pub(crate) kind: Kind,
    /// The end of the default name.
    pub(crate) suffix: &'static str,
    /// The default help, before and behind the function's path.
    pub(crate) sentence: (&'static str, &'static str),
    /// The unit that the values have by themselves.
    pub(crate) unit: Option<&'static str>,
    pub(crate) detail: Detail,
}

/// Where it is written: on which function, and what is asked about the end of its calls.
pub(crate) struct Place<'a> {
    pub(crate) subject: &'a Subject,
    /// Nothing of a metric that is written at the begin.
    pub(crate) ending: Option<&'a Ending>,
}

/// Checks what is written where; `further` are the keys of the attribute's own options.
pub(crate) fn check_source(
    mut site: Site,
    plan: Plan,
    further: &[Option<&Ident>],
    place: &Place<'_>,
    diag: &mut Diag,
) -> Source {
    if let Some(metric) = site.metric.take() {
        check_alone(&site, &metric, further, diag);
        check_ends(metric.labels.as_deref().unwrap_or_default(), place, diag);
        check_declared(metric, place, diag)
    } else {
        check_ends(site.labels.value().map_or(&[], Vec::as_slice), place, diag);
        check_own(site, plan, place, diag)
    }
}

/// Only what is written at the end can have labels that come from there.
fn check_ends(labels: &[LabelArg], place: &Place<'_>, diag: &mut Diag) {
    if let Some(ending) = place.ending {
        return check_no_outcome(labels, ending, diag);
    }
    for label in labels.iter().filter(|label| matches!(label.value, Expr::Closure(_))) {
        let text = "a call is in flight before there is a result; write a value that is known at the start";
        diag.at(label.span, text);
    }
}

/// A declared metric has no options here.
fn check_alone(site: &Site, metric: &MetricUse, further: &[Option<&Ident>], diag: &mut Diag) {
    let metric = metric.path.segments.last().map_or_else(String::new, |last| last.ident.to_string());
    if let Some(key) = site.labels.key() {
        diag.at(
            key.span(),
            format!("the labels of a declared metric stand behind it; write `{metric} {{ label: value }}`"),
        );
    }
    let keys = [
        site.name.key(),
        site.help.key(),
        site.function.key(),
        site.registry.key(),
        site.unit.key(),
        site.max_series.key(),
        site.allow.key(),
    ];
    for key in keys.iter().chain(further).flatten() {
        diag.at(key.span(), format!("`{key}` belongs to the declaration of `{metric}`; leave it out here"));
    }
}

fn check_declared(metric: MetricUse, place: &Place<'_>, diag: &mut Diag) -> Source {
    let MetricUse { path, labels } = metric;
    let has_outcome = place.ending.is_some_and(|ending| ending.outcome.is_some());
    match labels {
        None if !has_outcome => Source::Plain(path),
        labels => {
            let labels = labels.unwrap_or_default();
            if labels.is_empty() && !has_outcome && diag.count() == 0 {
                diag.on(
                    &path,
                    "expected labels in the braces; a metric without labels is written without braces",
                );
            }
            let (labels, results) = split_results(labels, place.subject, diag);
            let constant = labels.iter().all(|label| is_constant(&label.value, place.subject));
            Source::Row { path, labels, results, constant }
        }
    }
}

/// The labels that are known at the start, and those that are read from the result.
fn split_results(
    labels: Vec<LabelArg>,
    subject: &Subject,
    diag: &mut Diag,
) -> (Vec<LabelArg>, Vec<ResultLabel>) {
    let (closures, labels): (Vec<_>, Vec<_>) =
        labels.into_iter().partition(|label| matches!(label.value, Expr::Closure(_)));
    let results = closures.into_iter().filter_map(|LabelArg { field, span, value, .. }| {
        check_reading(&value, subject, diag).map(|reading| ResultLabel { field, span, reading })
    });
    (labels, results.collect())
}

fn check_own(site: Site, plan: Plan, place: &Place<'_>, diag: &mut Diag) -> Source {
    let subject = place.subject;
    let allowed = check_allowed(site.allow.value(), diag);
    let made = site.name.value().is_none();
    let name = match site.name.value() {
        Some(name) => check_name(name, plan.kind, &allowed, diag),
        None => default_name(subject, plan.suffix),
    };
    let unit = check_own_unit(&site, &plan, &name, &allowed, diag);
    let help = check_help(site.help.value(), &allowed, diag)
        .or_else(|| subject.help.clone())
        .unwrap_or(Help::Function(plan.sentence.0, subject.name.clone(), plan.sentence.1));
    let taken = if made { default_labels(site.function.value(), subject) } else { Vec::new() };
    if let Some(key) = site.function.key().filter(|_| !made) {
        let text = "a metric with a `name` has no label `function`; leave it out, or write it into `labels`";
        diag.at(key.span(), text);
    }
    let max_series = check_max_series(&site.max_series, diag);
    let mut labels =
        check_labels(site.labels.into_value().unwrap_or_default(), taken, subject, &allowed, diag);
    if place.ending.is_some_and(|ending| ending.outcome.is_some()) {
        labels.push(OwnLabel { name: "outcome".to_owned(), value: Value::Outcome });
        labels.sort_by(|left, right| left.name.cmp(&right.name));
    }
    let (registry, detail, kind, span) =
        (site.registry.into_value(), plan.detail, plan.kind, Span::call_site());
    let metric = Metric { kind, name, help, unit, max_series, registry, detail, span };
    Source::Own { metric: Box::new(metric), labels }
}

/// `<crate>_<function>_<suffix>`
fn default_name(subject: &Subject, suffix: &str) -> String {
    let front = subject.krate.as_ref().map_or_else(String::new, |krate| format!("{krate}_"));
    clean(&format!("{front}{}_{suffix}", subject.name))
}

/// What tells functions of the same name apart.
fn default_labels(function: Option<&LitStr>, subject: &Subject) -> Vec<OwnLabel> {
    let function = function.cloned().unwrap_or_else(|| LitStr::new(&subject.name, Span::mixed_site()));
    vec![
        OwnLabel { name: "function".to_owned(), value: Value::Text(function) },
        OwnLabel { name: "module".to_owned(), value: Value::Module },
    ]
}

fn check_name(name: &LitStr, kind: Kind, allowed: &Allowed, diag: &mut Diag) -> String {
    let text = name.value();
    check_metric(&text, kind, &written(name.span()), allowed, diag);
    text
}

fn written(span: Span) -> Written {
    Written { span, prefix: None, in_block: false }
}

fn check_help(help: Option<&LitStr>, allowed: &Allowed, diag: &mut Diag) -> Option<Help> {
    let help = help?;
    let text = help.value();
    if text.trim().is_empty() {
        written(help.span()).report(Rule::Help, "expected a sentence, found an empty help", allowed, diag);
    }
    Some(Help::Text(text))
}

/// Seconds for what is timed; else what is written, for a name that is written too.
fn check_own_unit(
    site: &Site,
    plan: &Plan,
    name: &str,
    allowed: &Allowed,
    diag: &mut Diag,
) -> Option<String> {
    let given = site.unit.value();
    if let (Some(unit), Some(fixed)) = (given, plan.unit)
        && unit.value() != fixed
    {
        let text = format!("time is measured in {fixed}, found `{}`; leave `unit` out", unit.value());
        diag.at(unit.span(), text);
        return None;
    }
    let Some(written_name) = site.name.value() else {
        if let (Some(unit), None) = (given, plan.unit) {
            let text =
                "the default name has no unit; leave `unit` out, or give the metric a `name` that ends in it";
            diag.at(unit.span(), text);
        }
        return plan.unit.map(str::to_owned);
    };
    let written = written(written_name.span());
    let named = Named { name, kind: plan.kind, written: &written, allowed };
    match plan.unit {
        Some(fixed) => check_unit(fixed, &written, "", &named, diag),
        None => check_given_unit(given, &named, diag),
    }
}
