//! What a metric that is described at run time has to keep to: each rule with what to do about it.

use crate::name;

/// Why a name can't be a metric's.
pub(crate) fn name_mistakes(name: &str, help: &str, mistakes: &mut Vec<String>) {
    if !name::is_metric_name(name) {
        mistakes.push("a metric's name is `[a-zA-Z:][a-zA-Z0-9_:]*`; write it in snake_case".into());
    }
    if name.starts_with(name::OWN_PREFIX) {
        mistakes.push(format!("names that begin with `{}` are the library's own", name::OWN_PREFIX));
    }
    if help.trim().is_empty() {
        mistakes.push("the help is empty; say in one sentence what is measured".into());
    }
}

/// Why it can't have that unit (O-13).
pub(crate) fn unit_mistake(name: &str, unit: &str) -> Option<String> {
    let measured = name.strip_suffix("_total").unwrap_or(name);
    let fits = unit.is_empty() || measured.strip_suffix(unit).is_some_and(|front| front.ends_with('_'));
    (!fits).then(|| format!("the unit is `{unit}`; let the name end in `_{unit}`"))
}

/// Why these can't be the names of its labels.
pub(crate) fn label_mistakes(labels: &[impl AsRef<str>], mistakes: &mut Vec<String>) {
    for (at, label) in labels.iter().map(AsRef::as_ref).enumerate() {
        if !name::is_label_name(label) {
            mistakes.push(format!(
                "`{label}` can't be the name of a label: it is `[a-zA-Z][a-zA-Z0-9_]*`, as what begins \
                 with `_` is reserved, and neither `le` nor `quantile`"
            ));
        }
        if labels[..at].iter().any(|before| before.as_ref() == label) {
            mistakes.push(format!("the label `{label}` stands twice; take one of them away"));
        }
    }
}
