//! The attributes of one function, outermost first.

use crate::diag::Diag;
use crate::model::ending::Ending;
use crate::model::function::Subject;
use crate::model::part::Part;
use crate::model::{counted, gauged, timed};
use crate::runtime::Runtime;
use crate::syntax::stack::{Args, Recorder};

/// Checks the arguments of each attribute; those further out were right when they were passed on.
pub(crate) fn check_stack(
    stack: impl IntoIterator<Item = (Recorder, Args)>,
    subject: &Subject,
    diag: &mut Diag,
) -> Vec<Part> {
    let mut parts = Vec::new();
    for (recorder, args) in stack {
        check_part(recorder, args, subject, &mut parts, diag);
    }
    check_one_judge(&parts, diag);
    parts
}

fn check_part(recorder: Recorder, args: Args, subject: &Subject, parts: &mut Vec<Part>, diag: &mut Diag) {
    let runtime = Runtime::new(args.site().krate.value().cloned());
    let mut add = |(source, ending), busy| {
        parts.push(Part { recorder, runtime: runtime.clone(), source, ending, busy });
    };
    match args {
        Args::Counted(counted) => add(counted::check(*counted, subject, diag), false),
        Args::Gauged(site) => add((gauged::check(*site, subject, diag), Ending::default()), false),
        Args::Timed(timed) => {
            let busy = timed::check_busy(&timed, subject, diag);
            add(timed::check(*timed, subject, diag), false);
            if let Some(busy) = busy {
                add(busy, true);
            }
        }
    }
}

/// A call ends in one way, however many attributes ask.
fn check_one_judge(parts: &[Part], diag: &mut Diag) {
    let judges = parts.iter().filter(|part| !part.busy).filter_map(|part| part.ending.err_if.as_ref());
    for second in judges.skip(1) {
        let text = "a second `err_if`; write it once, it holds for all attributes of the function";
        diag.on(&second.body, text);
    }
}
