//! The attributes of one function, outermost first.

use crate::diag::Diag;
use crate::model::function::Subject;
use crate::model::part::Part;
use crate::model::{counted, gauged, timed};
use crate::runtime::Runtime;
use crate::syntax::stack::{Args, Recorder, parse};

/// Checks one attribute's own arguments, and those that were handed to it.
pub(crate) fn check_stack(
    recorder: Recorder,
    mut args: Args,
    subject: &Subject,
    diag: &mut Diag,
) -> Vec<Part> {
    let mut parts = Vec::new();
    for handed in args.take_handed() {
        if let Some(outer) = Recorder::named(&handed.name.to_string()) {
            let args = parse(outer, handed.args, diag);
            parts.push(check_part(outer, args, subject, diag));
        }
    }
    parts.push(check_part(recorder, args, subject, diag));
    parts
}

fn check_part(recorder: Recorder, args: Args, subject: &Subject, diag: &mut Diag) -> Part {
    let runtime = Runtime::new(args.site().krate.value().cloned());
    let source = match args {
        Args::Counted(site) => counted::check(site, subject, diag),
        Args::Timed(timed) => timed::check(*timed, subject, diag),
        Args::Gauged(site) => gauged::check(site, subject, diag),
    };
    Part { recorder, runtime, source }
}
