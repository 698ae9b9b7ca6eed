//! The rules of one declaration in `metrics! { … }`.

use std::collections::HashSet;

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Attribute, LitStr, Path, Token, Type, Visibility};

use crate::diag::Diag;
use crate::model::buckets::check_buckets;
use crate::model::init::check_init;
use crate::model::kind::{Kind, check_kind};
use crate::model::metric::{Detail, Help, Metric, Named, check_given_unit, check_max_series, doc_help};
use crate::model::name::{Allowed, Rule, Written, check_allowed, check_label, check_metric};
use crate::model::native::check_native;
use crate::model::takes::check_options;
use crate::model::window::check_window;
use crate::syntax::block as syntax;
use crate::syntax::brackets as written;
use crate::syntax::brackets::Brackets;
use crate::syntax::labels::LabelArg;
use crate::syntax::metric::Options;

/// One metric and the static that shows it.
pub(crate) struct Declaration {
    /// The user's attributes, all but `#[cfg]`.
    pub(crate) attrs: Vec<Attribute>,
    /// The `#[cfg]` attributes: they hold for all that is generated.
    pub(crate) cfgs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    /// `static` and `;`: with the user's own tokens at both ends, the `dead_code` warning is his.
    pub(crate) ends: (Token![static], Token![;]),
    pub(crate) ident: Ident,
    pub(crate) metric: Metric,
    pub(crate) labels: Vec<Label>,
    pub(crate) init: Vec<Vec<LabelArg>>,
    /// A mistake was reported: the static is still made, so that its uses are not mistakes too.
    pub(crate) is_wrong: bool,
}

impl Declaration {
    /// The labels as the runtime knows them: sorted by name.
    pub(crate) fn sorted_labels(&self) -> Vec<&Label> {
        let mut labels: Vec<&Label> = self.labels.iter().collect();
        labels.sort_by(|left, right| left.name.cmp(&right.name));
        labels
    }
}

/// A label in the order of declaration.
pub(crate) struct Label {
    pub(crate) name: String,
    pub(crate) field: Ident,
    pub(crate) ty: Option<Type>,
}

/// Whether `attr` is a `#[cfg]`.
pub(crate) fn is_cfg(attr: &Attribute) -> bool {
    attr.path().is_ident("cfg")
}

/// Checks one declaration of a block with this prefix and registry.
pub(crate) fn check_declaration(
    item: syntax::Metric,
    prefix: &str,
    registry: Option<&Path>,
    diag: &mut Diag,
) -> Declaration {
    let before = diag.count();
    let options = item.options;
    let kind = check_kind(&item.kind, diag);
    let allowed = check_allowed(options.allow.value(), diag);
    let (name, written) = name(options.name.value(), &item.ident, prefix, kind);
    check_name(&name, kind, &written, &allowed, diag);
    let help = check_help(&item.attrs, &item.ident, &allowed, diag);
    let (labels, states) = check_brackets(item.brackets, kind, &item.kind, diag);
    let labels = check_declared(labels, &allowed, diag);
    check_options(kind, &options, !labels.is_empty(), diag);
    let named = Named { name: &name, kind, written: &written, allowed: &allowed };
    let metric = Metric {
        unit: check_given_unit(options.unit.value().filter(|_| kind.has_unit()), &named, diag),
        max_series: check_max_series(&options.max_series, diag),
        detail: check_detail(kind, &options, states, diag),
        registry: registry.cloned(),
        span: item.ident.span(),
        kind,
        name,
        help,
    };
    let fields: Vec<String> = labels.iter().map(|label| label.field.unraw().to_string()).collect();
    let init = check_init(options.init, &fields, diag);
    let (cfgs, attrs) = item.attrs.into_iter().partition(is_cfg);
    let is_wrong = diag.count() > before;
    let ends = (item.keyword, item.end);
    Declaration { attrs, cfgs, ends, vis: item.vis, ident: item.ident, metric, labels, init, is_wrong }
}

