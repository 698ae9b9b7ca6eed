//! What is wrong with metrics that meet in one program.

use super::spec::Spec;
use crate::problem::Problem;
use crate::registry::Refusal;
use crate::sync::{Mutex, lock};

static PROBLEMS: Mutex<Vec<Problem>> = Mutex::new(Vec::new());

/// What is wrong with the metrics that were registered so far.
pub(crate) fn problems() -> Vec<Problem> {
    lock(&PROBLEMS).clone()
}

/// Notes a metric that its registry did not take.
pub(super) fn refused(spec: &Spec, refusal: Refusal) {
    lock(&PROBLEMS).push(Problem::refused(spec.descriptor.name, spec.descriptor.place, refusal));
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
            lock(&PROBLEMS).push(Problem::shared(name, places));
        }
    }
}
