//! What is wrong with metrics that meet in one program.

use super::spec::Spec;
use crate::problem::Problem;
use crate::registry::Refusal;
use crate::sync::{Mutex, lock};

static PROBLEMS: Mutex<Problems> = Mutex::new(Problems { all: Vec::new(), logged: 0 });

struct Problems {
    all: Vec<Problem>,
    /// So many of them were looked at by [`log_news`].
    logged: usize,
}

/// What is wrong with the metrics that were registered so far.
pub(crate) fn problems() -> Vec<Problem> {
    lock(&PROBLEMS).all.clone()
}

/// Tells the program's log of each metric that is left out, once.
///
/// For scrapes alone. A write may come from the logger itself, which would then wait for itself, or before there is a logger.
pub(super) fn log_news() {
    let mut problems = lock(&PROBLEMS);
    let news = problems.all[problems.logged..].to_vec();
    problems.logged = problems.all.len();
    // A logger may well be a user of metrics: it is called without the lock.
    drop(problems);
    for problem in news.iter().filter(|problem| problem.is_left_out()) {
        log::warn!("{problem}");
    }
}

/// Notes a metric that its registry did not take.
pub(super) fn refused(spec: &Spec, refusal: Refusal) {
    lock(&PROBLEMS).all.push(Problem::refused(spec.descriptor.name, spec.descriptor.place, refusal));
}

/// Notes the sites that write one and the same series. They are sorted.
pub(super) fn find_shared(sites: impl Iterator<Item = &'static Spec>) {
    let sites: Vec<&Spec> = sites.collect();
    for (at, site) in sites.iter().enumerate() {
        let earlier = sites[..at]
            .iter()
            .rev()
            .take_while(|other| other.descriptor.name == site.descriptor.name)
            .find(|other| site.shares_series(other));
        if let (Some(earlier), Some(_)) = (earlier, site.fixed) {
            let (name, places) = (site.descriptor.name, [earlier.descriptor.place, site.descriptor.place]);
            lock(&PROBLEMS).all.push(Problem::shared(name, places));
        }
    }
}
