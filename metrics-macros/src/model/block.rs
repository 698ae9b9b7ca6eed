//! The rules of `metrics! { … }`.

use std::collections::HashSet;

use syn::LitStr;

use crate::diag::Diag;
use crate::model::clash::check_clashes;
use crate::model::declaration::{Declaration, check_declaration, is_cfg};
use crate::model::grammar::clean;
use crate::runtime::Runtime;
use crate::syntax::block as syntax;
use crate::syntax::options::Slot;

/// The whole block.
pub(crate) struct Block {
    pub(crate) runtime: Runtime,
    pub(crate) declarations: Vec<Declaration>,
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
        declarations.push(check_declaration(metric, &prefix, registry.as_ref(), diag));
    }
    check_clashes(&declarations, diag);
    Block { runtime: Runtime::new(block.krate.into_value()), declarations }
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
