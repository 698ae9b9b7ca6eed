//! Syntax to checked meaning: lists of named rules, each of which reports its mistakes; no tokens are made here.

pub(crate) mod block;
pub(crate) mod buckets;
pub(crate) mod counted;
pub(crate) mod function;
pub(crate) mod gauged;
pub(crate) mod grammar;
pub(crate) mod kind;
pub(crate) mod label;
pub(crate) mod metric;
pub(crate) mod name;
pub(crate) mod own;
pub(crate) mod part;
pub(crate) mod stack;
pub(crate) mod timed;
pub(crate) mod unit;
