//! Checked meaning to tokens; nothing can go wrong here.

pub(crate) mod block;
pub(crate) mod gathered;
pub(crate) mod items;
pub(crate) mod label_value;
pub(crate) mod late;
pub(crate) mod rows;
pub(crate) mod series;
pub(crate) mod site;
pub(crate) mod spec;
pub(crate) mod verbs;
pub(crate) mod wrap;
