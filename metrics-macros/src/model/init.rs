//! Series that are there from the start.

use std::collections::HashSet;

use crate::diag::{Diag, did_you_mean, list};
use crate::syntax::labels::LabelArg;
use crate::syntax::metric::Init;
use crate::syntax::options::Slot;

/// Checks the entries of `init`; `fields` are the labels as they are written in one.
pub(crate) fn check_init(init: Slot<Vec<Init>>, fields: &[String], diag: &mut Diag) -> Vec<Vec<LabelArg>> {
    if let Some(key) = init.key().filter(|_| fields.is_empty()) {
        diag.at(key.span(), "a metric without labels is there from the start; leave `init` out");
        return Vec::new();
    }
    let rows = init.into_value().unwrap_or_default();
    rows.into_iter().map(|row| check_row(row, fields, diag)).collect()
}

fn check_row(row: Init, fields: &[String], diag: &mut Diag) -> Vec<LabelArg> {
    let choices: Vec<&str> = fields.iter().map(String::as_str).collect();
    let mut given = HashSet::new();
    for label in &row.labels {
        if !fields.contains(&label.name) {
            let hint = did_you_mean(&label.name, &choices);
            diag.at(
                label.span,
                format!("the metric has no label `{}`; expected {}{hint}", label.name, list(&choices)),
            );
        } else if !given.insert(label.name.clone()) {
            diag.at(label.span, format!("label `{}` is given twice; write it once", label.name));
        }
    }
    let missing: Vec<&str> = choices.into_iter().filter(|field| !given.contains(*field)).collect();
    if !missing.is_empty() {
        diag.at(
            row.braces.span.open(),
            format!("expected a value for every label; add {}", list(&missing).replace(" or ", " and ")),
        );
    }
    row.labels
}
