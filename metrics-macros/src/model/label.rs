//! Label values at a use: which of them are known before the program runs.

use std::collections::HashSet;

use syn::{Expr, ExprLit, ExprPath, Lit, LitStr, UnOp};

use crate::diag::Diag;
use crate::model::ending::{Reading, check_reading};
use crate::model::function::Subject;
use crate::model::name::{Allowed, check_label};
use crate::syntax::labels::LabelArg;

/// The value of a label of an own metric.
pub(crate) enum Value {
    /// A string.
    Text(LitStr),
    /// The module that the function stands in.
    Module,
    /// The same at every call.
    Constant(Expr),
    /// Asked for at every call.
    Dynamic(Expr),
    /// How the call ended.
    Outcome,
    /// Read from what the call returned.
    Result(Reading),
}

/// One label of an own metric.
pub(crate) struct OwnLabel {
    pub(crate) name: String,
    pub(crate) value: Value,
}

impl OwnLabel {
    /// Whether its value is known at the end of a call only.
    pub(crate) fn is_late(&self) -> bool {
        matches!(self.value, Value::Outcome | Value::Result(_))
    }
}

/// What `value` is to the rest; a closure that is none reads nothing, and was reported.
fn value(value: Expr, subject: &Subject, diag: &mut Diag) -> Option<Value> {
    Some(match value {
        closure @ Expr::Closure(_) => Value::Result(check_reading(&closure, subject, diag)?),
        Expr::Lit(literal) if literal.attrs.is_empty() => match literal.lit {
            Lit::Str(text) if text.suffix().is_empty() => Value::Text(text),
            lit => Value::Constant(Expr::Lit(ExprLit { attrs: literal.attrs, lit })),
        },
        other if is_constant(&other, subject) => Value::Constant(other),
        other => Value::Dynamic(other),
    })
}

/// Whether `value` is the same at every call and means the same in a static as in the function's body.
pub(crate) fn is_constant(value: &Expr, subject: &Subject) -> bool {
    match value {
        Expr::Lit(_) => true,
        Expr::Unary(unary) => matches!((&unary.op, &*unary.expr), (UnOp::Neg(_), Expr::Lit(_))),
        Expr::Reference(reference) => reference.mutability.is_none() && is_constant(&reference.expr, subject),
        Expr::Paren(inner) => is_constant(&inner.expr, subject),
        Expr::Group(inner) => is_constant(&inner.expr, subject),
        Expr::Path(path) => is_constant_path(path, subject),
        _ => false,
    }
}

/// A constant by its spelling, or a path that doesn't begin with something that only the function knows.
fn is_constant_path(path: &ExprPath, subject: &Subject) -> bool {
    let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let plain = path.qself.is_none() && path.path.segments.iter().all(|segment| segment.arguments.is_none());
    match names.as_slice() {
        [name] => plain && is_screaming(name) && !is_generic(name) && !subject.declares(name),
        [first, _, ..] => plain && first != "Self" && !is_generic(first) && !subject.declares(first),
        [] => false,
    }
}

/// `SCREAMING_CASE`
fn is_screaming(name: &str) -> bool {
    name.contains(|letter: char| letter.is_uppercase())
        && !name.contains(|letter: char| letter.is_lowercase())
}

/// `T`, `T1`: probably a generic parameter of the surrounding `impl`.
fn is_generic(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(|letter| letter.is_ascii_digit())
}

/// The labels of an own metric, checked and sorted by name. `taken` are those that the macro adds.
pub(crate) fn check_labels(
    labels: Vec<LabelArg>,
    taken: Vec<OwnLabel>,
    subject: &Subject,
    allowed: &Allowed,
    diag: &mut Diag,
) -> Vec<OwnLabel> {
    let reserved: HashSet<String> = taken.iter().map(|label| label.name.clone()).collect();
    let mut seen = HashSet::new();
    let mut checked = taken;
    for label in labels {
        check_label(&label.name, label.span, false, allowed, diag);
        if reserved.contains(&label.name) {
            let name = &label.name;
            let message = format!(
                "the default metric has the label `{name}` already; write another label, or give the metric a `name`"
            );
            diag.at(label.span, message);
        } else if !seen.insert(label.name.clone()) {
            diag.at(label.span, format!("label `{}` is given twice; write it once", label.name));
        } else if let Some(value) = value(label.value, subject, diag) {
            checked.push(OwnLabel { name: label.name, value });
        }
    }
    checked.sort_by(|left, right| left.name.cmp(&right.name));
    checked
}
