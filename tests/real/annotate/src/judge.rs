//! Compares the metrics with the atomics.

use std::collections::BTreeMap;
use std::fs;

use crate::Result;
use crate::decisions::{self, Decision, Site};

/// All programs together.
#[derive(Default)]
struct Sum {
    programs: usize,
    held: BTreeMap<usize, u64>,
    wrong: Vec<String>,
}

/// Prints a row of the table, and an item of the list for each function that was refused; fails if a number is wrong.
pub(crate) fn judge(name: &str, sites: &str, decisions: &str, reports: &str, warnings: &str) -> Result<()> {
    let (sites, decisions) = (decisions::sites(sites)?, decisions::read(decisions)?);
    let mut sum = Sum::default();
    for entry in fs::read_dir(reports)? {
        add(&mut sum, &sites, &fs::read_to_string(entry?.path())?)?;
    }
    if !sum.wrong.is_empty() {
        return Err(format!("{name}:\n{}", sum.wrong.join("\n")).into());
    }
    let refused = decisions.values().filter(|decision| matches!(decision, Decision::Refused(_))).count();
    let ran = sum.held.values().filter(|calls| **calls > 0).count();
    let calls: u64 = sum.held.values().sum();
    if calls == 0 {
        return Err(format!("{name}: no function ran").into());
    }
    println!(
        "| {name} | {} | {refused} | {} | {ran} | {} | {calls} | {warnings} |",
        sites.len() - refused,
        decisions.len() - refused,
        sum.programs
    );
    for (reason, places) in reasons(&sites, &decisions) {
        println!("- {} in {name}: {reason}: {}", places.len(), places.join(", "));
    }
    Ok(())
}

/// The functions that were refused, by the reason.
fn reasons(sites: &[Site], decisions: &BTreeMap<usize, Decision>) -> BTreeMap<String, Vec<String>> {
    let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (number, decision) in decisions {
        if let (Decision::Refused(reason), Some(site)) = (decision, sites.get(*number)) {
            // The attributes take turns at being the first one.
            let reason = reason.replace("#[timed", "#[counted").replace("#[gauged", "#[counted");
            reasons.entry(reason).or_default().push(format!("`{}` ({})", site.name, site.place()));
        }
    }
    reasons
}

/// Adds what one program said at its end.
fn add(sum: &mut Sum, sites: &[Site], report: &str) -> Result<()> {
    sum.programs += 1;
    for line in report.lines() {
        match line.split('\t').collect::<Vec<_>>().as_slice() {
            ["site", number, hits, calls, ended, in_flight] => {
                let number: usize = number.parse()?;
                if hits != calls || hits != ended || *in_flight != "0" {
                    let place = sites.get(number).map(|site| format!("{} at {}", site.name, site.place()));
                    sum.wrong.push(format!(
                        "{}: {hits} by the atomic, {calls} counted, {ended} timed, {in_flight} in flight",
                        place.unwrap_or_default()
                    ));
                }
                *sum.held.entry(number).or_default() += hits.parse::<u64>()?;
            }
            _ => sum.wrong.push(line.to_owned()),
        }
    }
    Ok(())
}
