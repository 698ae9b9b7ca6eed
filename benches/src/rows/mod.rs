//! The rows of the table, one a file.

mod a_counter;
mod b_labels;
mod c_closed;
mod d_gauge;
mod e_histogram;
mod e_labelled;
mod f_distributions;
mod g_attributes;
mod h_memory;
mod h_render;
mod h_threads;
mod i_stalls;
mod j_hello;
mod limits;

use std::path::PathBuf;

use crate::harness::{Pace, Row};

/// What a run can be told.
#[derive(Clone, Debug)]
pub struct Options {
    pub pace: Pace,
    /// What `hello/run` wrote.
    pub hello: Option<PathBuf>,
    /// Only rows whose file's name begins with one of these; all if there is none.
    pub only: Vec<String>,
}

type Measure = fn(&Options) -> Vec<Row>;

const FILES: [(&str, Measure); 14] = [
    ("limits", limits::rows),
    ("a", a_counter::rows),
    ("b", b_labels::rows),
    ("c", c_closed::rows),
    ("d", d_gauge::rows),
    ("e", e_histogram::rows),
    ("e-labelled", e_labelled::rows),
    ("f", f_distributions::rows),
    ("g", g_attributes::rows),
    ("h-render", h_render::rows),
    ("h-memory", h_memory::rows),
    ("h-threads", h_threads::rows),
    ("i", i_stalls::rows),
    ("j", j_hello::rows),
];

/// Measures all rows, and tells of each when it is done.
pub fn measure(options: &Options, done: impl Fn(&Row)) -> Vec<Row> {
    let wanted = |name: &str| {
        options.only.is_empty() || options.only.iter().any(|only| name.starts_with(only.as_str()))
    };
    let mut rows = Vec::new();
    for (_, measure) in FILES.iter().filter(|(name, _)| wanted(name)) {
        let new = measure(options);
        new.iter().for_each(&done);
        rows.extend(new);
    }
    rows
}
