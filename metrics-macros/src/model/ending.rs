//! The rules of what is asked about the end of a call.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::{Expr, ExprClosure, Pat, ReturnType};

use crate::diag::{Diag, did_you_mean, list};
use crate::model::function::Subject;
use crate::syntax::ending as written;
use crate::syntax::labels::LabelArg;

/// `|pattern| body`: evaluated in place, with the pattern bound to a reference to the result.
pub(crate) struct Reading {
    pub(crate) pat: Pat,
    pub(crate) body: Expr,
}

/// What one attribute asks about the end of a call.
#[derive(Default)]
pub(crate) struct Ending {
    /// The series has the label `outcome`.
    pub(crate) outcome: Option<Span>,
    /// The only outcomes that count, as variants of `Outcome`; all if there are none.
    pub(crate) only: Vec<Ident>,
    /// What an error is, besides `Err`.
    pub(crate) err_if: Option<Reading>,
}

/// The outcomes that can be counted alone: their words and variants, and the end of the default name.
const ONLY: [(&str, &str, &str); 3] = [
    ("err", "Err", "errors_total"),
    ("panicked", "Panicked", "panics_total"),
    ("cancelled", "Cancelled", "cancelled_total"),
];

/// The end of the default name of what counts `only` these.
pub(crate) fn suffix(only: &[Ident]) -> &'static str {
    match only {
        [] => "calls_total",
        [one] => ONLY.iter().find(|(_, variant, _)| one == variant).map_or("", |(.., suffix)| suffix),
        _ => "failures_total",
    }
}

/// Checks the options of one attribute.
pub(crate) fn check_ending(options: &written::Ending, subject: &Subject, diag: &mut Diag) -> Ending {
    let outcome = options.outcome.key().map(Ident::span);
    let only = check_only(options.only.value(), diag);
    if let (Some(key), Some([])) = (options.only.key(), options.only.value().map(Vec::as_slice)) {
        diag.at(key.span(), "`only` names no outcome; write for example `only = err`");
    }
    let err_if = options.err_if.value().and_then(|closure| check_reading(closure, subject, diag));
    let asks = outcome.is_some() || only.iter().any(|outcome| outcome == "Err");
    if let Some(key) = options.err_if.key().filter(|_| !asks) {
        diag.at(key.span(), "nothing asks what an `err` is; write `outcome` or `only = err` beside `err_if`");
    }
    Ending { outcome, only, err_if }
}

fn check_only(words: Option<&Vec<Ident>>, diag: &mut Diag) -> Vec<Ident> {
    let choices = ONLY.map(|(word, ..)| word);
    let mut only: Vec<Ident> = Vec::new();
    for word in words.into_iter().flatten() {
        let name = word.to_string();
        match ONLY.iter().find(|(known, ..)| *known == name) {
            Some((_, variant, _)) if only.iter().any(|other| other == variant) => {
                diag.at(word.span(), format!("`{name}` is given twice; write it once"));
            }
            Some((_, variant, _)) => only.push(Ident::new(variant, word.span())),
            None => {
                let hint = did_you_mean(&name, &choices);
                diag.at(word.span(), format!("unknown outcome `{name}`; expected {}{hint}", list(&choices)));
            }
        }
    }
    only
}

/// Checks that the labels leave `outcome` to the option of that name.
pub(crate) fn check_no_outcome(labels: &[LabelArg], ending: &Ending, diag: &mut Diag) {
    let twice = labels.iter().find(|label| ending.outcome.is_some() && label.name == "outcome");
    if let Some(label) = twice {
        diag.at(label.span, "the option `outcome` fills in this label; leave one of them out");
    }
}

/// Checks a closure that reads the result.
pub(crate) fn check_reading(closure: &Expr, subject: &Subject, diag: &mut Diag) -> Option<Reading> {
    let Expr::Closure(closure) = closure else {
        diag.on(closure, "expected a closure that reads the result; write `|result| …`");
        return None;
    };
    let before = diag.count();
    check_keywords(closure, diag);
    if subject.is_never {
        diag.on(closure, "this function never returns, so there is no result to read; leave the closure out");
    }
    let pat = closure.inputs.first().filter(|_| closure.inputs.len() == 1).cloned();
    if pat.is_none() {
        let text = "the closure reads one result; write one parameter, `|result| …`";
        diag.at(closure.inputs_begin.span(), text);
    }
    let body = (*closure.body).clone();
    pat.filter(|_| diag.count() == before).map(|pat| Reading { pat, body })
}

fn check_keywords(closure: &ExprClosure, diag: &mut Diag) {
    let because = "the closure is evaluated in place, when the function has returned";
    let mut refuse = |token: Option<Span>, word: &str| {
        if let Some(span) = token {
            diag.at(span, format!("{because}; leave `{word}` out"));
        }
    };
    refuse(closure.asyncness.as_ref().map(Spanned::span), "async");
    refuse(closure.capture.as_ref().map(Spanned::span), "move");
    refuse(closure.constness.as_ref().map(Spanned::span), "const");
    refuse(closure.lifetimes.as_ref().map(Spanned::span), "for<…>");
    if let ReturnType::Type(arrow, _) = &closure.output {
        refuse(Some(arrow.span()), "->");
    }
}
