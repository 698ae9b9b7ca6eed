//! Metrics of one block that would write the same samples.

use std::collections::HashMap;

use crate::diag::Diag;
use crate::model::declaration::Declaration;
use crate::model::kind::Kind;
use crate::model::metric::Metric;

/// Two metrics must not write samples of the same name. Conditional ones may exclude each other: the runtime sees them.
pub(crate) fn check_clashes(declarations: &[Declaration], diag: &mut Diag) {
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
    let suffixed = |suffixes: &[&str]| suffixes.iter().map(|suffix| format!("{name}_{suffix}")).collect();
    let further: Vec<String> = match metric.kind {
        Kind::Counter => name.strip_suffix("_total").map(str::to_owned).into_iter().collect(),
        Kind::Gauge | Kind::StateSet => Vec::new(),
        Kind::Histogram | Kind::NativeHistogram => suffixed(&["bucket", "sum", "count"]),
        Kind::Summary => suffixed(&["sum", "count"]),
        Kind::Info => suffixed(&["info"]),
    };
    std::iter::once(name.clone()).chain(further).collect()
}