/// As written, or the static's name behind the block's prefix. An info has no `_info`: that is put behind it.
fn name(name: Option<&LitStr>, ident: &Ident, prefix: &str, kind: Kind) -> (String, Written) {
    let (mut text, written) = match name {
        Some(name) => (name.value(), Written { span: name.span(), prefix: None, in_block: true }),
        None => (
            format!("{prefix}{}", ident.unraw().to_string().to_lowercase()),
            Written { span: ident.span(), prefix: Some(prefix.to_owned()), in_block: true },
        ),
    };
    if let Some(front) = text.strip_suffix("_info").filter(|_| kind == Kind::Info) {
        text = front.to_owned();
    }
    (text, written)
}

fn check_name(name: &str, kind: Kind, written: &Written, allowed: &Allowed, diag: &mut Diag) {
    let before = diag.count();
    check_metric(name, kind, written, allowed, diag);
    if kind == Kind::StateSet && diag.count() == before {
        // The states are told apart by a label of the metric's own name.
        check_label(name, written.span, true, allowed, diag);
    }
}

/// What stands in the angle brackets, as far as the kind has it.
fn check_brackets(
    brackets: Brackets,
    kind: Kind,
    place: &Ident,
    diag: &mut Diag,
) -> (Vec<written::Label>, Option<Box<Type>>) {
    let (labels, states) = match brackets {
        Brackets::None => (Vec::new(), None),
        Brackets::Labels(labels) => (labels, None),
        Brackets::States(states) => (Vec::new(), Some(states)),
    };
    let wanted = match kind {
        Kind::Info if labels.is_empty() => {
            "an info tells facts by its labels; write for example `Info<version, commit>`"
        }
        Kind::StateSet if states.is_none() => {
            "a state set has the values of one type, an enum with `#[derive(LabelValue)]`; write `StateSet<Mode>`"
        }
        _ => return (labels, states),
    };
    // What is misspelt was reported.
    if place == kind.name() {
        diag.at(place.span(), wanted);
    }
    (Vec::new(), None)
}

fn check_detail(kind: Kind, options: &Options, states: Option<Box<Type>>, diag: &mut Diag) -> Detail {
    match kind {
        Kind::Counter | Kind::Gauge => {
            options.callback.value().cloned().map_or(Detail::None, Detail::Callback)
        }
        Kind::Histogram => Detail::Buckets(check_buckets(&options.buckets, diag)),
        Kind::NativeHistogram => Detail::Native(check_native(&options.native, &options.buckets, diag)),
        Kind::Summary => check_window(&options.window, diag).map_or(Detail::None, Detail::Window),
        Kind::StateSet => states.map_or(Detail::None, Detail::States),
        Kind::Info => Detail::None,
    }
}

fn check_help(attrs: &[Attribute], ident: &Ident, allowed: &Allowed, diag: &mut Diag) -> Help {
    doc_help(attrs).unwrap_or_else(|| {
        let written = Written { span: ident.span(), prefix: None, in_block: true };
        written.report(
            Rule::Help,
            "expected a doc comment, the metric's help text; write `/// …` above it",
            allowed,
            diag,
        );
        Help::Text(String::new())
    })
}

fn check_declared(labels: Vec<written::Label>, allowed: &Allowed, diag: &mut Diag) -> Vec<Label> {
    let (mut names, mut fields) = (HashSet::new(), HashSet::new());
    let mut checked = Vec::new();
    for label in labels {
        check_label(&label.name, label.span, true, allowed, diag);
        if !names.insert(label.name.clone()) {
            diag.at(label.span, format!("label `{}` is declared twice; write it once", label.name));
        } else if !fields.insert(label.field.to_string()) {
            diag.at(
                label.field.span(),
                format!("two labels are written `{}`; choose another name behind `as`", label.field),
            );
        } else {
            checked.push(Label { ty: check_type(label.ty, diag), name: label.name, field: label.field });
        }
    }
    checked
}

/// A label of a reference type would take this one lifetime only; an untyped one takes every reference.
fn check_type(ty: Option<Type>, diag: &mut Diag) -> Option<Type> {
    if let Some(Type::Reference(reference)) = &ty {
        diag.on(reference, "a label's type is no reference; leave the type out, such a label takes any text");
        return None;
    }
    ty
}
