//! Syntax to checked meaning: lists of named rules, each of which reports its mistakes; no tokens are made here.

pub(crate) mod block;
pub(crate) mod buckets;
pub(crate) mod case;
pub(crate) mod clash;
pub(crate) mod counted;
pub(crate) mod declaration;
pub(crate) mod ending;
pub(crate) mod function;
pub(crate) mod gauged;
pub(crate) mod grammar;
pub(crate) mod init;
pub(crate) mod kind;
pub(crate) mod label;
pub(crate) mod label_value;
pub(crate) mod metric;
pub(crate) mod name;
pub(crate) mod native;
pub(crate) mod number;
pub(crate) mod own;
pub(crate) mod part;
pub(crate) mod stack;
pub(crate) mod takes;
pub(crate) mod timed;
pub(crate) mod unit;
pub(crate) mod window;
