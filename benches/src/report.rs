//! The table: ours beside the best peer, prometheus-client and the limit, and the goals.

use std::fmt::Write as _;

use crate::harness::{Entry, Figure, Role, Row, Verdict};

/// The peer that everybody knows, which has a column of its own.
const KNOWN: &str = "prometheus-client";

/// One line for each of ours, as Markdown.
pub fn summary(rows: &[Row]) -> String {
    let mut text = String::from(
        "| row | ours | best peer | prometheus-client | limit | ÷ best | ÷ p.-client | ÷ limit | goals: at most → reached |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let ours: Vec<&Entry> = row.entries.iter().filter(|entry| entry.role == Role::Ours).collect();
        for entry in &ours {
            line(&mut text, row, entry);
        }
        if ours.is_empty() && !row.goals.is_empty() {
            let _ =
                writeln!(text, "| {}: {} | not built yet | {} | | | | | | |", row.key, row.title, best(row));
        }
    }
    text
}

fn line(text: &mut String, row: &Row, ours: &Entry) {
    let own_name = if ours.name == "metrics-core" { String::new() } else { format!(": {}", ours.name) };
    let known = row.entries.iter().find(|entry| entry.name.starts_with(KNOWN));
    // Limits are listed with the tightest first.
    let limit = row.entries.iter().find(|entry| entry.role == Role::Limit);
    let _ = writeln!(
        text,
        "| {}: {}{own_name} | {} {} | {} | {} | {} | {} | {} | {} | {} |",
        row.key,
        row.title,
        figures(ours),
        row.unit,
        best(row),
        known.map(figures).unwrap_or_default(),
        limit.map(|limit| format!("{} {}", limit.name, figures(limit))).unwrap_or_default(),
        ratios(row, |column| Some((ours.min(column)?, row.best(Role::Peer, column)?.min(column)?))),
        ratios(row, |column| Some((ours.min(column)?, known?.min(column)?))),
        ratios(row, |column| Some((ours.min(column)?, limit?.min(column)?))),
        goals(row, ours),
    );
}

/// The best peer of the first column, and that of the others where it is another one.
fn best(row: &Row) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for column in 0..row.columns.len() {
        let Some(best) = row.best(Role::Peer, column) else { continue };
        let figure = number(best.min(column).unwrap_or(f64::NAN));
        let known = names.last() == Some(&best.name);
        parts.push(if known { figure } else { format!("{} {figure}", best.name) });
        names.push(best.name);
    }
    parts.join(" / ")
}

fn goals(row: &Row, ours: &Entry) -> String {
    let of_ours = row.goals.iter().filter(|goal| goal.subject == ours.name);
    let told = of_ours.map(|goal| {
        let verdicts: Vec<String> = goal.verdicts(row).into_iter().map(verdict).collect();
        format!("{} ({})", verdicts.join(" / "), goal.unit(row))
    });
    told.collect::<Vec<_>>().join("; ")
}

fn verdict(verdict: Verdict) -> String {
    let met = match verdict.is_met() {
        Some(true) => "met",
        Some(false) => "**missed**",
        None => "not measured",
    };
    let reached = verdict.reached.map_or_else(|| "–".into(), number);
    format!("{} → {reached} {met}", number(verdict.most))
}

/// Every candidate of every row, as Markdown.
pub fn details(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let _ = writeln!(text, "\n### {}: {}\n", row.key, row.title);
        let unit = if row.unit.is_empty() { String::new() } else { format!(" ({})", row.unit) };
        let _ = writeln!(text, "| candidate | {}{unit} |", row.columns.join(" | "));
        let _ = writeln!(text, "|---|{}", "---:|".repeat(row.columns.len()));
        for entry in &row.entries {
            let columns: Vec<String> = entry.figures.iter().map(|figure| with_median(*figure)).collect();
            let _ = writeln!(text, "| {}{} | {} |", entry.name, role(entry.role), columns.join(" | "));
        }
    }
    text
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Ours => " (**ours**)",
        Role::Peer => "",
        Role::Special => " (not compared)",
        Role::Limit => " (limit)",
    }
}

/// How far the median of the samples lies above the smallest one: the noise of the machine.
pub fn spread(rows: &[Row]) -> String {
    let mut spreads: Vec<(f64, String)> = Vec::new();
    for row in rows {
        for entry in &row.entries {
            let figures = entry.figures.iter().flatten().filter(|figure| figure.min > 0.0);
            spreads
                .extend(figures.map(|figure| {
                    (figure.median / figure.min - 1.0, format!("{}, {}", row.key, entry.name))
                }));
        }
    }
    spreads.retain(|(spread, _)| *spread > 0.0);
    spreads.sort_by(|one, other| one.0.total_cmp(&other.0));
    let Some((worst, name)) = spreads.last() else { return String::new() };
    let at = |share: usize| spreads[spreads.len() * share / 100].0 * 100.0;
    format!(
        "Spread (median sample above the smallest): half of all figures within {:.0} %, nine of ten within {:.0} %, \
         the worst {:.0} % ({name}).\n",
        at(50),
        at(90),
        worst * 100.0
    )
}

fn figures(entry: &Entry) -> String {
    let figures =
        entry.figures.iter().map(|figure| figure.map_or_else(|| "–".into(), |figure| number(figure.min)));
    figures.collect::<Vec<_>>().join(" / ")
}

fn ratios(row: &Row, pair: impl Fn(usize) -> Option<(f64, f64)>) -> String {
    let ratios: Vec<Option<f64>> =
        (0..row.columns.len()).map(|column| pair(column).map(|(ours, theirs)| ours / theirs)).collect();
    if ratios.iter().all(Option::is_none) {
        return String::new();
    }
    let ratios = ratios.into_iter().map(|ratio| ratio.map_or_else(|| "–".into(), number));
    ratios.collect::<Vec<_>>().join(" / ")
}

fn with_median(figure: Option<Figure>) -> String {
    match figure {
        None => "–".into(),
        Some(figure) if figure.min == figure.median => number(figure.min),
        Some(figure) => format!("{} ({})", number(figure.min), number(figure.median)),
    }
}

/// Three digits that count.
fn number(value: f64) -> String {
    match value.abs() {
        0.0..0.1 => format!("{value:.3}"),
        0.1..10.0 => format!("{value:.2}"),
        10.0..100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}
