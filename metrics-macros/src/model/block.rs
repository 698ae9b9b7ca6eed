//! The rules of `metrics! { … }`.

use std::collections::{HashMap, HashSet};

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Attribute, LitStr, Path, Token, Type, Visibility};

use crate::diag::{Diag, did_you_mean, list};
use crate::model::buckets::check_buckets;
use crate::model::grammar::clean;
use crate::model::kind::{Kind, check_kind};
use crate::model::metric::{
    Help, Metric, Named, check_given_unit, check_has_buckets, check_max_series, doc_help,
};
use crate::model::name::{Allowed, Rule, Written, check_allowed, check_label, check_metric};
use crate::runtime::Runtime;
use crate::syntax::block as syntax;
use crate::syntax::labels::LabelArg;
use crate::syntax::metric::Init;
use crate::syntax::options::Slot;

/// The whole block.
pub(crate) struct Block {
    pub(crate) runtime: Runtime,
    pub(crate) declarations: Vec<Declaration>,
}

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

/// A label in the order of declaration.
pub(crate) struct Label {
    pub(crate) name: String,
    pub(crate) field: Ident,
    pub(crate) ty: Option<Type>,
}

/// Checks the block.
pub(crate) fn check_block(block: syntax::Block, diag: &mut Diag) -> Block {
    let prefix = check_prefix(&block.prefix, diag);
    let registry = block.registry.into_value();
    let mut seen = HashSet::new();
    let mut declarations: Vec<Declaration> = Vec::new();
    for metric in block.metrics {
        let conditional = metric.attrs.iter().any(is_cfg);
        if !seen.insert(metric.ident.to_string()) && !conditional {
            diag.at(
                metric.ident.span(),
                format!("`{}` is declared twice in this block; remove one", metric.ident),
            );
            continue;
        }
        declarations.push(check_metric_item(metric, &prefix, registry.as_ref(), diag));
    }
    check_clashes(&declarations, diag);
    Block { runtime: Runtime::new(block.krate.into_value()), declarations }
}

fn is_cfg(attr: &Attribute) -> bool {
    attr.path().is_ident("cfg")
}

fn check_prefix(prefix: &Slot<LitStr>, diag: &mut Diag) -> String {
    let Some(prefix) = prefix.value() else { return String::new() };
    let text = prefix.value();
    let fit = format!("{}_", clean(&text));
    if text != fit {
        diag.at(prefix.span(), format!("expected a prefix of letters, digits and `_` that ends in `_`, found `{text}`; write `#![prefix = \"{fit}\"]`"));
        return fit;
    }
    text
}

fn check_metric_item(
    item: syntax::Metric,
    prefix: &str,
    registry: Option<&Path>,
    diag: &mut Diag,
) -> Declaration {
    let before = diag.count();
    let options = item.options;
    let kind = check_kind(&item.kind, diag);
    let allowed = check_allowed(options.allow.value(), diag);
    let (name, written) = name(options.name.value(), &item.ident, prefix);
    check_metric(&name, kind, &written, &allowed, diag);
    check_has_buckets(kind, options.buckets.key(), diag);
    let help = check_help(&item.attrs, &item.ident, &allowed, diag);
    let labels = check_declared(item.labels, &allowed, diag);
    let init = check_init(options.init, &labels, diag);
    let named = Named { name: &name, kind, written: &written, allowed: &allowed };
    let metric = Metric {
        unit: check_given_unit(options.unit.value(), &named, diag),
        max_series: check_max_series(&options.max_series, diag),
        buckets: check_buckets(&options.buckets, diag),
        registry: registry.cloned(),
        span: item.ident.span(),
        kind,
        name,
        help,
    };
    let (cfgs, attrs) = item.attrs.into_iter().partition(is_cfg);
    let is_wrong = diag.count() > before;
    let ends = (item.keyword, item.end);
    Declaration { attrs, cfgs, ends, vis: item.vis, ident: item.ident, metric, labels, init, is_wrong }
}

/// As written, or the static's name behind the block's prefix.
fn name(name: Option<&LitStr>, ident: &Ident, prefix: &str) -> (String, Written) {
    if let Some(name) = name {
        return (name.value(), Written { span: name.span(), prefix: None, in_block: true });
    }
    let written = Written { span: ident.span(), prefix: Some(prefix.to_owned()), in_block: true };
    (format!("{prefix}{}", ident.unraw().to_string().to_lowercase()), written)
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

fn check_declared(labels: Vec<syntax::Label>, allowed: &Allowed, diag: &mut Diag) -> Vec<Label> {
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

fn check_init(init: Slot<Vec<Init>>, labels: &[Label], diag: &mut Diag) -> Vec<Vec<LabelArg>> {
    if let Some(key) = init.key().filter(|_| labels.is_empty()) {
        diag.at(key.span(), "a metric without labels is there from the start; leave `init` out");
        return Vec::new();
    }
    let rows = init.into_value().unwrap_or_default();
    rows.into_iter().map(|row| check_row(row, labels, diag)).collect()
}

fn check_row(row: Init, labels: &[Label], diag: &mut Diag) -> Vec<LabelArg> {
    let fields: Vec<String> = labels.iter().map(|label| label.field.unraw().to_string()).collect();
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

/// Two metrics must not write samples of the same name. Conditional ones may exclude each other: the runtime sees them.
fn check_clashes(declarations: &[Declaration], diag: &mut Diag) {
    let mut owners: HashMap<String, &Declaration> = HashMap::new();
    for declaration in declarations.iter().filter(|declaration| declaration.cfgs.is_empty()) {
        let names = taken_names(&declaration.metric);
        let clash = names.iter().find_map(|name| owners.get(name).map(|owner| (name, *owner)));
        if let Some((name, owner)) = clash {
            let place = declaration.metric.span;
            diag.at(
                place,
                format!(
                    "`{}` and `{}` both take the name `{name}`; rename one of them",
                    owner.ident, declaration.ident
                ),
            );
        }
        for name in names {
            owners.entry(name).or_insert(declaration);
        }
    }
}

/// The family's name, its name in `OpenMetrics`, where a counter's has no `_total`, and the names of its samples.
fn taken_names(metric: &Metric) -> Vec<String> {
    let name = &metric.name;
    let further: Vec<String> = match metric.kind {
        Kind::Counter => name.strip_suffix("_total").map(str::to_owned).into_iter().collect(),
        Kind::Gauge => Vec::new(),
        Kind::Histogram => ["bucket", "sum", "count"].map(|suffix| format!("{name}_{suffix}")).into(),
    };
    std::iter::once(name.clone()).chain(further).collect()
}
