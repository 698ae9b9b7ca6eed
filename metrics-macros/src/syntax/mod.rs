//! Tokens to what was written: no meaning is checked here, but a mistake in one entry never hides the next one.

pub(crate) mod block;
pub(crate) mod body;
pub(crate) mod brackets;
pub(crate) mod counted;
pub(crate) mod ending;
pub(crate) mod function;
pub(crate) mod gauged;
pub(crate) mod items;
pub(crate) mod label_value;
pub(crate) mod labels;
pub(crate) mod metric;
pub(crate) mod native;
pub(crate) mod options;
pub(crate) mod output;
pub(crate) mod returns;
pub(crate) mod site;
pub(crate) mod stack;
pub(crate) mod timed;
pub(crate) mod token;
pub(crate) mod window;
